// Learns both rankers from the shop's own cuts, and lets each into use only where it beats what would rank without it.
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { WEEK_DAYS } from './latest-week.ts';
import { lookBack } from './look-back.ts';
import type { Laid } from './look-back.ts';
import type { Ranker } from './model.ts';
import type { NewTables } from './new-desk.ts';
import { lastVisits, visitsAfter, withoutLastVisits } from './past-visits.ts';
import type { PastVisits } from './past-visits.ts';
import { FEWEST_VISITS, RankerInTraining, startOf } from './ranker-in-training.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';
import { FEWEST_BEFORE } from './shop-days.ts';
import type { ShopDays } from './shop-days.ts';
import { cutsFor } from './training-cuts.ts';
import type { Cuts } from './training-cuts.ts';
import type { RankerName, ShippedWeights } from './weights.ts';

export type LearningInput = {
  readonly purchases: PurchaseTable;
  readonly asOfDay: LocalDay;
  readonly memoryDays: number;
  readonly windowDays: number;
  readonly shipped: ShippedWeights | null;
  readonly days: ShopDays;
  /** The shop as it stood at the end of a day, by these purchases. */
  readonly tablesAt: (purchases: PurchaseTable, day: LocalDay) => Steps<NewTables>;
  /** All that habits need of it. */
  readonly statisticsAt: (day: LocalDay) => Steps<ProductStatistics>;
};

/** Visits looked back at, a cut: about as many as give so many cases, which is what bounds the memory. */
const CASES_A_CUT = 160_000;
const [FEWEST_OF_MANY, MOST_VISITS] = [1500, 6000];

const NAMES = ['habitual', 'new'] as const;

export function* learnRankers(input: LearningInput): Steps<Readonly<Record<RankerName, Ranker>>> {
  const cuts = cutsFor(input);
  const rankers = {
    habitual: new RankerInTraining('habitual', input, cuts),
    new: new RankerInTraining('new', input, cuts),
  };
  const [earlier, latest] = yield* shareOf([0, 0.05], chooseCuts(input, cuts));
  yield* shareOf(
    [0.05, 0.3],
    visitCut(input, earlier, (name, laid) => {
      rankers[name].begin(laid);
    }),
  );
  for (const [i, name] of NAMES.entries()) yield* shareOf([0.3 + i * 0.1, 0.4 + i * 0.1], rankers[name].tryOut());
  yield* shareOf(
    [0.5, 0.8],
    visitCut(input, latest, (name, laid) => {
      rankers[name].judge(laid);
    }),
  );
  return {
    habitual: yield* shareOf(
      [0.8, 0.95],
      rankers.habitual.finish(
        input.days.cutBy === 'day' ? (cut, each) => visitWeekAfter({ ...input, cut }, each) : null,
      ),
    ),
    new: yield* shareOf([0.95, 1], rankers.new.finish(null)),
  };
}

/** Visits to look back at, and what was known before them. */
type Cut = { readonly purchases: PurchaseTable; readonly visits: PastVisits; readonly tables: () => Steps<NewTables> };

/** By day; or by each customer's last two visits. */
function* chooseCuts(input: LearningInput, cuts: Cuts): Steps<readonly [earlier: Cut, latest: Cut]> {
  const { purchases, tablesAt, asOfDay, days } = input;
  const of = { most: mostVisits(input), fewestVisits: FEWEST_BEFORE };
  if (days.cutBy === 'day') {
    const after = (cut: LocalDay) => visitsAfter(purchases, { ...of, cut, withinDays: cuts.labelDays });
    const earlier = yield* shareOf([0, 0.5], after(cuts.earlier));
    const latest = yield* shareOf([0.5, 1], after(cuts.latest));
    return [
      { purchases, visits: earlier, tables: () => tablesAt(purchases, cuts.earlier) },
      { purchases, visits: latest, tables: () => tablesAt(purchases, cuts.latest) },
    ];
  }
  const before = withoutLastVisits(purchases);
  const longBefore = withoutLastVisits(before);
  return [
    { purchases: before, visits: lastVisits(before, of), tables: () => tablesAt(longBefore, asOfDay) },
    { purchases, visits: lastVisits(purchases, of), tables: () => tablesAt(before, asOfDay) },
  ];
}

function mostVisits({ purchases, days }: LearningInput): number {
  const casesAVisit = purchases.count / Math.max(1, days.customers) / 2;
  return Math.round(Math.min(MOST_VISITS, Math.max(FEWEST_OF_MANY, CASES_A_CUT / casesAVisit)));
}

function* visitCut(input: LearningInput, cut: Cut, each: (name: RankerName, laid: Laid) => void): Steps<void> {
  const { purchases, visits } = cut;
  if (visits.count < FEWEST_VISITS) return;
  const tables = yield* shareOf([0, 0.5], cut.tables());
  const scales = { habitual: startOf('habitual', input.shipped), new: startOf('new', input.shipped) };
  const { windowDays, memoryDays } = input;
  yield* shareOf([0.5, 1], lookBack({ purchases, windowDays, memoryDays, tables, scales, visits }, each));
}

/** Habits alone, at the first visits in the week after a cut. */
function* visitWeekAfter(input: LearningInput & { readonly cut: LocalDay }, each: (laid: Laid) => void): Steps<void> {
  const { purchases, windowDays, memoryDays, cut, statisticsAt } = input;
  const of = { cut, withinDays: WEEK_DAYS, most: mostVisits(input), fewestVisits: FEWEST_BEFORE };
  const visits = yield* shareOf([0, 0.1], visitsAfter(purchases, of));
  const tables = { statistics: yield* shareOf([0.1, 0.5], statisticsAt(cut)) };
  const scales = { habitual: startOf('habitual', input.shipped), new: startOf('new', input.shipped) };
  yield* shareOf(
    [0.5, 1],
    lookBack({ purchases, windowDays, memoryDays, tables, scales, visits }, (_name, laid) => {
      each(laid);
    }),
  );
}
