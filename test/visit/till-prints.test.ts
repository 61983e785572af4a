// A till that prints by itself: the strip comes with the answer to its scan, and the ledger believes what the till says.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../../src/app.ts';
import { makeDesk, makeTill } from '../../src/app-till.ts';
import { makePrinter } from '../../src/app-devices.ts';
import { configSchema } from '../../src/config/schema.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { tillMessages } from '../../src/till/till-messages.ts';
import { SimulatedDesk } from '../../src/web/simulated-desk.ts';
import { shopMetrics } from '../../src/web/shop-metrics.ts';
import { scanAnswerSchema, visitRecordSchema } from '../../src/web/visit-answer.ts';
import { createWebApp, type WebApp } from '../../src/web/web-app.ts';
import { calendar, CARDS, fillCornerShop, NOW } from './corner-shop.ts';

const OUTCOME_MS = 30_000;
const DAY_MS = 86_400_000;
let folder: string;
let shop: Shop;
let clock: SimulatedClock;
let web: WebApp;
let end: () => void;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-till-prints-'));
  mkdirSync(join(folder, 'secrets'), { mode: 0o700 });
  writeFileSync(join(folder, 'secrets', 'shop.key'), new Uint8Array(32).fill(7), { mode: 0o600 });
  clock = new SimulatedClock(NOW);
  open();
  await fillCornerShop(shop);
});

afterAll(() => {
  end();
  rmSync(folder, { recursive: true });
});

/** How the daemon is is none of these tests' concern. */
const someStatus = new SimulatedDesk({ clock: new SimulatedClock(NOW), calendar, till: '01' });

/** As the daemon puts it together; after a restart what the dead process had been waiting for comes no more. */
function open(): void {
  clock = new SimulatedClock(clock.now());
  const report = (error: Error): never => {
    throw error;
  };
  const config = configSchema.parse({
    data: join(folder, 'data'),
    secrets: join(folder, 'secrets'),
    printer: { transport: { type: 'till', outcomeSeconds: OUTCOME_MS / 1000 } },
    holdout: { customersPercent: 0 },
  });
  shop = openShop(config, { clock, report });
  shop.latestInstant.observe({ now: clock.now(), isSynchronised: true });
  shop.ledger.atStart(clock.now());
  const { printer } = makePrinter({ config, profile: shop.profile, clock, startsAfterBreak: false });
  const at = makeTill({ shop, printer, isClockDoubtful: () => false, report });
  const desk = makeDesk({ shop, at, status: () => someStatus.status(), sample: null });
  const { till } = shop;
  const metrics = shopMetrics(desk, { salesToReview: () => 0 }).register;
  const parts = {
    desk,
    clock,
    calendar,
    till,
    messages: tillMessages({ calendar, believedNow: () => null }),
    metrics,
    version: '0',
    report,
  };
  web = createWebApp(parts, { host: '127.0.0.1', port: 0, token: null, names: [] });
  end = () => {
    web.end();
    shop[Symbol.dispose]();
  };
}

async function scan(card: string, origin: Record<string, string> = {}) {
  const answer = await request(web.handle).post('/api/v1/scans').set(origin).send({ card }).expect(200);
  return scanAnswerSchema.parse(answer.body);
}

function tell(visit: string, printed: unknown) {
  return request(web.handle).post(`/api/v1/visits/${visit}/outcome`).send({ printed });
}

async function visitOf(id: string) {
  return visitRecordSchema.parse((await request(web.handle).get(`/api/v1/visits/${id}`).expect(200)).body);
}

const statesOf = ({ coupons }: { coupons: readonly { state: string }[] }) => coupons.map(({ state }) => state);
const nextWeek = () => clock.advance(8 * DAY_MS);

test('the answer carries the strip, once, and the outcome closes it', async () => {
  const answer = await scan(CARDS.anna);
  expect(answer).toMatchObject({ outcome: 'printing', cashierLine: 'Kupongit tulostuvat' });
  expect(answer.strip?.cashierLine).toBe('Kupongit tulostuvat');
  const bytes = Buffer.from(answer.strip?.escpos ?? '', 'base64');
  expect(bytes.subarray(-4)).toEqual(Buffer.from([0x1d, 0x56, 0x41, 0x00]));
  for (const { serial } of answer.coupons) {
    expect(answer.strip?.text).toContain(serial.replace(/(.{4})(?=.)/g, '$1 '));
  }
  expect(statesOf(await visitOf(answer.visit))).toContain('issued');
  expect(await scan(CARDS.anna)).toMatchObject({ outcome: 'repeat', visit: answer.visit, strip: null });
  const closed = visitRecordSchema.parse((await tell(answer.visit, true).expect(200)).body);
  expect([closed.end, new Set(statesOf(closed))]).toEqual(['printed', new Set(['printed'])]);
  // Said again: nothing changes. The opposite: refused, and nothing changes.
  expect((await tell(answer.visit, true).expect(200)).body).toEqual((await tell(answer.visit, 'unknown')).body);
  expect((await tell(answer.visit, false).expect(409)).text).toContain('OUTCOME_OTHER');
  expect((await visitOf(answer.visit)).end).toBe('printed');
});

