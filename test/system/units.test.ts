// The systemd units: understood by systemd, little exposed, and able to run Node at all.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../systemd');
const unit = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

const NIGHT = ['tillcat-purge', 'tillcat-train', 'tillcat-backup'];

test('are understood by systemd and at most 2.0 exposed, where systemd-analyze is there to say so', () => {
  const { status, stdout, stderr } = spawnSync(join(FOLDER, 'check.sh'), { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/tillcat\.service|skipped/);
});

describe.each(['tillcat.service', ...NIGHT.map((name) => `${name}.service`)])('%s', (name) => {
  test('lets V8 write machine code', () => {
    expect(unit(name)).not.toMatch(/^MemoryDenyWriteExecute/m);
  });

  test('gets the shop’s key, and keeps what it writes to itself', () => {
    expect(unit(name)).toMatch(/^LoadCredential=shop\.key$/m);
    expect(unit(name)).toMatch(/^UMask=0077$/m);
  });
});

test('the daemon is started again within two seconds for ever, but not with a wrong configuration', () => {
  expect(unit('tillcat.service')).toMatch(/^Restart=always\nRestartSec=500ms$/m);
  expect(unit('tillcat.service')).toMatch(/^StartLimitIntervalSec=0$/m);
  expect(unit('tillcat.service')).toMatch(/^RestartPreventExitStatus=78$/m);
});

test('the stop signal reaches the daemon alone, so that its last word to systemd gets through', () => {
  expect(unit('tillcat.service')).toMatch(/^KillMode=mixed$/m);
});

describe.each(NIGHT)('%s', (name) => {
  test('runs at night behind every visit, within a fixed share of the memory, spread over the tills', () => {
    expect(unit(`${name}.service`)).toMatch(/^Nice=15$/m);
    expect(unit(`${name}.service`)).toMatch(/^CPUSchedulingPolicy=batch$/m);
    expect(unit(`${name}.service`)).toMatch(/^MemoryMax=\d+M$/m);
    expect(unit(`${name}.service`)).toMatch(/^OOMScoreAdjust=500$/m);
    expect(unit(`${name}.timer`)).toMatch(/^RandomizedDelaySec=45min$/m);
    expect(unit(`${name}.timer`)).toMatch(/^Persistent=yes$/m);
  });

  test('is set to an hour that summer time skips nowhere in Europe or America', () => {
    // Clocks go from 01:00 to 02:00 in Lisbon, from 02:00 in Berlin and New York, from 03:00 in Helsinki: systemd then leaves the night out.
    const [, hour = ''] = /^OnCalendar=\*-\*-\* (\d\d):\d\d:00$/m.exec(unit(`${name}.timer`)) ?? [];
    expect(['00', '04', '05']).toContain(hour);
  });

  test('reads and writes after everybody else', () => {
    // The purge alone holds the store's lock, and must not keep a visit waiting for as long as the card is busy.
    const isLast = name === 'tillcat-purge' ? /^IOSchedulingPriority=7$/m : /^IOSchedulingClass=idle$/m;
    expect(unit(`${name}.service`)).toMatch(isLast);
  });

  test('is installed, stopped and taken away by the package', () => {
    const script = (of: string) => readFileSync(join(FOLDER, '../packaging/debian', of), 'utf8');
    expect(script('postinst')).toMatch(new RegExp(`^units=.*${name}\\.timer`, 'm'));
    expect(script('postrm')).toMatch(new RegExp(`^units=.*${name}\\.timer`, 'm'));
    for (const unitName of [`${name}.timer`, `${name}.service`]) expect(script('prerm')).toContain(unitName);
  });
});
