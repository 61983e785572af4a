// The number behind each reason of a learned ranker, in the unit in which it is told to people.
import type { CustomerHistory } from './customer-history.ts';
import type { HabitualReason } from './features/habitual-features.ts';
import type { NewCase } from './features/new-case.ts';
import type { NewReason } from './features/new-features.ts';
import { BUYERS, VOTE_WIDTH } from './new.ts';
import { repeatShare } from './popular.ts';
import type { ProductStatistics } from './product-statistics.ts';
import type { Figure } from './reasons.ts';
import { shareAgain } from './share-again.ts';
import type { Told } from './share-again.ts';

/** Two purchases have one gap between them, and no rhythm. */
const FEWEST_OF_RHYTHM = 3;
/** Who is a new buyer of these days is known only where as many before them are remembered. */
const NEW_BUYER_DAYS = 28;

/** null: there is nothing to say. */
export function habitualFigure(
  reason: HabitualReason,
  given: { history: CustomerHistory; place: number; today: number },
  told: Told,
): Figure | null {
  const { history, place, today } = given;
  const { statistics } = told;
  const row = statistics.products.rowOf(history.product[place]);
  const days = history.daysInAll[place];
  switch (reason) {
    case 'days-bought':
      return { value: days };
    case 'days-since-bought':
      return { value: today - history.lastDay[place] };
    case 'due':
      if (days < FEWEST_OF_RHYTHM) return null;
      return { value: (history.lastDay[place] - history.firstDay[place]) / (days - 1) };
    case 'rebuy-rate':
      return shareAgain(row, told);
    case 'shop-trend':
      return row < 0 ? null : { value: trendOf(statistics, row) };
    case 'category-habit':
      if (row < 0 || statistics.categories.of[row] < 0) return null;
      return { value: daysInCategory(history, row, statistics) };
  }
}

export function newFigure(reason: NewReason, seen: NewCase): Figure | null {
  const { row, statistics } = seen;
  switch (reason) {
    case 'similar-customers':
      return { value: seen.votes[row * VOTE_WIDTH + BUYERS] };
    case 'goes-with-yours':
      return { value: seen.goesWith[row] };
    case 'shop-share':
      return { value: repeatShare(statistics, row) };
    case 'taken-up':
      return statistics.rememberedDays < 2 * NEW_BUYER_DAYS ? null : { value: statistics.firstTimeBuyers28[row] };
    case 'category-interest':
      return seen.category < 0 ? null : { value: seen.categoryDays[seen.category] };
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
