// An import that is killed is finished by running it again, and a third run changes nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';
import { cardOf, customersCsv, dayFromToday } from './small-shop.ts';
import { TILLCAT } from './tillcat.ts';
import { until } from './until.ts';

const CUSTOMERS = 200;
const BASKETS = 60;
const LINES_A_BASKET = 10;
const LINES = CUSTOMERS * BASKETS * LINES_A_BASKET;

describe('an import killed with kill -9', () => {
  let shop: ShopFolder;
  let file: string;
  beforeAll(async () => {
    shop = await makeShopFolder({ scanner: { type: 'none' }, printer: { transport: { type: 'none' } } });
    const rows = ['customer,basket,time,product,quantity,price'];
    for (let customer = 0; customer < CUSTOMERS; customer++)
      for (let basket = 0; basket < BASKETS; basket++)
        for (let line = 0; line < LINES_A_BASKET; line++)
          rows.push(
            `C${customer},B${basket},${dayFromToday(-2 - (basket % 50))}T10:${10 + (basket % 50)},P${(customer * 3 + line + basket) % 300},1,1.50`,
          );
    file = shop.write('purchases.csv', `${rows.join('\n')}\n`);
    await shop.must('import', 'customers', shop.write('customers.csv', customersCsv(CUSTOMERS)));
  });
  afterAll(() => shop.remove());

  const counts = async (): Promise<{ taken: number; alreadyKnown: number; rejected: number }> => {
    const report: unknown = JSON.parse(await shop.must('import', 'purchases', file, '--json'));
    const count = (key: string): number =>
      typeof report === 'object' && report !== null
        ? Number(Object.entries(report).find(([name]) => name === key)?.[1])
        : NaN;
    return { taken: count('taken'), alreadyKnown: count('alreadyKnown'), rejected: count('rejected') };
  };

  it('is finished by running it again, while the daemon serves on, and a third run changes nothing', async () => {
    await using daemon = await startDaemon(shop);
    const log = shop.path('var/tillcat.db-wal');
    const loggedBefore = sizeOf(log);
    const child = spawn(TILLCAT, ['--config', shop.configFile, 'import', 'purchases', file], { stdio: 'ignore' });
    const closed = once(child, 'close');
    // The first batches are in the store, and most are not.
    await until('lines to be stored', () => sizeOf(log) > loggedBefore + 500_000);
    child.kill('SIGKILL');
    await closed;
    expect(child.signalCode).toBe('SIGKILL');
    expect((await daemon.scan(cardOf(0))).outcome).not.toBe('unknown-card');

    const second = await counts();
    expect(second.taken + second.alreadyKnown).toBe(LINES);
    expect(second.alreadyKnown).toBeGreaterThan(0);
    expect(second.taken).toBeGreaterThan(0);
    expect(second.rejected).toBe(0);
    expect(await counts()).toEqual({ taken: 0, alreadyKnown: LINES, rejected: 0 });
    // What the killed one had set aside lies nowhere any more.
    expect(readdirSync(shop.path('var')).filter((name) => /import|copy|tmp|aside/i.test(name))).toEqual([]);
    expect(existsSync(file)).toBe(true);
  });
});

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
