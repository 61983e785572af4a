// Codes that a printer would take for an order are passed over: there is always another number.
import { expect, it } from 'vitest';
import { couponRules } from '../../src/coupons/coupon-rules.ts';
import { spellsCommand } from '../../src/coupons/spells-command.ts';
import { day, till } from './words.ts';

it.each([
  ['011604', true],
  ['1605', true],
  ['00162099', true],
  ['116040', false],
  ['1606', false],
  ['0416', false],
  ['16', false],
  ['', false],
])('of %s: %s', (digits, isCommand) => {
  expect(spellsCommand(digits)).toBe(isCommand);
});

function rules({ companyPrefix = '9501101', id = '01' } = {}) {
  const shopKey = new Uint8Array(32).fill(7);
  return couponRules({
    shopKey,
    till: till(id),
    companyPrefix,
    codeKind: 'gs1',
    pointerPrefix: '29',
    valueMask: null,
  });
}

it('a serial is passed over where its own digits spell an order, about one in six hundred', () => {
  const of = rules();
  const gcn = of.gcn(5);
  const expiry = day('2026-12-06');
  const all = Array.from({ length: 20_000 }, (_, counter) => of.sign({ gcn, counter, expiry }));
  const passedOver = all.filter((serial) => of.isSerialUnfit({ gcn, serial }));
  expect(passedOver.length).toBeGreaterThan(0);
  expect(passedOver.length).toBeLessThan(100);
  for (const serial of all) {
    const digits = of.elementString({ gcn, serial, expiry }).replaceAll(/\D/g, '');
    expect(of.isSerialUnfit({ gcn, serial })).toBe(spellsCommand(digits));
  }
});

it('a coupon number is passed over where its digits and the till’s spell an order', () => {
  const of = rules({ id: '05' });
  const unfit = Array.from({ length: of.referenceCount }, (_, reference) => of.gcn(reference)).filter((gcn) =>
    of.isGcnUnfit(gcn),
  );
  expect(unfit.length).toBeGreaterThan(0);
  expect(unfit.length).toBeLessThan(of.referenceCount / 50);
  for (const gcn of unfit) expect(spellsCommand(`255${gcn}05`)).toBe(true);
});

it('where the company’s own prefix spells one, no other number would do better, and none is passed over', () => {
  // 25 56 16 04 …
  const of = rules({ companyPrefix: '6160412' });
  const gcn = of.gcn(5);
  expect(spellsCommand(`255${gcn}`)).toBe(true);
  expect(of.isGcnUnfit(gcn)).toBe(false);
  const serials = Array.from({ length: 2_000 }, (_, counter) => of.sign({ gcn, counter, expiry: day('2026-12-06') }));
  expect(serials.filter((serial) => of.isSerialUnfit({ gcn, serial }))).toEqual([]);
});
