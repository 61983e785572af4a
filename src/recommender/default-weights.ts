// Which of the shipped weights suit a shop: those of young and small shops, those of settled ones, or what lies between.
import type { Calibration } from './calibration.ts';
import { chanceOf } from './calibration.ts';
import type { RankerName, RankerWeights, ShippedRanker, ShippedWeights } from './weights.ts';

/** `young`: learned from shops of 300 customers known for three weeks. Scales are the same in both. */
export type DefaultWeights = { readonly young: ShippedWeights; readonly settled: ShippedWeights };

/** Three weeks are known of a young shop at night, and seven before its model is an old one. */
const FIRST_DAYS = 28;
/**
 * What is new is told by other customers: where there are few, weights of settled shops believe them too much. Tried on lgsr after the
 * days that were learned from: with 300 customers three quarters of the young weights were best, with 1,000 about half, with all 3,600
 * a quarter. Habits are the customer's own, and it made no difference to them.
 */
const FEW_CUSTOMERS = { habitual: 0, new: 1000 } as const;

/** @param shop.knownDays since the first purchase known; Infinity where days only count each customer's baskets */
export function shippedFor(
  { young, settled }: DefaultWeights,
  shop: { readonly knownDays: number; readonly customers: number },
): ShippedWeights {
  const between = (name: RankerName) => blend(young[name], settled[name], youth(name, shop));
  return { habitual: between('habitual'), new: between('new') };
}

/** 1: as young as shops get; by the days it falls with their square, for 56 tried days a quarter and for 182 nothing was best. */
function youth(name: RankerName, { knownDays, customers }: { knownDays: number; customers: number }): number {
  const byDays = Math.min(1, (FIRST_DAYS / knownDays) ** 2);
  const few = FEW_CUSTOMERS[name];
  const byCustomers = few / (few + Math.max(1, customers));
  return 1 - (1 - byDays) * (1 - byCustomers);
}

function blend(one: ShippedRanker, other: ShippedRanker, share: number): ShippedRanker {
  const mixed = (a: number, b: number) => share * a + (1 - share) * b;
  const weights: RankerWeights = {
    ...other.weights,
    coefficient: other.weights.coefficient.map((value, i) => mixed(one.weights.coefficient[i], value)),
    intercept: mixed(one.weights.intercept, other.weights.intercept),
  };
  const score = Float64Array.from(new Set([...one.calibration.score, ...other.calibration.score])).sort();
  const chance = score.map((of) => mixed(chanceOf(one.calibration, of), chanceOf(other.calibration, of)));
  const calibration: Calibration = { score, chance };
  return { weights, calibration };
}
