// What who writes the till's side reads when a body is not right: the place, what stands there, and what is right.
import request from 'supertest';
import { expect, test } from 'vitest';
import { errorOf, openDesk } from './open-desk.ts';

async function told(path: string, body: unknown): Promise<string> {
  const answer = await request(openDesk().web.handle)
    .post(path)
    .set('Content-Type', 'application/json')
    .send(JSON.stringify(body))
    .expect(400);
  const { code, message } = errorOf(answer.body);
  expect(code).toBe('BODY_INVALID');
  return String(message).replace('The body is not right: ', '');
}

const line = { product: '9501101004733', quantity: 1 };
const sale = { till: '01', sale: '4711', at: '2026-11-22T16:05+02:00', lines: [line] };

test.each<[string, unknown, string]>([
  ['/api/v1/scans', null, 'it is null; it must be a JSON object.'],
  ['/api/v1/scans', [], 'it is a list; it must be a JSON object.'],
  ['/api/v1/scans', 'card', 'it is text; it must be a JSON object.'],
  ['/api/v1/scans', {}, 'card is missing; it must be text.'],
  ['/api/v1/scans', { card: 12 }, 'card is 12; it must be text.'],
  ['/api/v1/scans', { card: '1', cart: 2 }, 'cart is not known; did you mean card?'],
  ['/api/v1/scans', { card: '1', foo: 2 }, 'foo is not known; there are card, till.'],
  ['/api/v1/scans', { card: '1', till: 'one' }, 'till is "one"; it must be two digits, such as "01".'],
  ['/api/v1/baskets', { ...sale, till: undefined }, 'till is missing; it must be text of two digits, such as "01".'],
  ['/api/v1/baskets', { ...sale, till: 1 }, 'till is 1; it must be text of two digits, such as "01".'],
  [
    '/api/v1/baskets',
    { ...sale, sale: '' },
    'sale is ""; it must be 1 to 32 printable ASCII characters without blanks.',
  ],
  [
    '/api/v1/baskets',
    { ...sale, at: 'today' },
    'at is "today"; it must be an ISO 8601 time, such as 2026-11-22T16:05+02:00.',
  ],
  ['/api/v1/baskets', { ...sale, at: '1926-11-22T16:05' }, 'at is "1926-11-22T16:05"; it lies before 1970.'],
  ['/api/v1/baskets', { ...sale, lines: 3 }, 'lines is 3; it must be a list.'],
  ['/api/v1/baskets', { ...sale, lines: [7] }, 'lines[0] is 7; it must be an object.'],
  [
    '/api/v1/baskets',
    { ...sale, lines: [line, { ...line, quantity: 0 }] },
    'lines[1].quantity (product "9501101004733") is 0; it must not be 0 (thousandths count).',
  ],
  [
    '/api/v1/baskets',
    { ...sale, lines: [{ ...line, quantiy: 1 }] },
    'lines[0].quantiy (product "9501101004733") is not known; did you mean quantity?',
  ],
  [
    '/api/v1/baskets',
    { ...sale, lines: [{ quantity: 1 }] },
    'lines[0].product is missing; it must be text, because leading zeros count.',
  ],
  [
    '/api/v1/coupons/redeem',
    { coupon: '1' },
    'code is missing; it must be text. coupon is not known; there are code, basket, till.',
  ],
  ['/api/v1/visits/01-000001/reprint', { reason: 'lost' }, 'reason is "lost"; it must be one of'],
])('%s with %j is told what, where and what is right', async (path, body, words) => {
  const message = await told(path, body);
  expect(message.startsWith(words)).toBe(true);
  if (words.endsWith('.') || words.endsWith('?')) expect(message).toBe(words);
});

test('what may be a card number is not repeated, wherever it stands', async () => {
  const card = '634040556199924787';
  expect(await told('/api/v1/scans', { card: `${card}${'0'.repeat(100)}` })).not.toContain(card);
  for (const key of ['till', 'sale', 'at'])
    expect(await told('/api/v1/baskets', { ...sale, [key]: ` ${card}` })).not.toContain(card);
  expect(await told('/api/v1/scans', { card: Number(card) })).toBe('card is a number; it must be text.');
  expect(await told('/api/v1/coupons/redeem', { code: '' })).toBe(
    'code is text of 0 characters; it must not be empty.',
  );
});

test('of many wrong things the first three are told, and how many more there are', async () => {
  const lines = Array.from({ length: 5 }, () => ({ product: 'P1', quantity: 0 }));
  expect(await told('/api/v1/baskets', { ...sale, lines })).toMatch(
    /^lines\[0\].*\. lines\[1\].*\. lines\[2\].*\. And 2 more\.$/,
  );
});
