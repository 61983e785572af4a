// The number behind each reason of a learned ranker, in the unit in which it is told to people.
import type { CustomerHistory } from './customer-history.ts';
import type { HabitualReason } from './features/habitual-features.ts';
import type { NewCase } from './features/new-case.ts';
import type { NewReason } from './features/new-features.ts';
import { BUYERS, VOTE_WIDTH } from './new.ts';
import { repeatShare } from './popular.ts';
import { rebuyRateOf } from './product-statistics.ts';
import type { ProductStatistics } from './product-statistics.ts';

/** null: there is nothing to say. */
export function habitualValue(
  reason: HabitualReason,
  given: { history: CustomerHistory; place: number; today: number },
  statistics: ProductStatistics,
): number | null {
  const { history, place, today } = given;
  const row = statistics.products.rowOf(history.product[place]);
  const days = history.daysInAll[place];
  switch (reason) {
    case 'days-bought':
      return days;
    case 'days-since-bought':
      return today - history.lastDay[place];
    case 'due':
      return days < 2 ? null : (history.lastDay[place] - history.firstDay[place]) / (days - 1);
    case 'rebuy-rate':
      return rebuyRateOf(statistics, row);
    case 'shop-trend':
      return row < 0 ? null : trendOf(statistics, row);
    case 'category-habit':
      return row < 0 || statistics.categories.of[row] < 0 ? null : daysInCategory(history, row, statistics);
  }
}

export function newValue(reason: NewReason, seen: NewCase): number | null {
  const { row, statistics } = seen;
  switch (reason) {
    case 'similar-customers':
      return seen.votes[row * VOTE_WIDTH + BUYERS];
    case 'goes-with-yours':
      return seen.goesWith[row];
    case 'shop-share':
      return repeatShare(statistics, row);
    case 'taken-up':
      return statistics.firstTimeBuyers28[row];
    case 'category-interest':
      return seen.category < 0 ? null : seen.categoryDays[seen.category];
  }
}

/** How much of it is sold now: the last four weeks over all that is remembered. */
function trendOf({ rhythms }: ProductStatistics, row: number): number {
  return (rhythms.popularity28[row] + 2e-4) / (rhythms.popularity[row] + 2e-4);
}

function daysInCategory(history: CustomerHistory, row: number, { products, categories }: ProductStatistics): number {
  let days = 0;
  for (let place = 0; place < history.count; place++) {
    const other = products.rowOf(history.product[place]);
    if (other >= 0 && categories.of[other] === categories.of[row]) days += history.daysInAll[place];
  }
  return days;
}
