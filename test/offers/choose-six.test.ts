// Which six, and why not the others.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { productId } from '../../src/domain/ids.ts';
import { policyFrom } from '../../src/offers/policy.ts';
import type { RecentOffer } from '../../src/offers/variety.ts';
import { choose, ids, list, productOf, ranked, TODAY } from './small-shop.ts';

describe('a usual strip', () => {
  it('has four habitual and two new, in order of rank', () => {
    const choice = choose({ ranking: { habitual: list(1, 9), new: list(101, 9), popular: list(201, 9) } });
    expect(ids(choice)).toEqual([1, 2, 3, 4, 101, 102]);
    expect(choice.offers.map(({ slot }) => slot)).toEqual([...Array<string>(4).fill('habitual'), 'new', 'new']);
    expect(choice.offers.every(({ propensity }) => propensity === 1)).toBe(true);
    expect(choice.passedOver).toEqual([]);
  });

  it('grants money: a fifth off a favourite of 4,00 and nearly a third off something new', () => {
    const { offers } = choose({ ranking: { habitual: list(1, 1), new: list(101, 1) } });
    expect(offers.map(({ reward }) => reward)).toEqual([
      { kind: 'amount', amountCents: 80 },
      { kind: 'amount', amountCents: 120 },
    ]);
  });

  it('has at most two of one category over all six', () => {
    const products = [1, 2, 3, 101, 102].map((id) => productOf({ id, category: 'Juustot' }));
    const choice = choose({ ranking: { habitual: list(1, 6), new: list(101, 4) }, products });
    expect(ids(choice)).toEqual([1, 2, 4, 5, 103, 104]);
    expect(choice.passedOver.map(({ product, veto }) => [product.id, veto])).toEqual([
      [3, 'category-full'],
      [101, 'category-full'],
      [102, 'category-full'],
    ]);
  });

  it('never carries one product twice', () => {
    expect(ids(choose({ ranking: { habitual: list(1, 2), new: list(1, 4) } }))).toEqual([1, 2, 3, 4]);
  });
});

describe('a customer with few purchases', () => {
  it('gets what can be justified, down to a single coupon', () => {
    const unlikely = [ranked(1, 0.4), ranked(2, 0.001)];
    expect(ids(choose({ ranking: { habitual: unlikely, new: [ranked(101, 0.0001)], popular: list(201, 5) } }))).toEqual(
      [1],
    );
  });

  it('gets up to two popular products where there is nothing of the customer’s own', () => {
    const choice = choose({ ranking: { popular: list(201, 5) } });
    expect(ids(choice)).toEqual([201, 202]);
    expect(choice.offers.every(({ slot }) => slot === 'popular')).toBe(true);
  });

  it('gets nothing where nothing is known and nothing is popular', () => {
    expect(choose({ ranking: {} })).toEqual({ offers: [], passedOver: [], runnersUp: [] });
  });

  it('is not printed a product whose probability is no number', () => {
    expect(ids(choose({ ranking: { habitual: [ranked(1, NaN), ranked(2, 0.5)] } }))).toEqual([2]);
  });
});

describe('the law', () => {
  it('passes over, and says why', () => {
    const products = [
      productOf({ id: 1, flags: ['infant-formula'] }),
      productOf({ id: 2, flags: ['alcohol'] }),
      productOf({ id: 3, department: 'Tuntematon' }),
      productOf({ id: 4, price: 40 }),
    ];
    const policy = policyFrom({ Ruoka: 'ok' });
    const choice = choose({ ranking: { habitual: list(1, 6) }, products, policy });
    expect(ids(choice)).toEqual([5, 6]);
    expect(choice.passedOver.map(({ veto }) => veto)).toEqual([
      'forbidden-class',
      'sensitive-class',
      'unmapped-category',
      'too-cheap',
    ]);
  });

  it('holds whatever the ranking says', () => {
    const flags = [
      'infant-formula',
      'tobacco',
      'nicotine',
      'alcohol',
      'medicine',
      'gambling',
      'health',
      'discreet',
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...flags, 'ok' as const), { minLength: 30, maxLength: 30 }), (marks) => {
        const products = marks.map((mark, i) => productOf({ id: i + 1, flags: [mark, 'ok'] }));
        const choice = choose({
          ranking: { habitual: list(1, 10), new: list(11, 10), popular: list(21, 10) },
          products,
          explorationShare: 1,
        });
        for (const { product } of choice.offers) expect(product.flags).toEqual(['ok', 'ok']);
      }),
    );
  });

  it('keeps the list of the passed over short', () => {
    const products = list(1, 80).map(({ product }) => productOf({ id: product, flags: ['tobacco'] }));
    expect(choose({ ranking: { habitual: list(1, 80) }, products }).passedOver).toHaveLength(10);
  });
});

