// The figures behind the reasons: each is what was counted, and what cannot be known from what is remembered is not told.
import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { CustomerHistory } from '../../src/recommender/customer-history.ts';
import { NewCase } from '../../src/recommender/features/new-case.ts';
import { votesFor } from '../../src/recommender/new.ts';
import { countProducts } from '../../src/recommender/product-statistics.ts';
import { viewOf } from '../../src/recommender/purchase-view.ts';
import { habitualFigure, newFigure } from '../../src/recommender/reason-values.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { purchasesOf, TODAY, type Basket } from './small-shop.ts';

const [BREAD, RICE] = [1, 2];

function shopOf(baskets: readonly Basket[]) {
  const purchases = purchasesOf(baskets);
  const view = viewOf({ purchases, lastDay: localDay(TODAY), windowDays: 56 });
  const statistics = atOnce(countProducts(view, { sensitive: () => false, categoryOf: () => null }));
  const history = new CustomerHistory();
  history.read(view, 0, purchases.count);
  return { statistics, history };
}

describe('a rhythm', () => {
  const { statistics, history } = shopOf([
    [1, TODAY - 15, [BREAD, RICE]],
    [1, TODAY - 8, [BREAD]],
    [1, TODAY - 1, [BREAD, RICE]],
  ]);
  const rhythmOf = (product: number) =>
    habitualFigure(
      'due',
      { history, place: history.placeOf(product), today: TODAY },
      { statistics, windowDays: statistics.rememberedDays },
    );

  it('is told of what was bought on three days, as the days between two of them', () => {
    expect(rhythmOf(BREAD)).toEqual({ value: 7 });
  });

  it('is not told of two purchases: there is one gap between them and nothing usual', () => {
    expect(rhythmOf(RICE)).toBeNull();
  });
});

describe('new buyers of the last four weeks', () => {
  const newBuyers = (rememberedDays: number) => {
    const { statistics, history } = shopOf([
      [1, TODAY - rememberedDays + 1, [RICE]],
      [2, TODAY - 9, [BREAD]],
      [3, TODAY - 2, [BREAD]],
    ]);
    const seen = new NewCase({ history, statistics, votes: votesFor(statistics.products.length) });
    seen.look(statistics.products.rowOf(BREAD));
    return newFigure('taken-up', seen);
  };

  it('are those who did not buy it in the weeks before', () => {
    expect(newBuyers(56)).toEqual({ value: 2 });
  });

  it('are not known in a shop that remembers no weeks before: everybody would be one', () => {
    expect(newBuyers(55)).toBeNull();
    expect(newBuyers(21)).toBeNull();
  });
});
