// Two tills of one shop, each with a ledger of its own: a coupon is good at the till that printed it, and the other one says so.
import { expect, test } from 'vitest';
import type { Coupon } from '../../src/domain/coupon.ts';
import type { Language } from '../../src/domain/language.ts';
import { redeemSentence } from '../../src/domain/cashier-words.ts';
import { redemptionJson } from '../../src/web/redemption-answer.ts';
import { calendar, CARDS } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

async function printed(till: OpenTill): Promise<{ coupon: Coupon; code: string }> {
  const { coupons } = await till.serve(CARDS.anna);
  const coupon = coupons[0] ?? expect.fail('nothing was printed');
  const code = till.shop.ledger.codeOf(coupon.serial);
  return { coupon, code: code?.kind === 'gs1' ? code.elementString : expect.fail('no GS1 code') };
}

test('a whole code of another till is told where it is good, and stays good there', async () => {
  await using first = await openTill();
  await using second = await openTill({ till: '02' });
  const { code, coupon } = await printed(second);
  for (const till of [first, second]) till.goTo('2026-11-25T10:00');
  const outcome = first.redeem(code);
  expect(outcome).toEqual({ outcome: 'unknown-coupon', otherTill: { till: '02', isSigned: true } });
  expect(redemptionJson(outcome, calendar)).toEqual({
    outcome: 'unknown-coupon',
    say: {
      fi: 'Kupongin on tulostanut kassa 02; lunasta se siellä.',
      sv: 'Kupongen är utskriven vid kassa 02; lös in den där.',
      en: 'This coupon was printed by till 02; redeem it there.',
    },
    otherTill: '02',
    coupon: null,
  });
  expect(second.redeem(coupon.serial).outcome).toBe('redeemed');
});

test('a serial alone may be a slip of the finger: the number is to be checked first', async () => {
  await using till = await openTill();
  const outcome = till.redeem('0200 0043 1629');
  expect(outcome).toEqual({ outcome: 'unknown-coupon', otherTill: { till: '02', isSigned: false } });
  const say = (language: Language) => redeemSentence(outcome, language, () => calendar.dayOf(till.clock.now()));
  expect(say('fi')).toContain('tarkista numero. Jos se on oikein, kuponki on kassan 02');
  expect(say('sv')).toContain('kontrollera numret. Om det stämmer är kupongen från kassa 02');
  expect(say('en')).toContain('check the number. If it is right, till 02 printed it');
});

test('a whole code that no till of this shop signed is told nothing', async () => {
  await using till = await openTill();
  await using second = await openTill({ till: '02' });
  const { code } = await printed(second);
  const forged = code.replace(/.$/, (last) => String((Number(last) + 1) % 10));
  expect(till.redeem(forged)).toEqual({ outcome: 'unknown-coupon', otherTill: null });
});

test('one strip a week is each till’s own count', async () => {
  await using first = await openTill();
  await using second = await openTill({ till: '02' });
  await first.serve(CARDS.anna);
  first.goTo('2026-11-24T12:00');
  second.goTo('2026-11-24T12:00');
  expect(first.scan(CARDS.anna).outcome).toBe('capped');
  expect(second.scan(CARDS.anna).outcome).toBe('printing');
});
