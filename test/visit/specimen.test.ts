// What a preview prints in place of a real code: the configured kind, and never one a till would take money off for.
import { expect, test } from 'vitest';
import type { CodeKind } from '../../src/coupons/choose-code.ts';
import { couponRules } from '../../src/coupons/coupon-rules.ts';
import { cents } from '../../src/domain/money.ts';
import { parseSerial, visitId } from '../../src/domain/ids.ts';
import type { Coupon } from '../../src/domain/coupon.ts';
import { specimenCode } from '../../src/preview.ts';
import { day, till } from '../coupons/words.ts';
import { instant } from '../../src/domain/calendar.ts';

const WIDE = { printableDots: 576, paperDots: 640 };
const NARROW = { printableDots: 384, paperDots: 464 };

const rules = couponRules({
  shopKey: new Uint8Array(32).fill(7),
  till: till('01'),
  companyPrefix: '9501101',
  codeKind: 'gs1',
  pointerPrefix: '29',
  valueMask: '9821234OOVVVC',
});

test.each<[CodeKind, typeof WIDE, 'gs1' | 'ean13']>([
  ['gs1', WIDE, 'gs1'],
  ['pointer', WIDE, 'ean13'],
  ['value', WIDE, 'ean13'],
  ['gs1', NARROW, 'ean13'],
])('a preview where %s is wanted on paper of %o shows an %s code that names nothing', (wanted, paper, kind) => {
  const serial = parseSerial('000000000000');
  if (serial === null) throw new Error('Zeros are a serial.');
  const coupon: Coupon = {
    gcn: rules.gcn(0),
    serial,
    visit: visitId(till('01'), 0),
    place: 1,
    slot: 'habitual',
    productCode: '1',
    productName: 'Maito',
    reward: { kind: 'amount', amountCents: cents(30) },
    issuedAt: instant(0),
    validFrom: day('2026-11-23'),
    validTo: day('2026-12-06'),
    state: 'issued',
    redeemedAt: null,
  };
  const code = specimenCode(coupon, { rules, wanted, pointerPrefix: '2150', paper });
  expect(code.kind).toBe(kind);
  // The shop's own range, as its tills know it; its check digit: 2 · 1 + 1 · 3 + 5 · 1 is 10, and 0 more makes it a ten.
  if (code.kind === 'ean13') expect(code.digits).toBe('2150000000000');
});
