// How many of a product's buyers bought it again is told as counted, of enough buyers, with the time it is about; or not at all.
import { expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { countProducts } from '../../src/recommender/product-statistics.ts';
import { viewOf } from '../../src/recommender/purchase-view.ts';
import { shareAgain } from '../../src/recommender/share-again.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { purchasesOf, TODAY, type Basket } from './small-shop.ts';

const [BREAD, RICE, SALT] = [1, 2, 3];

/** The first so many buy bread, every third of them twice; rice goes to 20 of them, twice; salt to 40 once, in three baskets of a day. */
function baskets({ days, buyers }: { days: number; buyers: number }): Basket[] {
  const made: Basket[] = [];
  for (let customer = 1; customer <= buyers; customer++) {
    made.push([customer, TODAY - days + 1, customer <= 20 ? [BREAD, RICE] : [BREAD]]);
    made.push([customer, TODAY - 1, [...(customer % 3 === 0 ? [BREAD] : []), ...(customer <= 20 ? [RICE] : [4])]]);
    for (let basket = 0; basket < 3; basket++) made.push([customer, TODAY - 2, [SALT]]);
  }
  return made;
}

function told(of: { days: number; buyers: number }, product: number) {
  const view = viewOf({ purchases: purchasesOf(baskets(of)), lastDay: localDay(TODAY), windowDays: 56 });
  const statistics = atOnce(countProducts(view, { sensitive: () => false, categoryOf: () => null }));
  return shareAgain(statistics.products.rowOf(product), { statistics, windowDays: 56 });
}

it('10 of 30 are a third, and nobody of 30 is nobody, however often the shop buys again', () => {
  expect(told({ days: 56, buyers: 30 }, BREAD)).toEqual({ value: 10 / 30, days: 56 });
  expect(told({ days: 56, buyers: 30 }, SALT)).toEqual({ value: 0, days: 56 });
});

it('the time is that of the shop’s memory where that is younger than the window', () => {
  expect(told({ days: 21, buyers: 30 }, BREAD)).toEqual({ value: 10 / 30, days: 21 });
});

it('twenty buyers, this customer perhaps among them, are too few to tell, and so is nobody', () => {
  expect(told({ days: 56, buyers: 30 }, RICE)).toBeNull();
  expect(told({ days: 56, buyers: 20 }, BREAD)).toBeNull();
  expect(told({ days: 56, buyers: 21 }, BREAD)).toEqual({ value: 7 / 21, days: 56 });
  expect(told({ days: 56, buyers: 30 }, 99)).toBeNull();
});