test('two customers in a row have each their strip at once', async () => {
  await nextWeek();
  const first = await scan(CARDS.anna);
  const second = await scan(CARDS.bertta);
  expect([first.outcome, second.outcome]).toEqual(['printing', 'printing']);
  const serials = (answer: typeof first) => answer.coupons.map(({ serial }) => serial);
  expect(serials(first).filter((serial) => serials(second).includes(serial))).toEqual([]);
  await tell(second.visit, true).expect(200);
  await tell(first.visit, true).expect(200);
  expect((await visitOf(first.visit)).end).toBe('printed');
});

test('none in time means unknown; a late one settles it, and contradicting it later does nothing', async () => {
  await nextWeek();
  const { visit } = await scan(CARDS.anna);
  await clock.advance(OUTCOME_MS);
  const silent = await visitOf(visit);
  expect([silent.end, new Set(statesOf(silent))]).toEqual(['unknown', new Set(['unknown'])]);
  expect((await scan(CARDS.anna)).outcome).toBe('capped');
  expect((await tell(visit, 'unknown').expect(200)).body).toEqual(silent);
  const late = visitRecordSchema.parse((await tell(visit, true).expect(200)).body);
  expect([late.end, new Set(statesOf(late))]).toEqual(['printed', new Set(['printed'])]);
  await tell(visit, false).expect(409);
});

test('an outcome that comes after a restart still settles what the restart made unknown', async () => {
  await nextWeek();
  const { visit } = await scan(CARDS.anna);
  end();
  open();
  expect((await visitOf(visit)).end).toBe('unknown');
  expect((await tell(visit, true).expect(200)).body).toMatchObject({ end: 'printed' });
});

test('where nothing came out the customer is served again at once, with other coupons', async () => {
  await nextWeek();
  const first = await scan(CARDS.anna);
  expect((await tell(first.visit, false).expect(200)).body).toMatchObject({ end: 'failed' });
  const again = await scan(CARDS.anna);
  expect(again.outcome).toBe('printing');
  expect(again.strip).not.toBeNull();
  await tell(again.visit, true).expect(200);
});

test('the coupons that came out are told by their serials, and only this visit’s own', async () => {
  await nextWeek();
  const { visit, coupons } = await scan(CARDS.anna);
  const out = coupons.slice(0, 2).map(({ serial }) => serial);
  expect((await tell(visit, [...out, '010000100000']).expect(400)).text).toContain('SERIAL_FOREIGN');
  const closed = visitRecordSchema.parse((await tell(visit, out).expect(200)).body);
  expect([closed.end, statesOf(closed).slice(0, 3)]).toEqual(['partly-printed', ['printed', 'printed', 'failed']]);
  expect((await tell(visit, [...out].reverse()).expect(200)).body).toEqual(closed);
});

test('what is no strip of the till’s has no outcome', async () => {
  const { visit, cashierLine } = await scan(CARDS.blocked);
  expect(cashierLine).toBe('Kortti suljettu');
  expect((await tell(visit, true).expect(409)).text).toContain('STRIP_NOT_YOURS');
  await tell('01-999999', true).expect(404);
  await tell('hello', true).expect(404);
  for (const printed of ['yes', 1, null, ['12']]) await tell(visit, printed).expect(400);
});

test('a card held up where nobody has the printer uses no coupons', async () => {
  await nextWeek();
  const page = { Origin: 'http://127.0.0.1', Host: '127.0.0.1' };
  const answer = await scan(CARDS.carl, page);
  expect(answer).toMatchObject({ outcome: 'no-printer', cashierLine: 'Ei tulostinta tässä', coupons: [], strip: null });
  const { visit } = await scan(CARDS.carl);
  await tell(visit, true).expect(200);
});
