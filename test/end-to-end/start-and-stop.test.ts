// The daemon's start and end as systemd and a person at a shell see them: signals, exit codes, one sentence a refusal.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { plugInPrinter } from './network-printer.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, dayFromToday, makeSmallShop } from './small-shop.ts';
import { runToEnd, tillcat, TILLCAT } from './tillcat.ts';
import { until } from './until.ts';

/** The daemon's own limit, after which it ends without asking; systemd waits longer. */
const STOP_LIMIT_MS = 15_000;
/** Down a strip that breaks off. */
const ORDER: readonly string[] = ['printed', 'unknown', 'failed'];
const ONE_SENTENCE = /^tillcat: [^\n]+\n$/;

let shop: ShopFolder;
beforeAll(async () => {
  shop = await makeSmallShop({ keys: { scanner: { type: 'none' } } });
});
afterAll(() => shop.remove());

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly by %s', async (signal) => {
    await using daemon = await startDaemon(shop);
    const { code, ms } = await daemon.end(signal);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5000);
    expect(daemon.story()).toContain(`stopped by ${signal}`);
  });

  it('lets a strip that has begun be finished', async () => {
    await using outside = await plugInPrinter();
    shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } } });
    await using daemon = await startDaemon(shop);
    outside.printer.setAfterBytes(700, { stalled: true });
    const { visit } = await daemon.scan(cardOf(1));
    await until('the printer to stall', () => outside.printer.faults.stalled);
    const ended = daemon.end('SIGTERM');
    await until('the daemon to be stopping', () => daemon.story().includes('stopping'));
    outside.printer.set({ stalled: false });
    expect((await ended).code).toBe(0);
    expect(outside.strips).toHaveLength(1);
    await using again = await startDaemon(shop);
    expect(await again.visit(visit)).toMatchObject({ end: 'printed' });
  });

  it('does not wait for ever for a printer that hangs, and keeps what the printer had said until then', async () => {
    await using outside = await plugInPrinter();
    shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } } });
    let visit: string;
    {
      await using daemon = await startDaemon(shop);
      outside.printer.setAfterBytes(700, { stalled: true });
      ({ visit } = await daemon.scan(cardOf(2)));
      await until('the printer to stall', () => outside.printer.faults.stalled);
      const { code, ms } = await daemon.end('SIGTERM');
      expect(code, daemon.story()).toBe(0);
      expect(ms).toBeLessThan(STOP_LIMIT_MS);
    }
    outside.printer.set({ stalled: false });
    await using again = await startDaemon(shop);
    const { end, coupons } = await again.visit(visit);
    expect(end).toBe('partly-printed');
    const states = coupons.map(({ state }) => state);
    expect(states.filter((state) => state === 'unknown')).toHaveLength(1);
    expect(states).toEqual([...states].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
  });

  it('ends at once when asked twice', async () => {
    await using outside = await plugInPrinter();
    shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } } });
    await using daemon = await startDaemon(shop);
    outside.printer.setAfterBytes(700, { stalled: true });
    await daemon.scan(cardOf(3));
    await until('the printer to stall', () => outside.printer.faults.stalled);
    const first = daemon.end('SIGINT');
    await until('the daemon to be stopping', () => daemon.story().includes('stopping'));
    const { code, ms } = await daemon.end('SIGINT');
    await first;
    expect(code).toBe(130);
    expect(ms).toBeLessThan(2000);
  });
});

describe('a model that cannot be used', () => {
  it('does not stop the till: it is reported once, and the weights of the program rank until another is trained', async () => {
    shop.configure({ printer: { transport: { type: 'simulated' } } });
    const [name = ''] = readFileSync(shop.path('var/models/current'), 'utf8').split('\n');
    writeFileSync(shop.path(`var/models/${name}.model`), 'of another program');
    await using daemon = await startDaemon(shop);
    const lines = daemon.story().split('\n');
    expect(lines.filter((line) => line.includes('cannot be used'))).toHaveLength(1);
    expect((await daemon.status()).problems.join()).toContain('tillcat train');
    expect((await daemon.scan(cardOf(5))).outcome).toBe('printing');
    await shop.must('train', '--as-of', dayFromToday(-1));
  });
});

