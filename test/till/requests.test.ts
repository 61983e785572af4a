// What a till may send as a scan and as a coupon to redeem.
import { describe, expect, it, test } from 'vitest';
import { redemptionRequestSchema } from '../../src/till/redemption-request.ts';
import { scanRequestSchema } from '../../src/till/scan-request.ts';

describe('a scan', () => {
  it('takes any text as a card, because the card grammar decides later', () => {
    expect(scanRequestSchema.parse({ card: '\u0002hello\r' })).toEqual({ card: '\u0002hello\r', till: null });
  });
  test.each([
    [{}],
    [{ card: '' }],
    [{ card: 12 }],
    [{ card: 'x'.repeat(101) }],
    [{ card: '1', till: '001' }],
    [{ card: '1', more: 1 }],
    [[]],
    [null],
  ])('refuses %j', (body) => {
    expect(scanRequestSchema.safeParse(body).success).toBe(false);
  });
});

describe('a coupon to redeem', () => {
  it('may be keyed in fours', () => {
    expect(redemptionRequestSchema.parse({ code: ' 4821 0937 7715\n' }).code).toBe('482109377715');
  });
  it('keeps the separator a scanner sends', () => {
    expect(redemptionRequestSchema.parse({ code: ']C1(17)\u001d1' }).code).toBe(']C1(17)\u001d1');
  });
  test.each([
    [{}],
    [{ code: '   ' }],
    [{ code: 482109377715 }],
    [{ code: '1', basket: '' }],
    [{ code: '1', till: 'x' }],
  ])('refuses %j', (body) => {
    expect(redemptionRequestSchema.safeParse(body).success).toBe(false);
  });
});
