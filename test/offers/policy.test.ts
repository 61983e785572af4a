// What may be printed at all.
import { describe, expect, it } from 'vitest';
import { PRODUCT_FLAGS } from '../../src/domain/product.ts';
import { classify, countUnmapped, countUntold, policyFrom, policyVeto } from '../../src/offers/policy.ts';
import { productOf } from './small-shop.ts';

const policy = policyFrom({ Maidot: 'ok', Ruoka: 'ok', Oluet: 'alcohol', Apteekki: 'medicine' });

describe('a product is printed', () => {
  const cases = [
    ['if its category is mapped ok', { category: 'Maidot', department: null }, 'ok'],
    ['if its department is mapped ok', { category: 'Uusi hylly', department: 'Ruoka' }, 'ok'],
    ['if its own flag says ok', { category: null, department: null, flags: ['ok'] }, 'ok'],
    ['if only the writing of its category differs', { category: ' maidot ', department: null }, 'ok'],
  ] as const;
  for (const [name, given, expected] of cases) {
    it(name, () => expect(classify(productOf({ id: 1, ...given }), policy)).toBe(expected));
  }
});

describe('a product is not printed', () => {
  const cases = [
    ['if nobody has spoken about it', { category: 'Uusi hylly', department: 'Muut' }, 'unmapped'],
    ['if it has neither category nor department', { category: null, department: null }, 'unmapped'],
    ['if its category is alcohol, though its department is ok', { category: 'Oluet', department: 'Ruoka' }, 'alcohol'],
    [
      'if its department is a hard class, though it is flagged ok',
      { department: 'Apteekki', flags: ['ok'] },
      'medicine',
    ],
    ['if it is flagged discreet, though its category is ok', { category: 'Maidot', flags: ['discreet'] }, 'discreet'],
    ['and the graver of two classes is told', { flags: ['health', 'tobacco'] }, 'tobacco'],
  ] as const;
  for (const [name, given, expected] of cases) {
    it(name, () => expect(classify(productOf({ id: 1, ...given }), policy)).toBe(expected));
  }

  it('whatever the policy says about everything, if it is of a hard class', () => {
    const open = policyFrom({ '*': 'ok', Ruoka: 'ok' });
    for (const flag of PRODUCT_FLAGS) {
      const veto = policyVeto(productOf({ id: 1, flags: [flag, 'ok'] }), open);
      if (flag === 'ok') expect(veto).toBeNull();
      else expect(veto).toMatch(/^(forbidden|sensitive)-class$/);
    }
    expect(policyVeto(productOf({ id: 1, flags: ['infant-formula'] }), open)).toBe('forbidden-class');
  });

  it('if two spellings of its category disagree', () => {
    const twice = policyFrom({ Oluet: 'alcohol', oluet: 'ok' });
    expect(classify(productOf({ id: 1, category: 'OLUET' }), twice)).toBe('alcohol');
  });

  it('through a name every JavaScript object knows', () => {
    expect(classify(productOf({ id: 1, category: 'constructor', department: '__proto__' }), policy)).toBe('unmapped');
  });
});

it('the unmapped are counted by category, most first', () => {
  const products = [
    productOf({ id: 1, category: 'Maidot' }),
    productOf({ id: 2, category: 'Lelut', department: 'Vapaa-aika' }),
    productOf({ id: 3, category: 'Kirjat', department: 'Vapaa-aika' }),
    productOf({ id: 4, category: 'Kirjat', department: 'Vapaa-aika' }),
    productOf({ id: 5, category: null, department: null }),
  ];
  expect(countUnmapped(products, policy)).toEqual({
    products: 4,
    categories: [
      { category: 'Kirjat', products: 2 },
      { category: null, products: 1 },
      { category: 'Lelut', products: 1 },
    ],
  });
});

it('what only "*" lets through, though nothing tells what it is, is counted', () => {
  const nothing = { category: null, department: null };
  const products = [
    productOf({ id: 1, ...nothing }),
    productOf({ id: 2, ...nothing, flags: ['ok'] }),
    productOf({ id: 3, ...nothing, flags: ['tobacco'] }),
    productOf({ id: 4, category: 'Maidot', department: null }),
  ];
  expect(countUntold(products, policyFrom({ '*': 'ok' }))).toBe(1);
  expect(countUntold(products, policy)).toBe(0);
});
