// The weights that come with the program, read from its own folder: what ranks in a shop that has not learned its own yet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TillError } from './domain/till-error.ts';
import { toError } from './domain/to-error.ts';
import { FEATURE_NAMES } from './recommender/weights.ts';
import type { DefaultWeights } from './recommender/default-weights.ts';
import type { RankerName, ShippedRanker } from './recommender/weights.ts';

const number = z.number();
/** Score and chance of a purchase within 14 days, both ascending. */
const chances = z.array(z.tuple([number, number.min(0).max(1)])).min(2);
/** What young shops say beside what settled ones say; scales are the same. */
const rankerSchema = z.object({
  intercept: number,
  youngIntercept: number,
  features: z.array(
    z.object({ name: z.string(), mean: number, scale: number.positive(), coefficient: number, young: number }),
  ),
  chances,
  youngChances: chances,
});
const fileSchema = z.object({ habitual: rankerSchema, new: rankerSchema });
type FileRanker = z.infer<typeof rankerSchema>;

/** @throws TillError MODEL_WRONG where the file is not what this program weighs with */
export function readShippedWeights(programFolder: string): DefaultWeights {
  const source = join(programFolder, 'models', 'default-weights.json');
  try {
    const read = fileSchema.parse(JSON.parse(readFileSync(source, 'utf8')));
    checkNames('habitual', read.habitual);
    checkNames('new', read.new);
    return {
      settled: { habitual: settled(read.habitual), new: settled(read.new) },
      young: { habitual: young(read.habitual), new: young(read.new) },
    };
  } catch (thrown) {
    throw new TillError('MODEL_WRONG', { source, problem: toError(thrown).message }, { cause: thrown });
  }
}

function checkNames(name: RankerName, { features }: FileRanker): void {
  const wanted = FEATURE_NAMES[name];
  const differs = wanted.findIndex((feature, i) => features[i]?.name !== feature);
  if (differs < 0 && features.length === wanted.length) return;
  const at = differs >= 0 ? differs : wanted.length;
  throw new Error(
    `its ${name} feature ${at} is "${features[at]?.name ?? 'none'}" and should be "${wanted[at] ?? 'none'}"`,
  );
}

function settled({ features, intercept, chances }: FileRanker): ShippedRanker {
  return ranker({ features, coefficient: features.map(({ coefficient }) => coefficient), intercept, chances });
}

function young({ features, youngIntercept, youngChances }: FileRanker): ShippedRanker {
  return ranker({
    features,
    coefficient: features.map((feature) => feature.young),
    intercept: youngIntercept,
    chances: youngChances,
  });
}

function ranker(of: Pick<FileRanker, 'features' | 'intercept' | 'chances'> & { coefficient: number[] }): ShippedRanker {
  return {
    weights: {
      mean: Float64Array.from(of.features, ({ mean }) => mean),
      scale: Float64Array.from(of.features, ({ scale }) => scale),
      coefficient: Float64Array.from(of.coefficient),
      intercept: of.intercept,
    },
    calibration: {
      score: Float64Array.from(of.chances, ([score]) => score),
      chance: Float64Array.from(of.chances, ([, chance]) => chance),
    },
  };
}
