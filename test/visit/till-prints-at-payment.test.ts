// A till that prints by itself and posts its sales: the strip comes with the answer to its own payment, once.
import request from 'supertest';
import { expect, test } from 'vitest';
import { openShop } from '../../src/app.ts';
import { makeDesk, makeTill } from '../../src/app-till.ts';
import { TillPrinter } from '../../src/printer/till-printer.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { tillMessages } from '../../src/till/till-messages.ts';
import { shopMetrics } from '../../src/web/shop-metrics.ts';
import { SimulatedDesk } from '../../src/web/simulated-desk.ts';
import { basketAnswerSchema } from '../../src/web/till-routes.ts';
import { scanAnswerSchema, visitRecordSchema } from '../../src/web/visit-answer.ts';
import { createWebApp } from '../../src/web/web-app.ts';
import { calendar, CARDS, codeOf, NOW } from './corner-shop.ts';
import { openTill } from './open-till.ts';

const OUTCOME_MS = 30_000;

/** A shop, its clock, and the calls a till makes of it. */
async function openTillThatPrints() {
  const base = await openTill({ visit: { printAt: 'payment' } });
  const { clock, config } = base;
  const shop = openShop(config, { clock, report: fail });
  const printer = new TillPrinter({ profile: shop.profile, clock, outcomeMs: OUTCOME_MS });
  const at = makeTill({ shop, printer, isClockDoubtful: shop.isClockDoubtful, report: fail });
  // How the daemon is is none of these tests' concern.
  const someStatus = new SimulatedDesk({ clock: new SimulatedClock(NOW), calendar, till: '01' });
  const desk = makeDesk({ shop, at, status: () => someStatus.status(), sample: null });
  const messages = tillMessages({ calendar, believedNow: () => null });
  const metrics = shopMetrics(desk, { salesToReview: () => 0 }).register;
  const parts = { desk, clock, calendar, till: shop.till, messages, metrics, version: '0', report: fail };
  const web = createWebApp(parts, { host: '127.0.0.1', port: 0, token: null, names: [] });
  return {
    clock,
    scan: async (card: string) => {
      const answer = await request(web.handle).post('/api/v1/scans').send({ card }).expect(200);
      return scanAnswerSchema.parse(answer.body);
    },
    pay: async (sale: { sale: string; card?: string; void?: boolean }) => {
      const lines = [{ product: codeOf('Maito 1 l'), quantity: 1, price: 1.2 }];
      const body = { till: '01', at: calendar.isoLocal(clock.now()), lines, ...sale };
      const answer = await request(web.handle).post('/api/v1/baskets').send(body).expect(200);
      return {
        ...basketAnswerSchema.parse(answer.body),
        isReplayed: answer.headers['idempotency-replayed'] === 'true',
      };
    },
    tell: (visit: string, printed: unknown) =>
      request(web.handle).post(`/api/v1/visits/${visit}/outcome`).send({ printed }),
    visitOf: async (visit: string) =>
      visitRecordSchema.parse((await request(web.handle).get(`/api/v1/visits/${visit}`).expect(200)).body),
    [Symbol.asyncDispose]: async () => {
      web.end();
      desk.close();
      shop[Symbol.dispose]();
      await base[Symbol.asyncDispose]();
    },
  };
}

function fail(error: Error): never {
  throw error;
}

test('nothing goes out at the scan; the answer to the payment carries the strip, and the outcome closes it', async () => {
  await using till = await openTillThatPrints();
  const { visit, outcome, strip } = await till.scan(CARDS.anna);
  expect([outcome, strip]).toEqual(['queued', null]);
  const paid = await till.pay({ sale: '1', card: CARDS.anna });
  expect(paid).toMatchObject({ outcome: 'recorded', lines: 1, visit });
  expect(Buffer.from(paid.strip?.escpos ?? '', 'base64').subarray(-4)).toEqual(Buffer.from([0x1d, 0x56, 0x41, 0x00]));
  const { coupons } = await till.visitOf(visit);
  expect(coupons).toHaveLength(6);
  for (const { serial } of coupons) expect(paid.strip?.text).toContain(serial.replace(/(.{4})(?=.)/g, '$1 '));
  await till.tell(visit, true).expect(200);
  expect((await till.visitOf(visit)).end).toBe('printed');
});

test('the same sale sent again is told the same, without the strip: what is told twice could be printed twice', async () => {
  await using till = await openTillThatPrints();
  const { visit } = await till.scan(CARDS.anna);
  const sale = { sale: '1', card: CARDS.anna };
  expect((await till.pay(sale)).strip).not.toBeNull();
  expect(await till.pay(sale)).toEqual({
    outcome: 'recorded',
    lines: 1,
    visit,
    givenBack: [],
    strip: null,
    isReplayed: true,
  });
  await till.clock.advance(OUTCOME_MS);
  // The till may have printed the first answer, or never have got it: nobody knows, and it is not sent again.
  expect((await till.visitOf(visit)).end).toBe('unknown');
});

test('a sale of somebody else, or one taken back, carries no strip', async () => {
  await using till = await openTillThatPrints();
  const anna = await till.scan(CARDS.anna);
  expect(await till.pay({ sale: '1', card: CARDS.carl })).toMatchObject({ visit: null, strip: null });
  expect((await till.visitOf(anna.visit)).end).toBe('dropped');
  const bertta = await till.scan(CARDS.bertta);
  expect(await till.pay({ sale: '2', card: CARDS.bertta, void: true })).toMatchObject({ visit: null, strip: null });
  expect((await till.visitOf(bertta.visit)).end).toBe('dropped');
});
