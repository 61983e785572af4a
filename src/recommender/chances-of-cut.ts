// What the chances told at one cut said on the whole, and what came.
import { calibrationErrorOf } from './calibration.ts';

/** Of the first places, within a coupon's usual validity: the mean chance said, the share that came, and how far chances were off. */
export type ChancesOfCut = { readonly said: number; readonly came: number; readonly calibrationError: number };

/** null: none was told whose days are all known. */
export function chancesOfCut(of: {
  readonly chance: readonly number[];
  readonly hit: readonly boolean[];
}): ChancesOfCut | null {
  const { chance, hit } = of;
  if (chance.length === 0) return null;
  return {
    said: chance.reduce((sum, one) => sum + one, 0) / chance.length,
    came: hit.filter((one) => one).length / hit.length,
    calibrationError: calibrationErrorOf(chance, hit),
  };
}
