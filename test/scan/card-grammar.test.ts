// What a scan is: a card of the shop, the STOP or START card, a coupon, or nothing of ours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePrefix, stripIdentifier } from '../../src/scan/aim-identifier.ts';
import { readCard, type CardRule } from '../../src/scan/card-grammar.ts';
import { ScanFramer, noCounts } from '../../src/scan/scan-framer.ts';

const LUHN: CardRule = { prefix: '6340', length: 18, check: 'luhn' };
const EAN: CardRule = { prefix: '29', length: 13, check: 'ean13' };
const PLAIN: CardRule = { prefix: '', length: 6, check: 'none' };

function read(text: string, rules: readonly CardRule[] = [LUHN, EAN]) {
  return readCard({ text, rules, stopCard: 'TILLCAT-STOP', startCard: 'TILLCAT-START' });
}

describe('a card', () => {
  test.each([
    // Doubled from the right 1,4,8,8,1,0,0,4,6 give 2+8+7+7+2+0+0+8+3 = 37, plain 4+8+8+1+2+4+0+3 = 30: 67, check digit 3.
    ['634004021188884413', LUHN],
    // Plain 4+2 = 6, three times 2+9 = 33: 39, check digit 1.
    ['2900000000421', EAN],
    ['A-0042', PLAIN],
    ['000042', PLAIN],
  ])('%s is read by its rule', (number, rule) => {
    expect(read(number, [rule])).toEqual({ kind: 'card', number });
  });

  test('is read behind an AIM identifier too', () => {
    expect(read(']C0634004021188884413')).toEqual({ kind: 'card', number: '634004021188884413' });
  });

  test.each([
    ['634004021188884411', 'its check digit is wrong; scan it again'],
    ['2900000000422', 'its check digit is wrong; scan it again'],
    ['63400402118888441', 'no card rule takes it: this has 17 characters'],
    ['6410405060457', 'no card rule takes it: this has 13 characters'],
    ['', 'the scan is empty'],
    ['6340 0402 1188 8844', 'no card rule takes it: this has 19 characters'],
  ])('%s is none', (text, why) => {
    expect(read(text)).toEqual({ kind: 'not-a-card', why });
  });

  test('with one digit misread is never another card', () => {
    const digit = fc.nat(9);
    fc.assert(
      fc.property(fc.nat(17), digit, (place, wrong) => {
        const card = '634004021188884413';
        const misread = card.slice(0, place) + String(wrong) + card.slice(place + 1);
        if (misread !== card) expect(read(misread).kind).toBe('not-a-card');
      }),
    );
  });

  test('may be any plausible number where a shop has no rules', () => {
    expect(read('K-42', [])).toEqual({ kind: 'card', number: 'K-42' });
    expect(read('two words', []).kind).toBe('not-a-card');
  });
});

test('the laminated cards stop and start, whatever the rules', () => {
  expect(read('TILLCAT-STOP')).toEqual({ kind: 'stop' });
  expect(read(']C0TILLCAT-START', [])).toEqual({ kind: 'start' });
});

test.each([
  '(17)261206(255)9501101000017482109377715',
  '172612062559501101000017482109377715',
  ']C1172612062559501101000017482109377715',
])('the coupon %s is a coupon and no card', (text) => {
  expect(read(text, []).kind).toBe('coupon');
});

test('random bytes never become a card that no rule allows', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      const framer = new ScanFramer({ terminator: 'any', counts: noCounts() });
      for (const text of framer.push({ bytes: noise, atMs: 0 })) {
        const reading = read(text);
        if (reading.kind === 'card') expect(reading.number).toMatch(/^(6340\d{14}|29\d{11})$/);
      }
    }),
  );
});

describe('what stands before the data', () => {
  test.each<[string, string | null, string]>([
    [']E02900000000421', null, '2900000000421'],
    ['2900000000421', null, '2900000000421'],
    ['c2900000000421', 'c', '2900000000421'],
    ['c]E02900000000421', 'c', '2900000000421'],
    [']E0c2900000000421', 'c', '2900000000421'],
    ['cc29', 'c', 'c29'],
    ['B32900000000421', '/[A-Z]\\d/', '2900000000421'],
    ['29B30', '/[A-Z]\\d/', '29B30'],
  ])('%s with the prefix %s is %s', (text, prefix, data) => {
    expect(stripIdentifier({ text, prefix: prefix === null ? null : parsePrefix(prefix) })).toBe(data);
  });
});
