// The calls a till makes, and what it is told when they are not right.
import request from 'supertest';
import { describe, expect, it, test } from 'vitest';
import { TillError } from '../../src/domain/till-error.ts';
import { redemptionAnswerSchema } from '../../src/web/redemption-answer.ts';
import { basketAnswerSchema } from '../../src/web/till-routes.ts';
import { visitAnswerSchema, visitRecordSchema } from '../../src/web/visit-answer.ts';
import type { OpenDesk } from './open-desk.ts';
import { DAY_MS, errorOf, FAMILY, openDesk, OPTED_OUT, STUDENT } from './open-desk.ts';

const post = ({ web }: OpenDesk, path: string, body: object, headers: Record<string, string> = {}) =>
  request(web.handle).post(path).set(headers).send(body);

async function firstSerial(open: OpenDesk): Promise<string> {
  const answer = await post(open, '/api/v1/scans', { card: FAMILY }).expect(200);
  const serial = visitAnswerSchema.parse(answer.body).coupons[0]?.serial ?? '';
  expect(serial).toMatch(/^\d{12}$/);
  return serial;
}

describe('a scan', () => {
  it('answers with the visit, what happens and the six coupons', async () => {
    const open = openDesk();
    const answer = await post(open, '/api/v1/scans', { card: FAMILY, till: '01' }).expect(200);
    const visit = visitAnswerSchema.parse(answer.body);
    expect(visit).toMatchObject({ visit: '01-000001', outcome: 'printing' });
    expect(visit.coupons.map((coupon) => coupon.slot)).toEqual([...Array<string>(4).fill('habitual'), 'new', 'new']);
    const later = await request(open.web.handle).get('/api/v1/visits/01-000001').expect(200);
    expect(visitRecordSchema.parse(later.body)).toMatchObject({ end: 'printed', at: '2026-11-22T14:05:00.000Z' });
  });

  test.each([
    ['not-a-card', 'hello'],
    ['unknown-card', '634099999999999999'],
    ['opted-out', OPTED_OUT],
  ])('answers 200 with %s where nothing prints', async (outcome, card) => {
    const open = openDesk();
    const answer = await post(open, '/api/v1/scans', { card }).expect(200);
    expect(answer.body).toMatchObject({ outcome, coupons: [] });
  });

  it('says where it came from', async () => {
    const sources: string[] = [];
    const open = openDesk();
    open.desk.beforeScan = ({ source }) => Promise.resolve(void sources.push(source));
    await post(open, '/api/v1/scans', { card: 'x' }).expect(200);
    await post(open, '/api/v1/scans', { card: 'x' }, { Host: 'localhost', Origin: 'http://localhost' }).expect(200);
    expect(sources).toEqual(['http', 'page']);
  });

  it('meant for another till prints nothing here', async () => {
    const open = openDesk();
    const answer = await post(open, '/api/v1/scans', { card: FAMILY, till: '02' }).expect(400);
    expect(errorOf(answer.body)).toMatchObject({ code: 'TILL_OTHER' });
    expect(open.desk.lastStrip()).toBeNull();
  });

  it('never repeats the card in an error', async () => {
    const answer = await post(openDesk(), '/api/v1/scans', { card: FAMILY, till: FAMILY, [FAMILY.slice(0, 3)]: 1 });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(FAMILY);
  });
});

