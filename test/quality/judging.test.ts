// The quality bench on a shop small enough to judge by hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { casesCsv, readAnswers } from '../../bench/quality/answers.ts';
import { pairedInterval } from '../../bench/quality/bootstrap.ts';
import { splitAtCut, splitAtLastBasket } from '../../bench/quality/cases.ts';
import { discountedGain, matchedShare, mean } from '../../bench/quality/metrics.ts';
import { personalFrequency, popularity } from '../../bench/quality/peers.ts';
import { dayOf, readShop, type Shop } from '../../bench/quality/shop.ts';
import { tifuKnn } from '../../bench/quality/tifu-knn.ts';
import { topList } from '../../bench/quality/top-list.ts';
import { upCf } from '../../bench/quality/up-cf.ts';

const CUT = { name: '2024-03-01', day: dayOf('2024-03-01'), memoryDays: 182 };

/** Anna comes weekly for milk; Bert bought milk and beer; Cleo came too seldom to be a case. */
function smallShop(): Promise<Shop> {
  const rows = [
    ['anna', '1', '2024-02-02', 'milk bread'],
    ['anna', '2', '2024-02-09', 'milk'],
    ['anna', '10', '2024-02-16', 'milk eggs'],
    ['anna', '11', '2024-03-04', 'milk beer'],
    ['anna', '12', '2024-03-20', 'eggs'],
    ['bert', '20', '2024-02-01', 'milk beer'],
    ['bert', '21', '2024-02-08', 'beer'],
    ['bert', '22', '2024-02-15', 'beer wine'],
    ['bert', '23', '2024-05-01', 'beer'],
    ['cleo', '30', '2024-02-20', 'wine'],
    ['cleo', '31', '2024-03-05', 'wine'],
  ];
  return readShop(
    rows.flatMap(([customer = '', basket = '', date = '', products = '']) =>
      products.split(' ').map((product) => ({ customer, basket, day: dayOf(date), product })),
    ),
  );
}

function namesOf(shop: Shop, ids: Iterable<number>): readonly (string | undefined)[] {
  return [...ids].map((id) => shop.products[id]);
}

test('only who came three times before the cut and comes again within four weeks is a case', async () => {
  const shop = await smallShop();
  const { cases } = splitAtCut(shop, CUT);
  expect(casesCsv(shop, cases)).toBe('customer,as_of\nanna,2024-03-04\n');
});

test('habitual is what was bought in the window, new is what was not remembered, and truth is what came after', async () => {
  const shop = await smallShop();
  const anna = splitAtCut(shop, CUT).cases[0];
  expect(namesOf(shop, anna?.habitual.candidates() ?? [])).toEqual(['milk', 'bread', 'eggs']);
  expect(namesOf(shop, anna?.new.candidates() ?? [])).toEqual(['beer', 'wine']);
  expect(namesOf(shop, anna?.habitual.boughtNext ?? [])).toEqual(['milk']);
  expect(namesOf(shop, anna?.habitual.boughtIn28Days ?? [])).toEqual(['milk', 'eggs']);
  expect(namesOf(shop, anna?.new.boughtIn28Days ?? [])).toEqual(['beer']);
});

test('without real dates every last basket is held out and nothing is said about four weeks', async () => {
  const shop = await smallShop();
  const { cases } = splitAtLastBasket(shop);
  expect(cases.map((item) => shop.customers[item.customer])).toEqual(['anna', 'bert', 'cleo']);
  expect(namesOf(shop, cases[1]?.habitual.boughtNext ?? [])).toEqual(['beer']);
  expect(cases[1]?.habitual.boughtIn28Days).toBeNull();
});

test('the peers put first what they are said to look at', async () => {
  const shop = await smallShop();
  const split = splitAtCut(shop, CUT);
  const anna = split.cases[0];
  if (anna === undefined) throw new Error('Anna is a case');
  const first = (scores: Float64Array, candidates: Int32Array): string | undefined =>
    shop.products[topList(candidates, scores, new Float64Array(shop.products.length))[0] ?? -1];
  expect(first(personalFrequency.learn(shop, split)(anna).habitual, anna.habitual.candidates())).toBe('milk');
  expect(first(popularity.learn(shop, split)(anna).habitual, anna.new.candidates())).toBe('wine');
  const nearest = { groupSize: 7, withinGroupDecay: 0.9, acrossGroupDecay: 0.7, neighbours: 1, ownShare: 0.7 };
  const tifu = tifuKnn('TIFU-KNN', nearest).learn(shop, split)(anna);
  // Bert, with whom she shares milk, is nearer than Cleo: 1.0 - 2 x 0.244 against 1.0. His milk was three baskets ago.
  expect(tifu.habitual[shop.products.indexOf('milk')]).toBeCloseTo((0.7 * (0.81 + 0.9 + 1) + 0.3 * 0.81) / 3, 12);
  const upcf = upCf('UP-CF', { recentBaskets: 25, locality: 2, asymmetry: 0.5 }).learn(shop, split)(anna);
  // Bert shares one of his three products with Anna's three: cosine 1/3, squared 1/9, and all his baskets hold beer.
  expect(upcf.new?.[shop.products.indexOf('beer')]).toBeCloseTo(1 / 9, 12);
});

test('matches are counted over all places, and the upper places weigh more', () => {
  const list = Int32Array.of(5, 3, 9);
  expect(matchedShare(list, new Set([3]), 4)).toBe(0.25);
  expect(discountedGain(list, new Set([3]), 4)).toBeCloseTo(1 / Math.log2(3), 12);
  expect(discountedGain(list, new Set([5]), 4)).toBe(1);
  expect(discountedGain(list, new Set(), 4)).toBeNaN();
  expect(mean(Float64Array.of(1, NaN, 0))).toBe(0.5);
});

test('an interval holds a plain difference and is the same each time', () => {
  const ours = Float64Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? 1 : 0.5));
  const theirs = ours.map((value) => value - 0.25);
  expect(pairedInterval(ours, theirs)).toEqual({ low: 0.25, high: 0.25 });
  const none = pairedInterval(ours, ours.toReversed());
  expect(none.low).toBeLessThan(0);
  expect(none.high).toBeGreaterThan(0);
});

test('answers are found by customer and day, and what does not belong on a list is counted', async () => {
  const shop = await smallShop();
  const { cases } = splitAtLastBasket(shop);
  const folder = mkdtempSync(join(tmpdir(), 'quality-'));
  const file = join(folder, 'answers.jsonl');
  const ranked = (...products: string[]): unknown => products.map((product) => ({ product, probability: 0.5 }));
  const line = {
    customer: 'bert',
    as_of: '2024-05-01T00:00:00Z',
    habitual: ranked('beer', 'bread'),
    new: ranked('eggs'),
  };
  writeFileSync(file, `${JSON.stringify(line)}\n`);
  const answers = await readAnswers([file], shop, cases);
  rmSync(folder, { recursive: true });
  expect(answers.unanswered).toBe(2);
  expect(answers.outOfPlace).toBe(1);
  expect(answers.habitual.map((list) => namesOf(shop, list))).toEqual([[], ['beer', 'bread'], []]);
});
