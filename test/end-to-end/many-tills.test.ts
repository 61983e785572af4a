// Three tills asked at once, as through parallel ssh: one line and one exit code from each, and all of it on one screen.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { freePort, makeShopFolder, type ShopFolder } from './shop-folder.ts';
import { makeSmallShop } from './small-shop.ts';

const LINES_OF_A_SCREEN = 24;

let tills: readonly ShopFolder[] = [];
let daemons: readonly DaemonProcess[] = [];
beforeAll(async () => {
  const well = await makeSmallShop({ keys: { till: { id: '01' }, scanner: { type: 'none' } } });
  // Nobody listens where its printer should be, and it has no model.
  const transport = { type: 'tcp', host: '127.0.0.1', port: await freePort() };
  const unwell = await makeShopFolder({ till: { id: '02' }, scanner: { type: 'none' }, printer: { transport } });
  const off = await makeShopFolder({ till: { id: '03' } });
  tills = [well, unwell, off];
  daemons = await Promise.all([well, unwell].map((shop) => startDaemon(shop)));
});
afterAll(async () => {
  await Promise.all(daemons.map((daemon) => daemon.end('SIGKILL')));
  for (const shop of tills) shop.remove();
});

it('each says in one line how it is, and its exit code says it too', async () => {
  const said = await Promise.all(tills.map((shop) => shop.tillcat('status')));
  expect(said.map(({ code }) => code)).toEqual([0, 1, 2]);
  expect(said.map(({ out }) => out)).toEqual([
    expect.stringMatching(/^ready: printer ready · .*\n$/),
    expect.stringMatching(/^degraded: printer offline · .*\n$/),
    expect.stringMatching(/^not running: .*\n$/),
  ]);
});

it('each tells everything on one screen, every line with its till, also where no daemon runs', async () => {
  const screens = await Promise.all(tills.map((shop) => shop.tillcat('status', '--all')));
  expect(screens.map(({ code }) => code)).toEqual([0, 1, 2]);
  for (const [i, { out }] of screens.entries()) {
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(LINES_OF_A_SCREEN);
    for (const line of lines) expect(line).toMatch(new RegExp(`^till 0${i + 1} [a-z]+ +\\S`));
  }
});