describe('refusing to start', () => {
  it('refuses a second daemon on the same folder in one sentence', async () => {
    shop.configure({ printer: { transport: { type: 'none' } } });
    await using daemon = await startDaemon(shop);
    const { code, out, err } = await shop.tillcat('run');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toContain(`in use by process ${daemon.pid}`);
    expect((await daemon.status()).till).toBe('01');
  });

  it('refuses a port that is taken', async () => {
    await using holder = await startDaemon(shop);
    const other = shop.write('other.yaml', `data: other\nsecrets: other-secrets\nhttp: { port: ${shop.port} }\n`);
    const { code, err } = await tillcat(['--config', other, 'run']);
    expect(code).toBe(1);
    // The log may have told of the printer before.
    expect(err.split(/(?<=\n)/).at(-1)).toMatch(ONE_SENTENCE);
    expect(err).toContain(`Port ${shop.port} on 127.0.0.1 is taken`);
    expect((await holder.status()).till).toBe('01');
  });

  it('ends with 78 for a wrong configuration, and names the right key', async () => {
    const wrong = shop.write('wrong.yaml', 'shop: { nmae: Kulmakauppa }\n');
    const { code, err } = await tillcat(['--config', wrong, 'run']);
    expect(code).toBe(78);
    expect(err).toContain('nmae');
    expect(err).toContain('name');
    const missing = await tillcat(['--config', shop.path('nowhere.yaml'), 'run']);
    expect([missing.code, missing.err]).toEqual([78, expect.stringMatching(ONE_SENTENCE)]);
  });

  it('tells which files the configuration is made of, and everywhere which one it passes over', async () => {
    shop.configure({ printer: { transport: { type: 'none' } } });
    mkdirSync(shop.path('config.d'), { recursive: true });
    const till = shop.write('config.d/20-till.yml', 'shop: { name: Seitsemän }\n');
    const passedOver = shop.write('config.d/30-till.yaml.bak', 'shop: { name: Kahdeksan }\n');
    const warning = `${passedOver} is not read: only names that end in .yaml or .yml are`;
    try {
      const { code, out, err } = await shop.tillcat('config', 'check');
      expect([code, err]).toEqual([0, `warning: ${warning}\n`]);
      expect(out).toBe(`right: shop 1 Seitsemän, till 01\n  ${shop.configFile}\n  ${till}, laid over it\n`);
      expect((await shop.tillcat('doctor')).out).toMatch(new RegExp(`^warning +config +${warning}$`, 'm'));
      await using daemon = await startDaemon(shop);
      expect(daemon.story()).toContain(warning);
    } finally {
      rmSync(shop.path('config.d'), { recursive: true });
    }
  });

  it.each([
    ['a printer’s profile that there is not', 'printer: { profile: epson-tm-t20 }', 'did you mean epson-tm-t20iii?'],
    ['a scanner’s', 'scanner: { type: serial, path: /dev/x, profile: zebra }', 'did you mean zebra-ds2208?'],
    ['a logo no Star prints', 'printer: { profile: star-tsp143, logo: "AB" }', 'take it out'],
  ])('ends with 78, for systemd not to try again, for %s', async (_, yaml, words) => {
    const wrong = shop.write('named.yaml', `${yaml}\n`);
    for (const command of ['run', 'train', 'config check']) {
      const { code, out, err } = await tillcat(['--config', wrong, ...command.split(' ')]);
      expect([command, code, out]).toEqual([command, 78, '']);
      expect(err).toContain(words);
    }
  });

  it.each([
    [['rnu']],
    [['--config', 'another.yaml', 'run']],
    [['--verbose', 'run']],
    [['run', '--att', 'now']],
    [['run', '--at', 'yesterday']],
    [['coupon']],
    [['import', 'cats', 'cats.csv']],
    [['coupon', 'show']],
    [[]],
  ])('ends with 2 for %j', async (words) => {
    const { code, err, out } = await shop.tillcat(...words);
    expect(code).toBe(2);
    if (words.length > 0) expect(err).toMatch(ONE_SENTENCE);
    else expect(out).toContain('Exit: 0 done');
  });

  it.each([
    ['rnu', 'run'],
    ['conifg check', 'config check'],
    ['coupon redem 010000431629', 'coupon redeem'],
    ['preveiw 634000000000000017', 'preview'],
  ])('names the command that "%s" was meant for, and no card', async (typed, meant) => {
    const { code, err } = await tillcat(typed.split(' '));
    expect([code, err]).toEqual([2, expect.stringContaining(`did you mean tillcat ${meant}?`)]);
    expect(err).not.toContain('634000000000000017');
  });
});

describe('on a machine whose Node is too old', () => {
  const home = mkdtempSync(join(tmpdir(), 'tillcat-old-node-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const launch = (version: string) => {
    const bin = join(home, 'path');
    for (const folder of [join(home, 'bin'), join(home, 'node_modules'), bin]) mkdirSync(folder, { recursive: true });
    cpSync(TILLCAT, join(home, 'bin', 'tillcat'));
    const node = join(bin, 'node');
    writeFileSync(node, `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "ran $*"; fi\n`);
    chmodSync(node, 0o755);
    const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin` };
    return runToEnd(join(home, 'bin', 'tillcat'), ['status'], { env });
  };

  it.each(['v20.20.2', 'v18.0.0', 'v22.17.9', 'v23.5.0', 'nonsense'])('refuses %s in one sentence', async (version) => {
    const { code, out, err } = await launch(version);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toContain('npm ci');
  });

  it.each(['v22.18.0', 'v23.6.0', 'v24.0.0', 'v26.1.2'])('takes %s', async (version) => {
    const { code, out } = await launch(version);
    expect([code, out]).toEqual([0, expect.stringMatching(/^ran .*\/src\/main\.ts status\n$/)]);
  });
});