describe('variety', () => {
  const printed = (day: number, ...products: number[]): RecentOffer[] =>
    products.map((product) => ({ product: productId(product), day: addDays(TODAY, day) }));

  it('repeats at most two of the last strip, and says what was printed lately', () => {
    const choice = choose({
      ranking: { habitual: list(1, 9), new: list(101, 9) },
      recent: printed(-7, 1, 2, 3, 4, 101, 102),
    });
    expect(ids(choice)).toEqual([1, 2, 5, 6, 103, 104]);
    expect(choice.passedOver.map(({ product, veto }) => [product.id, veto])).toEqual([
      [3, 'printed-lately'],
      [4, 'printed-lately'],
      [101, 'printed-lately'],
      [102, 'printed-lately'],
    ]);
  });

  it('prints again what was printed lately where nothing else is worth printing', () => {
    const choice = choose({
      ranking: { habitual: list(1, 4), new: list(101, 2) },
      recent: printed(-7, 1, 2, 3, 4, 101, 102),
    });
    expect(ids(choice)).toEqual([1, 2, 3, 4, 101, 102]);
  });

  it('forgets after four weeks', () => {
    const recent = printed(-28, 1, 2, 3, 4, 101, 102);
    expect(ids(choose({ ranking: { habitual: list(1, 9), new: list(101, 9) }, recent }))).toEqual([
      1, 2, 3, 4, 101, 102,
    ]);
  });

  it('keeps successive strips a third alike at most over twelve weeks of visits', () => {
    const recent: RecentOffer[] = [];
    let before: number[] = [];
    for (let week = 0; week < 12; week++) {
      const today = addDays(TODAY, week * 7);
      const now = ids(choose({ ranking: { habitual: list(1, 12), new: list(101, 30) }, recent, today }));
      expect(now.filter((product) => before.includes(product)).length).toBeLessThanOrEqual(2);
      expect(now).toHaveLength(6);
      recent.push(...now.map((product) => ({ product: productId(product), day: today })));
      before = now;
    }
  });
});

describe('exploration', () => {
  const ranking = { habitual: list(1, 9), new: list(101, 30) };

  it('leaves the habitual places alone', () => {
    const choice = choose({ ranking, explorationShare: 1, draw: () => 0.99 });
    expect(ids(choice).slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  it('takes the drawn one of the best ten, and logs the chance it had', () => {
    // The draw is below the share, so both places explore; 0.05 of ten candidates is the first, 0.35 the fourth.
    const draws: Record<string, number> = { 'explore:new:1': 0, 'pick:new:1': 0.35, 'explore:new:2': 0.5 };
    const choice = choose({ ranking, explorationShare: 0.1, draw: (label) => draws[label] ?? 0 });
    const fresh = choice.offers.slice(4).map(({ product, propensity }) => [product.id, propensity]);
    // By rank: 101 taken as the best (0.9 + 0.1 / 10), 104 by the draw (0.1 / 10).
    expect(fresh).toEqual([
      [101, 0.91],
      [104, 0.01],
    ]);
  });

  it('gives every candidate its logged chance', () => {
    const counts = new Map<number, number>();
    const tries = 4000;
    for (let i = 0; i < tries; i++) {
      const draw = (label: string): number => (label.startsWith('explore') ? (i % 4) / 4 : ((i >> 2) % 100) / 100);
      const [offer] = choose({ ranking: { new: list(101, 4) }, new: 1, explorationShare: 0.25, draw }).offers;
      if (offer !== undefined) counts.set(offer.product.id, (counts.get(offer.product.id) ?? 0) + 1 / tries);
    }
    // A quarter of the time an even draw of four: 3/4 + 1/16 for the best, 1/16 for the others.
    expect(counts.get(101)).toBeCloseTo(0.8125, 3);
    for (const id of [102, 103, 104]) expect(counts.get(id)).toBeCloseTo(0.0625, 3);
  });

  it('chooses the same six for the same draws', () => {
    const once = () => choose({ ranking, explorationShare: 0.5, draw: (label) => (label.length % 7) / 7 });
    expect(once()).toEqual(once());
  });

  it('a strip of four repeats one of the last strip, not two, while there are others', () => {
    const recent = [1, 2, 3, 4].map((id) => ({ product: productId(id), day: addDays(TODAY, -7) }));
    expect(ids(choose({ ranking: { habitual: list(1, 9) }, recent }))).toEqual([1, 5, 6, 7]);
    expect(ids(choose({ ranking: { habitual: list(1, 9), new: list(101, 2) }, recent }))).toEqual([
      1, 2, 5, 6, 101, 102,
    ]);
    expect(ids(choose({ ranking: { habitual: list(1, 4) }, recent }))).toEqual([1, 2, 3, 4]);
  });
});