describe('a final basket', () => {
  const basket = {
    till: '01',
    sale: '7',
    at: '2026-11-22T16:05',
    card: STUDENT,
    lines: [{ product: '064', quantity: 2 }],
  };

  it('is recorded once, however often it is sent', async () => {
    const open = openDesk();
    const first = await post(open, '/api/v1/baskets', basket).expect(200);
    expect(basketAnswerSchema.parse(first.body)).toMatchObject({
      outcome: 'recorded',
      lines: 1,
      visit: null,
      givenBack: [],
    });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const { lines, ...rest } = basket;
    const again = await post(open, '/api/v1/baskets', { lines, ...rest }).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('of the same sale with other lines is refused', async () => {
    const open = openDesk();
    await post(open, '/api/v1/baskets', basket).expect(200);
    const answer = await post(open, '/api/v1/baskets', { ...basket, lines: [] }).expect(409);
    expect(errorOf(answer.body).code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('may be followed by its void, and by the same number on another day', async () => {
    const open = openDesk();
    await post(open, '/api/v1/baskets', basket).expect(200);
    const voided = await post(open, '/api/v1/baskets', { ...basket, void: true }).expect(200);
    expect(voided.body).toMatchObject({ outcome: 'voided' });
    const nextDay = await post(open, '/api/v1/baskets', { ...basket, at: '2026-11-23T09:00', lines: [] }).expect(200);
    expect(nextDay.body).toMatchObject({ outcome: 'recorded' });
  });
});

describe('a coupon', () => {
  it('is redeemed once, and the second try is told the day', async () => {
    const open = openDesk();
    const code = await firstSerial(open);
    await open.clock.advance(DAY_MS);
    const first = await post(open, '/api/v1/coupons/redeem', { code }).expect(200);
    expect(redemptionAnswerSchema.parse(first.body)).toMatchObject({
      outcome: 'redeemed',
      coupon: { serial: code, reward: { kind: 'amount', amount: 0.3 }, validFrom: '2026-11-23', validTo: '2026-12-06' },
    });
    await open.clock.advance(DAY_MS);
    const second = await post(open, '/api/v1/coupons/redeem', { code: `${code.slice(0, 4)} ${code.slice(4)}` });
    const { outcome, say } = redemptionAnswerSchema.parse(second.body);
    expect(outcome).toBe('already-used');
    for (const sentence of Object.values(say)) expect(sentence).toContain('23.11.2026');
  });

  it('asked for again under the same key gets the same answer', async () => {
    const open = openDesk();
    const code = await firstSerial(open);
    await open.clock.advance(DAY_MS);
    const key = { 'Idempotency-Key': 'a-1' };
    const first = await post(open, '/api/v1/coupons/redeem', { code }, key).expect(200);
    const again = await post(open, '/api/v1/coupons/redeem', { code }, key).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await post(open, '/api/v1/coupons/redeem', { code: '1' }, key).expect(409);
    expect(errorOf(other.body).code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('held up twice in one sale without a key counts once', async () => {
    const open = openDesk();
    const code = await firstSerial(open);
    await open.clock.advance(DAY_MS);
    const outcomes = [];
    for (let i = 0; i < 2; i++) {
      const answer = await post(open, '/api/v1/coupons/redeem', { code, basket: '7', till: '01' });
      outcomes.push(redemptionAnswerSchema.parse(answer.body).outcome);
    }
    expect(outcomes).toEqual(['redeemed', 'already-used']);
  });

  test.each([
    [0, 'not-yet-valid'],
    [14, 'redeemed'],
    [15, 'expired'],
  ])('%i days later is %s', async (days, outcome) => {
    const open = openDesk();
    const code = await firstSerial(open);
    await open.clock.advance(days * DAY_MS);
    const answer = await post(open, '/api/v1/coupons/redeem', { code }).expect(200);
    expect(answer.body).toMatchObject({ outcome });
  });

  it('nobody knows gets an outcome and no details', async () => {
    const answer = await post(openDesk(), '/api/v1/coupons/redeem', { code: '999999999999' }).expect(200);
    expect(answer.body).toMatchObject({ outcome: 'unknown-coupon', otherTill: null, coupon: null });
  });

  test.each(['', 'a b', 'x'.repeat(129), 'ä'])('cannot have the key "%s"', async (key) => {
    const headers = { 'Idempotency-Key': Buffer.from(key).toString('latin1') };
    const answer = await post(openDesk(), '/api/v1/coupons/redeem', { code: '1' }, headers).expect(400);
    expect(errorOf(answer.body).code).toBe('IDEMPOTENCY_KEY_INVALID');
  });
});

describe('a copy', () => {
  const path = (visit: string): string => `/api/v1/visits/${visit}/reprint`;
  const key = { 'Idempotency-Key': 'c-1' };

  it('asked for again under the same key is the same copy; without a key it is another', async () => {
    const open = openDesk();
    const scan = await post(open, '/api/v1/scans', { card: FAMILY }).expect(200);
    const { visit } = visitAnswerSchema.parse(scan.body);
    await open.clock.advance(DAY_MS);
    const first = await post(open, path(visit), { reason: 'torn' }, key).expect(200);
    expect(first.body).toMatchObject({ outcome: 'copying', copies: 1 });
    const again = await post(open, path(visit), { reason: 'torn' }, key).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await post(open, path(visit), { reason: 'unreadable' }, key).expect(409);
    expect(errorOf(other.body).code).toBe('IDEMPOTENCY_KEY_REUSED');
    const anew = await post(open, path(visit), { reason: 'torn' }).expect(200);
    expect(anew.headers['idempotency-replayed']).toBeUndefined();
  });

  it('of another visit is another request, and of none is kept under no key', async () => {
    const open = openDesk();
    const scan = await post(open, '/api/v1/scans', { card: FAMILY }).expect(200);
    const { visit } = visitAnswerSchema.parse(scan.body);
    await open.clock.advance(DAY_MS);
    await post(open, path('01-000999'), { reason: 'torn' }, key).expect(404);
    await post(open, path(visit), { reason: 'torn' }, key).expect(200);
    await post(open, path('01-000999'), { reason: 'torn' }, key).expect(409);
  });
});

describe('a call that is not right', () => {
  test.each<[string, string, string, string, number, string]>([
    ['no JSON', '/api/v1/scans', 'application/json', '{"card":', 400, 'BODY_NOT_JSON'],
    ['a bare word', '/api/v1/scans', 'application/json', '"card"', 400, 'BODY_INVALID'],
    ['null', '/api/v1/scans', 'application/json', 'null', 400, 'BODY_INVALID'],
    ['a list', '/api/v1/scans', 'application/json', '[]', 400, 'BODY_INVALID'],
    ['nothing', '/api/v1/scans', 'application/json', '', 400, 'BODY_INVALID'],
    ['an unknown field', '/api/v1/scans', 'application/json', '{"card":"1","cart":2}', 400, 'BODY_INVALID'],
    ['a prototype', '/api/v1/scans', 'application/json', '{"card":"1","__proto__":{}}', 400, 'BODY_INVALID'],
    ['a form', '/api/v1/scans', 'application/x-www-form-urlencoded', 'card=1', 415, 'CONTENT_TYPE_WRONG'],
    ['text', '/api/v1/scans', 'text/plain', '{"card":"1"}', 415, 'CONTENT_TYPE_WRONG'],
    ['JSON in another charset', '/api/v1/scans', 'application/json; charset=koi8-r', '{}', 415, 'CONTENT_TYPE_WRONG'],
    ['a huge body', '/api/v1/baskets', 'application/json', `{"x":"${'x'.repeat(300_000)}"}`, 413, 'BODY_TOO_LARGE'],
  ])('with %s is told so', async (_name, path, type, body, status, code) => {
    const open = openDesk();
    const answer = await request(open.web.handle).post(path).set('Content-Type', type).send(body).expect(status);
    const error = errorOf(answer.body);
    expect(error.code).toBe(code);
    expect(String(error.message).length).toBeGreaterThan(10);
    expect(String(error.hint).length).toBeGreaterThan(10);
    expect(open.reported).toEqual([]);
  });

  it('packed small and huge inside is refused unread', async () => {
    await request(openDesk().web.handle)
      .post('/api/v1/scans')
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .send('x')
      .expect(415);
  });

  it('to a wrong place or in a wrong way is told what there is', async () => {
    const { web } = openDesk();
    const nothing = await request(web.handle).get('/api/v1/coupons').expect(404);
    expect(errorOf(nothing.body).code).toBe('NOT_FOUND');
    const wrong = await request(web.handle).get('/api/v1/scans').expect(405);
    expect(errorOf(wrong.body).code).toBe('METHOD_WRONG');
    expect(wrong.headers['allow']).toBe('POST');
    await request(web.handle).get('/%ff').expect(404);
    await request(web.handle).get('/api/v1/visits/%ff').expect(400);
  });

  test.each(['01-000009', 'x', '..%2f..'])('for the visit %s finds none', async (id) => {
    const answer = await request(openDesk().web.handle).get(`/api/v1/visits/${id}`).expect(404);
    expect(errorOf(answer.body).code).toBe('NOT_FOUND');
  });
});

describe('a failure of ours', () => {
  const failing = (fail: () => Promise<never>): OpenDesk => {
    const open = openDesk();
    open.desk.beforeScan = fail;
    return open;
  };

  it('is answered without details and reported once', async () => {
    const open = failing(() => Promise.reject(new Error('secret detail')));
    const answer = await post(open, '/api/v1/scans', { card: FAMILY }).expect(500);
    expect(errorOf(answer.body).code).toBe('INTERNAL');
    expect(answer.text).not.toContain('secret');
    expect(open.reported.map((error) => error.message)).toEqual(['secret detail']);
  });

  it('with a name is answered with its sentence', async () => {
    const open = failing(() => Promise.reject(new TillError('WRONG_USE', { problem: 'The store is away.' })));
    const answer = await post(open, '/api/v1/scans', { card: FAMILY }).expect(503);
    expect(errorOf(answer.body)).toMatchObject({ code: 'UNAVAILABLE', message: 'The store is away.' });
    expect(open.reported).toHaveLength(1);
  });

  it('to answer in time lets the till go on, and a late failure is still reported', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const begun = Promise.withResolvers<void>();
    const open = failing(() => (begun.resolve(), promise));
    const answered = post(open, '/api/v1/scans', { card: FAMILY }).then((answer) => answer);
    await begun.promise;
    await open.clock.advance(2_000);
    const answer = await answered;
    expect(answer.status).toBe(503);
    expect(errorOf(answer.body).code).toBe('TOO_SLOW');
    // A scan takes no such key.
    expect(errorOf(answer.body).hint).not.toContain('Idempotency-Key');
    reject(new Error('too late'));
    await Promise.resolve();
    await Promise.resolve();
    expect(open.reported.map((error) => error.message)).toEqual(['too late']);
  });
});
