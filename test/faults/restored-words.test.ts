// What is said when a backup takes the store's place: what coupons on paper are worth from here on.
import { expect, test } from 'vitest';
import { couponWords, recoveryWords } from '../../src/app-backup.ts';
import { instant } from '../../src/domain/calendar.ts';

const AT = instant(Date.UTC(2026, 10, 22, 2, 30));
const FACTS = { at: AT, fingerprint: 'abcd', schema: 3, customers: 7, bytes: 4096 };
const RESTORED = { backup: 'b.db', facts: FACTS, setAside: 'set-aside/t.db', problem: 'page 3' };

test('coupons used since the backup stay used, and those printed since want their whole code', () => {
  expect(couponWords({ usedSince: 12, knowsPrinted: true })).toBe(
    'Coupons used since the backup (12) stay used. Coupons printed since are good when their whole code is scanned; ' +
      '12 digits keyed, or a pointer of 13, are refused for them. No serial is issued twice.',
  );
  const said = recoveryWords({ ...RESTORED, usedSince: 2, knowsPrinted: true }, instant(AT + 5 * 3_600_000));
  expect(said).toContain('Lost is what came in 5 hours since: imports, visits, opt-outs.');
  expect(said).toContain('Coupons used since the backup (2) stay used.');
});

test('on a new card, where nothing tells what was used and printed since, that is said', () => {
  const said = recoveryWords({ ...RESTORED, usedSince: null, knowsPrinted: false }, AT);
  expect(said).toContain('they can be used once more');
  expect(said).toContain('Coupons printed since are refused');
});

test('where the list of used coupons cannot be read, what that stops is said', () => {
  const said = couponWords({ usedSince: 'unreadable', knowsPrinted: true });
  expect(said).toContain('the list of used coupons cannot be read: none is redeemed until it can');
});
