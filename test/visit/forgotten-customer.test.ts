// A customer is forgotten: in the store, in both models, in the log, in the night's backup and in kept copies; everybody else is served as ever.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { forgetCustomer, recordOf } from '../../src/app-customer.ts';
import { backUp, backUpNightly, restore } from '../../src/app-backup.ts';
import { openShop } from '../../src/app.ts';
import { instant } from '../../src/domain/calendar.ts';
import { cardNumber } from '../../src/domain/ids.ts';
import { decodeModel } from '../../src/recommender/model-file.ts';
import { beforeSchema, setAsideFolder, setAsideName } from '../../src/store/kept-copies.ts';
import { CARDS } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

const DAY_MS = 86_400_000;
const train = (till: OpenTill) =>
  till.shop.train({ asOf: till.clock.now(), signal: new AbortController().signal, onProgress: () => undefined });

function filesOf(till: OpenTill): readonly string[] {
  const folder = dirname(till.shop.file);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return names.filter((name) => statSync(name).isFile());
}

test('what is kept of a customer is told in full, and in no words but theirs', async () => {
  await using till = await openTill();
  const { visit } = await till.serve(CARDS.anna);
  const record = recordOf(till.shop, till.customer(CARDS.anna));
  expect(record?.customer).toEqual({ language: null, status: 'active', cards: 2, optedOutAt: null });
  expect(record?.purchases).toHaveLength(15 * 7);
  expect(record?.purchases[0]).toEqual({
    time: '2026-10-01T12:00',
    basket: 'anna-52',
    product: 'JOGURTTI',
    name: 'Jogurtti',
    quantity: 1,
    price: 3,
  });
  expect(record?.visits).toMatchObject([{ visit, outcome: 'printing', strip: 'printed', isHeldOut: false }]);
  expect(record?.visits[0]?.coupons).toHaveLength(6);
  expect(record?.visits[0]?.coupons[0]).toMatchObject({
    validFrom: '2026-11-23',
    state: 'printed',
    steps: [{ state: 'issued' }, { state: 'printed' }],
  });
  const text = JSON.stringify(record);
  expect(text).not.toMatch(/hash|customer":\d|BERTTA/);
});

test('no file knows a forgotten customer, neither model does, and their coupons stay good', async () => {
  await using till = await openTill();
  const { visit } = await till.serve(CARDS.anna);
  await till.pass(DAY_MS);
  await train(till);
  backUpNightly(till.shop);
  backUp(till.shop, beforeSchema(till.shop.file, 4));
  mkdirSync(setAsideFolder(till.shop.file));
  backUp(till.shop, join(setAsideFolder(till.shop.file), setAsideName(till.clock.now())));
  const { id } = till.customer(CARDS.anna);
  const known = till.shop.models.all();
  expect(known).toHaveLength(2);
  for (const { bytes, name } of known) expect([...decodeModel(bytes, name).customers]).toContain(id);
  const serial = till.serials(visit)[0] ?? '';

  expect(till.desk.lastStrip()?.visit).toBe(visit);

  const told = await forgetCustomer(till.shop, till.customer(CARDS.anna));
  expect(till.desk.lastStrip()).toBeNull();
  expect(told).toMatchObject({ coupons: 6, visits: 1, isLogEmptied: true, stillKnownIn: [] });
  expect(told.backup).toContain('backups');
  const models = till.shop.models.all();
  expect(models).toHaveLength(2);
  for (const { bytes, name } of models) {
    const model = decodeModel(bytes, name);
    expect([...model.customers, ...model.lifestyles.typicalCustomer]).not.toContain(id);
    expect(model.customers.length).toBeGreaterThan(10);
  }
  expect(models.map(({ name }) => known.some((before) => before.name === name))).toEqual([false, false]);
  const files = filesOf(till);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect(readFileSync(file).includes('anna-52'), file).toBe(false);

  expect(till.scan(CARDS.annaToo).outcome).toBe('unknown-card');
  expect(till.redeem(serial).outcome).toBe('redeemed');
  expect((await till.serve(CARDS.bertta)).outcome).toBe('printing');
});

test('the same request again tells nothing any more of what they were offered', async () => {
  await using till = await openTill();
  const ask = () =>
    till.desk.idempotent({ key: 'scan-1', bodyDigest: 'd' }, () => JSON.stringify(till.scan(CARDS.anna)));
  expect(ask().state).toBe('fresh');
  expect(ask().state).toBe('stored');
  await till.pass(15_000);
  await forgetCustomer(till.shop, till.customer(CARDS.anna));
  const again = ask();
  expect(again).toMatchObject({ state: 'fresh' });
  expect(JSON.stringify(again)).toContain('unknown-card');
});

test('whoever is forgotten while they wait gets no strip, and nobody else gets theirs', async () => {
  await using till = await openTill();
  till.scan(CARDS.carl);
  const { visit } = till.scan(CARDS.anna);
  await forgetCustomer(till.shop, till.customer(CARDS.anna));
  await till.pass(60_000);
  expect(till.record(visit)).toMatchObject({ outcome: 'unknown-card', coupons: [] });
  expect(till.device.strips).toHaveLength(1);
});

test('a training that had read the purchases before does not bring them back', async () => {
  await using till = await openTill();
  const { id } = till.customer(CARDS.anna);
  const training = train(till);
  await forgetCustomer(till.shop, till.customer(CARDS.anna));
  await training;
  for (const { bytes, name } of till.shop.models.all()) {
    expect([...decodeModel(bytes, name).customers]).not.toContain(id);
  }
});

test('the night takes the copies that were kept long enough', async () => {
  await using till = await openTill();
  const copy = join(setAsideFolder(till.shop.file), setAsideName(till.clock.now()));
  mkdirSync(setAsideFolder(till.shop.file));
  backUp(till.shop, copy);
  const night = (days: number) =>
    till.shop.purge({ at: instant(till.clock.now() + days * DAY_MS), signal: new AbortController().signal });
  await night(13);
  expect(existsSync(copy)).toBe(true);
  await night(14);
  expect(existsSync(copy)).toBe(false);
});

test('a backup from before knows them, and the till that restores it does not', async () => {
  const till = await openTill();
  const { file } = backUpNightly(till.shop);
  const { config } = till.shop;
  const before = readFileSync(file);
  await forgetCustomer(till.shop, till.customer(CARDS.anna));
  expect(readFileSync(file).equals(before)).toBe(false);
  await till[Symbol.asyncDispose]();
  const old = join(dirname(till.shop.file), 'old.db');
  writeFileSync(old, before);
  await restore(config, old);
  using shop = openShop(config, { clock: till.clock, report: () => undefined });
  expect(shop.customers.findByCard(cardNumber(CARDS.anna))).toBeNull();
  expect(shop.customers.findByCard(cardNumber(CARDS.carl))).not.toBeNull();
});
