// The package's own scripts: 64-bit only, no question, and a restart only while nobody is served.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const PACKAGING = join(import.meta.dirname, '../../packaging');
const SCRIPTS = ['preinst', 'postinst', 'prerm', 'postrm'];
const script = (name: string) => readFileSync(join(PACKAGING, 'debian', name), 'utf8');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-package-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of that name, first on the path. */
function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

function run(file: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const path = `${folder}:${process.env['PATH'] ?? ''}`;
  return spawnSync('sh', [file, ...args], { encoding: 'utf8', env: { ...process.env, PATH: path, ...env } });
}

describe('before anything is unpacked', () => {
  const onSystem = (system: string) => {
    put('dpkg', `echo ${system}`);
    return run(put('preinst', script('preinst').replaceAll('@ARCH@', 'arm64')), ['install']);
  };

  test.each(['armhf', 'i386', 'armel'])('a 32-bit system (%s) is refused in one sentence', (system) => {
    const { status, stderr } = onSystem(system);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/32-bit .*64-bit/);
  });

  test('the other 64-bit system is told which package it wants', () => {
    expect(onSystem('amd64').stderr).toMatch(/install tillcat_.*_amd64\.deb/);
  });

  test('the right one goes on', () => {
    expect(onSystem('arm64').status).toBe(0);
  });
});

test('no script asks anything', () => {
  for (const name of SCRIPTS) expect(script(name)).not.toMatch(/debconf|\bread\b|dialog|whiptail/);
  expect(readdirSync(join(PACKAGING, 'debian')).sort()).toEqual(['control', ...SCRIPTS].sort());
});

test('an upgrade asks nothing and changes nothing where the configuration was edited', () => {
  // A conffile that was edited here and changed there makes dpkg ask, and end in an error where nobody answers.
  const build = readFileSync(join(PACKAGING, 'build'), 'utf8');
  expect(build).not.toMatch(/DEBIAN\/conffiles/);
  expect(build.match(/\$tree\/etc[^" ]*/g)).toEqual(['$tree/etc/tillcat/config.d']);
  expect(script('postinst')).toMatch(/if \[ ! -e \/etc\/tillcat\/tillcat\.yaml \]; then\n  install /);
});

test('an upgrade does not stop the service before the new version is there, and a removal keeps the data', () => {
  expect(script('prerm')).toMatch(/"\$1" = remove/);
  expect(script('postrm').split('"$1" = purge')[0]).not.toMatch(/rm -rf/);
});

describe('code compiled ahead of the first start', () => {
  const [, compiling = ''] = /^# Compiled code is kept.*?\n((?:.+\n)+)/ms.exec(script('postinst')) ?? [];
  const install = (launcher: string, { compiled }: { compiled: string }) => {
    const block = compiling.replaceAll('/usr/bin/tillcat', put('tillcat', launcher));
    const here = block.replaceAll('/var/cache/tillcat/tillcat/compiled', compiled);
    return run(put('postinst', `set -e\n${here}echo went on`));
  };

  test('is made before the service starts, by the launcher and as its user, without the code of the version before', () => {
    const { index } = /deb-systemd-invoke start tillcat\.service/.exec(script('postinst')) ?? { index: -1 };
    expect(script('postinst').indexOf('compile-ahead.ts')).toBeLessThan(index);
    const compiled = join(folder, 'compiled');
    mkdirSync(join(compiled, 'v24.21.0'), { recursive: true });
    const told = join(folder, 'told');
    const { status, stdout } = install(`ls "${compiled}" >"${told}" 2>&1 || echo "$NODE_OPTIONS" >"${told}"`, {
      compiled,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'went on\n' });
    const [, file = ''] = /^--import=\/usr\/lib\/tillcat\/(.*)$/m.exec(readFileSync(told, 'utf8')) ?? [];
    expect(existsSync(join(PACKAGING, '..', file))).toBe(true);
  });

  test('that cannot be made is told in one line, and the installation goes on', () => {
    const { status, stdout, stderr } = install('echo "no room" >&2; exit 1', { compiled: join(folder, 'none') });
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^tillcat: .*compiled ahead.*\nwent on\n$/);
  });
});

describe('the restart of an upgrade', () => {
  const restart = (answers: readonly number[], seconds: number, told = '{"model":{}}') => {
    // Each asking takes the next answer; the last one stays.
    writeFileSync(join(folder, 'answers'), answers.join('\n'));
    const tillcat = put(
      'tillcat',
      `echo '${told}'; code=$(head -n 1 "${folder}/answers"); [ "$(wc -l <"${folder}/answers")" -lt 1 ] || sed -i 1d "${folder}/answers"; exit "$code"`,
    );
    put('systemctl', `echo "$@" >>"${folder}/done"`);
    put('sleep', ':');
    writeFileSync(join(folder, 'done'), '');
    const { status } = run(join(PACKAGING, 'restart-when-quiet'), [String(seconds)], { TILLCAT: tillcat });
    return { status, done: readFileSync(join(folder, 'done'), 'utf8') };
  };

  test('is at once where nobody is served', () => {
    expect(restart([0], 5)).toEqual({ status: 0, done: 'restart tillcat.service\n' });
  });

  test('waits for a strip that prints, and for those who wait', () => {
    expect(restart([3, 3, 3, 0], 10)).toEqual({ status: 0, done: 'restart tillcat.service\n' });
  });

  test('is not made where there is no pause in all the time', () => {
    expect(restart([3], 4)).toEqual({ status: 1, done: '' });
  });

  test('has a model made that the new version reads, where it does not read the old one', () => {
    const empty = '{"state":"degraded","model":null,"customers":0,"products":0}';
    expect(restart([0], 5, empty).done).toBe('restart tillcat.service\n');
    const { status, done } = restart([0], 5, empty.replace('"customers":0', '"customers":120'));
    expect([status, done]).toEqual([0, 'restart tillcat.service\nstart --no-block tillcat-train.service\n']);
    expect(restart([0], 5).done).toBe('restart tillcat.service\n');
  });

  test('is at once where the daemon does not answer: it serves nobody', () => {
    expect(restart([2], 5)).toEqual({ status: 0, done: 'restart tillcat.service\n' });
  });
});
