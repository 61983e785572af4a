// The weights that come with the program, read from its own folder: what ranks in a shop that has not learned its own yet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TillError } from './domain/till-error.ts';
import { toError } from './domain/to-error.ts';
import { FEATURE_NAMES } from './recommender/weights.ts';
import type { RankerName, ShippedRanker, ShippedWeights } from './recommender/weights.ts';

const number = z.number();
const rankerSchema = z.object({
  intercept: number,
  features: z.array(z.object({ name: z.string(), mean: number, scale: number.positive(), coefficient: number })),
  /** Score and chance of a purchase within 14 days, both ascending. */
  chances: z.array(z.tuple([number, number.min(0).max(1)])).min(2),
});
const fileSchema = z.object({ habitual: rankerSchema, new: rankerSchema });

/** @throws TillError MODEL_WRONG where the file is not what this program weighs with */
export function readShippedWeights(programFolder: string): ShippedWeights {
  const source = join(programFolder, 'models', 'default-weights.json');
  try {
    const read = fileSchema.parse(JSON.parse(readFileSync(source, 'utf8')));
    return { habitual: rankerOf('habitual', read.habitual), new: rankerOf('new', read.new) };
  } catch (thrown) {
    throw new TillError('MODEL_WRONG', { source, problem: toError(thrown).message }, { cause: thrown });
  }
}

function rankerOf(name: RankerName, { intercept, features, chances }: z.infer<typeof rankerSchema>): ShippedRanker {
  const wanted = FEATURE_NAMES[name];
  const differs = wanted.findIndex((feature, i) => features[i]?.name !== feature);
  if (differs >= 0 || features.length !== wanted.length) {
    const at = differs >= 0 ? differs : wanted.length;
    throw new Error(
      `its ${name} feature ${at} is "${features[at]?.name ?? 'none'}" and should be "${wanted[at] ?? 'none'}"`,
    );
  }
  return {
    weights: {
      mean: Float64Array.from(features, ({ mean }) => mean),
      scale: Float64Array.from(features, ({ scale }) => scale),
      coefficient: Float64Array.from(features, ({ coefficient }) => coefficient),
      intercept,
    },
    calibration: {
      score: Float64Array.from(chances, ([score]) => score),
      chance: Float64Array.from(chances, ([, chance]) => chance),
    },
  };
}
