// A strip of six for the receipt's tests.
import { dayOfDate, instant, type LocalDay } from '../../src/domain/calendar.ts';
import { parseSerial, parseTillId, visitId, type Serial, type VisitId } from '../../src/domain/ids.ts';
import type { Language } from '../../src/domain/language.ts';
import { cents } from '../../src/domain/money.ts';
import type { Reward } from '../../src/domain/offer.ts';
import type { Strip, StripCoupon, StripReason } from '../../src/domain/strip.ts';

export function euros(amount: number): Reward {
  return { kind: 'amount', amountCents: cents(Math.round(amount * 100)) };
}

export function couponOf(given: {
  productName: string;
  reward: Reward;
  reason: StripReason;
  serial: string;
}): StripCoupon {
  return {
    serial: serialOf(given.serial),
    reason: given.reason,
    productName: given.productName,
    reward: given.reward,
    code: { kind: 'gs1', elementString: `(17)261206(255)9501101000017${given.serial}` },
  };
}

export function stripOf(coupons: readonly StripCoupon[], language: Language): Strip {
  return {
    visit: visitOf(42),
    language,
    currency: 'EUR',
    shopName: 'Kulmakauppa',
    shopAddress: 'Kuusitie 4',
    printedOn: day(2026, 11, 22),
    at: instant(Date.UTC(2026, 10, 22, 7, 0)),
    validFrom: day(2026, 11, 23),
    validTo: day(2026, 12, 6),
    memoryDays: 56,
    coupons,
    isCopy: false,
    isSpecimen: false,
  };
}

export const SIX: readonly StripCoupon[] = [
  couponOf({
    productName: 'Kotipelto kevytmaito 1 l',
    reward: euros(0.3),
    reason: 'bought-often',
    serial: '482109377715',
  }),
  couponOf({
    productName: 'Aamunkajo ruispala 9 kpl/495 g',
    reward: euros(0.5),
    reason: 'bought-often',
    serial: '482109387711',
  }),
  couponOf({
    productName: 'Kuusipiha kahvi tumma paahto 500 g',
    reward: euros(1),
    reason: 'bought-often',
    serial: '482109397717',
  }),
  couponOf({ productName: 'Banaani', reward: euros(0.3), reason: 'bought-before', serial: '482109407713' }),
  couponOf({
    productName: 'Halla kivennäisvesi sitruuna 6 x 0,33 l',
    reward: euros(1.6),
    reason: 'new',
    serial: '482109417718',
  }),
  couponOf({ productName: 'Mustapekka-juusto 300 g', reward: euros(1.2), reason: 'new', serial: '482113377021' }),
];

export function day(year: number, month: number, date: number): LocalDay {
  const found = dayOfDate(year, month, date);
  if (found === null) throw new RangeError(`No such day: ${year}-${month}-${date}`);
  return found;
}

function serialOf(text: string): Serial {
  const serial = parseSerial(text);
  if (serial === null) throw new RangeError(`Not a serial: ${text}`);
  return serial;
}

function visitOf(running: number): VisitId {
  const till = parseTillId('01');
  if (till === null) throw new RangeError('Not a till');
  return visitId(till, running);
}
