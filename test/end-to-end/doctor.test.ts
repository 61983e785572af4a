// `tillcat doctor` as IT types it, in set-ups that are broken in one way each, on pseudo-terminals and network ports.
import { once } from 'node:events';
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';
import { heardAtAnotherSpeed } from '../doctor/at-another-speed.ts';
import { profileNamed } from '../printer/a-till-printer.ts';
import { startDaemon } from './daemon-process.ts';
import { addEvidence } from './evidence.ts';
import { areThere } from './needed-programs.ts';
import { plugInPrinter } from './network-printer.ts';
import { plugInSerialPair } from './serial-pair.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { runToEnd, TILLCAT, type Said } from './tillcat.ts';
import { until } from './until.ts';

const WELL = {
  scanner: { type: 'none' },
  printer: { transport: { type: 'simulated' } },
  gs1: { companyPrefix: '6412345' },
} as const;
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let shop: ShopFolder;
beforeAll(async () => {
  shop = await makeSmallShop();
});
beforeEach(() => shop.configure(WELL));
afterAll(() => shop.remove());

/** What was said of a part, level first; the whole report is kept for whoever looks. */
async function asked(what: string, part: string, said: Promise<Said> = shop.tillcat('doctor')) {
  const { code, out, err } = await said;
  addEvidence('issue5-doctor.txt', `== ${what}: exit ${code}\n${out}${err}`);
  const rows = out.split('\n').filter((line) => line.slice(8, 18).trim() === part);
  return { code, words: rows.join('\n'), out, err };
}

it('says of a till that is well that it is, and which parts are only simulated', async () => {
  const { code, out } = await asked('a till that is well', 'printer');
  expect([code, out]).toEqual([0, expect.stringMatching(/^warning printer {3}simulated/m)]);
  expect(out).not.toMatch(/^error/m);
});

it('finds a scanner that is not there', async () => {
  shop.configure({ scanner: { type: 'serial', path: shop.path('not-there') } });
  const { code, words } = await asked('no scanner', 'scanner');
  expect([code, words]).toEqual([1, expect.stringMatching(/^error .*is not there; check the cable and the udev rule/)]);
});

describe.skipIf(!areThere('socat', 'setpriv') || !isRoot)('as a user who may not open the devices', () => {
  it('finds the wrong permissions of scanner and printer', async () => {
    const device = shop.path('scanner');
    await using line = await plugInSerialPair(device);
    chmodSync(line.device, 0o600);
    shop.configure({
      scanner: { type: 'serial', path: device },
      printer: { transport: { type: 'serial', path: device.replace('scanner', 'scanner.far') } },
    });
    chmodSync(device.replace('scanner', 'scanner.far'), 0o600);
    await runToEnd('chown', ['-R', String(NOBODY), shop.folder]);
    const args = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', TILLCAT, '--config', shop.configFile];
    const said = runToEnd('setpriv', [...args, 'doctor']);
    const { code, words, out } = await asked('wrong permissions', 'scanner', said);
    await runToEnd('chown', ['-R', '0', shop.folder]);
    expect([code, words]).toEqual([1, expect.stringMatching(/^error .*may not be opened; .*group dialout/)]);
    expect(out).toMatch(/^error {3}printer .*may not be opened; the user needs the group dialout/m);
  });
});

it.skipIf(!areThere('socat'))('finds a scanner at another speed, where somebody scans meanwhile', async () => {
  const device = shop.path('scanner');
  await using line = await plugInSerialPair(device);
  // The printer's silence gives time to scan.
  await using printer = await plugInPrinter();
  printer.printer.set({ deaf: true });
  shop.configure({
    scanner: { type: 'serial', path: device },
    printer: { transport: { type: 'tcp', host: '127.0.0.1', port: printer.port } },
  });
  const garble = heardAtAnotherSpeed({ bytes: Buffer.from(`${cardOf(3)}\r`), sentAt: 9600, heardAt: 19_200 });
  const scanning = setInterval(() => line.send(Buffer.from(garble).toString('latin1')), 300);
  // It listens for a moment only: a machine that stands still for as long lets it hear nothing.
  const { words } = await until('the doctor to hear a scan', async () => {
    const said = await asked('a scanner at another speed', 'scanner');
    return said.code === 1 ? said : null;
  });
  clearInterval(scanning);
  expect(words).toMatch(/^(error|warning) .*never a whole scan; it sends at another speed.*scanner\.baudRate/);
});

it.skipIf(!areThere('socat'))('tells of a running daemon whose scanner sends at another speed', async () => {
  const device = shop.path('scanner');
  await using line = await plugInSerialPair(device);
  shop.configure({ scanner: { type: 'serial', path: device } });
  await using daemon = await startDaemon(shop);
  const garble = heardAtAnotherSpeed({ bytes: Buffer.from(`${cardOf(3)}\r`), sentAt: 9600, heardAt: 19_200 });
  const scanning = setInterval(() => line.send(Buffer.from(garble).toString('latin1')), 300);
  await until('noise', async () => ((await daemon.status()).scanner.lost ?? 0) > 3);
  clearInterval(scanning);
  const { words } = await asked('a running daemon whose scanner sends at another speed', 'scanner');
  expect(words).toMatch(/^error .*it sends at another speed/);
});

it('finds a printer that is silent', async () => {
  await using printer = await plugInPrinter();
  printer.printer.set({ deaf: true });
  shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: printer.port } } });
  const { code, words } = await asked('a printer that is silent', 'printer');
  expect([code, words]).toEqual([1, expect.stringMatching(/^error .*it does not answer; check that it is on/)]);
});

it.skipIf(!areThere('socat'))('finds a printer on a serial line silent at every speed', async () => {
  const device = shop.path('printer');
  await using line = await plugInSerialPair(device);
  shop.configure({ printer: { transport: { type: 'serial', path: line.device, baudRate: 19_200 } } });
  const { code, words } = await asked('a silent printer on a serial line', 'printer');
  expect([code, words]).toEqual([1, expect.stringMatching(/^error .*at 19200 baud, nor at another usual speed/)]);
});

it('finds a printer of another model than the profile, in a row of its own', async () => {
  const other = new SimulatedPrinter({
    profile: profileNamed('epson-tm-t20iii'),
    identity: { maker: 'EPSON', model: 'TM-m30III' },
  });
  const server = await serveSimulatedPrinter({ printer: other, host: '127.0.0.1', port: 0 });
  shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: server.port } } });
  const { words, out } = await asked('a printer of another model', 'profile');
  await server.close();
  expect(words).toMatch(/^warning .*it calls itself EPSON TM-m30III, and profile epson-tm-t20iii is for/);
  expect(out).toMatch(/^ok {6}printer .*ready$/m);
});

it('finds paper that is nearly out', async () => {
  await using printer = await plugInPrinter();
  printer.printer.set({ paperLow: true });
  shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: printer.port } } });
  const { code, words } = await asked('paper low', 'printer');
  expect([code, words]).toEqual([0, expect.stringMatching(/^warning .*the paper is nearly out/)]);
});

it('finds a port that something else has', async () => {
  const other = createServer((socket) => socket.end('SSH-2.0-other\r\n')).listen(shop.port, '127.0.0.1');
  await once(other, 'listening');
  const { code, words } = await asked('a port that is taken', 'port');
  other.close();
  expect([code, words]).toEqual([1, expect.stringMatching(/^error .*taken by something else/)]);
});

it('finds a key that is misspelt, and names the right one', async () => {
  shop.configure({ printr: { profile: 'epson-tm-t20iii' } });
  const { code, words } = await asked('a misspelt key', 'config');
  shop.configure({ printr: undefined });
  expect([code, words]).toEqual([78, expect.stringMatching(/^error .*printr.*did you mean printer/)]);
});

describe('in a folder of its own', () => {
  let broken: ShopFolder;
  beforeEach(async () => {
    broken = await makeSmallShop({ keys: WELL });
    return () => broken.remove();
  });

  it('finds a store that is damaged', async () => {
    const file = join(broken.folder, 'var', 'tillcat.db');
    for (const log of readdirSync(join(broken.folder, 'var')).filter((name) => name.startsWith('tillcat.db-')))
      rmSync(join(broken.folder, 'var', log));
    writeFileSync(file, Buffer.alloc(40_960, 0x5a), { flag: 'r+' });
    const { code, words } = await asked('a damaged store', 'store', broken.tillcat('doctor'));
    expect([code, words]).toEqual([1, expect.stringMatching(/^error .*is damaged .*restore the last backup/)]);
  });

  it('finds that the secret is missing, and makes no other in its place', async () => {
    rmSync(broken.path('secrets'), { recursive: true });
    const { code, words } = await asked('the secret missing', 'key', broken.tillcat('doctor'));
    expect([code, words]).toEqual([1, expect.stringMatching(/^error .*there is none in .*tillcat key set/)]);
    expect((await broken.tillcat('doctor')).out).toMatch(/^error {3}key/m);
  });
});
