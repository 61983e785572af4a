// What is told of the gate is what was measured, at the visits it names; what decides is made from it.
import { describe, expect, it } from 'vitest';
import { gateWords } from '../../src/domain/judged-ranker.ts';
import { localDay } from '../../src/domain/calendar.ts';
import type { Laid } from '../../src/recommender/look-back.ts';
import { DEFAULT_CALIBRATIONS } from '../../src/recommender/model.ts';
import { RankerInTraining } from '../../src/recommender/ranker-in-training.ts';
import type { ShopDays } from '../../src/recommender/shop-days.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { FEATURE_NAMES, noWeights } from '../../src/recommender/weights.ts';
import type { RankerName, ShippedWeights } from '../../src/recommender/weights.ts';
import { TODAY } from './small-shop.ts';

const CUTS = { earlier: localDay(TODAY - 57), latest: localDay(TODAY - 29), labelDays: 28 };

/** Shipped weights that rank by the first feature alone. */
function byTheFirst(name: RankerName): ShippedWeights[RankerName] {
  const weights = noWeights(name);
  weights.coefficient[0] = 1;
  return { weights, calibration: DEFAULT_CALIBRATIONS[name] };
}

/** A visit with four candidates, of which the first is bought: it stands at these places of plain counting and of the shipped weights. */
function visit(cut: number, { plain, shipped }: { plain: number; shipped: number }): Laid {
  const width = FEATURE_NAMES.habitual.length;
  const rows = new Float64Array(4 * width);
  // The others stand at 1, 2 and 3: what is bought stands behind as many as it has a half less.
  const above = (place: number) => 4.5 - place;
  for (let other = 1; other <= 3; other++) rows[other * width] = other;
  rows[0] = above(shipped);
  return {
    count: 4,
    rows,
    plain: Float64Array.of(above(plain), 1, 2, 3),
    boughtOn: Float64Array.of(cut + 1, Infinity, Infinity, Infinity),
    missed: [],
    visitDay: localDay(cut + 1),
  };
}

type Visits = { readonly earlier: number; readonly latest: number };

/** At the earlier cut plain counting has it first and the shipped weights last; at the latest these have it first, and counting second. */
function trained(shipped: ShippedWeights | null, visits: Visits) {
  const days: ShopDays = { customers: 400, knownDays: 100, cutBy: 'day', clock: 'shop' };
  const ranker = new RankerInTraining('habitual', { asOfDay: localDay(TODAY), shipped, days }, CUTS);
  for (let i = 0; i < visits.earlier; i++) ranker.begin(visit(CUTS.earlier, { plain: 1, shipped: 4 }));
  atOnce(ranker.tryOut());
  for (let i = 0; i < visits.latest; i++) ranker.judge(visit(CUTS.latest, { plain: 2, shipped: 1 }));
  return atOnce(ranker.finish(null));
}

const SHIPPED: ShippedWeights = { habitual: byTheFirst('habitual'), new: byTheFirst('new') };
/** NDCG of the one bought product at the second and the fourth place: 1 / log2(3) and 1 / log2(5). */
const [SECOND, FOURTH] = [0.631, 0.431];

describe('the gate', () => {
  it('tells of each way what it found at the visits after the latest cut, and what two found at the earlier ones', () => {
    const { gate } = trained(SHIPPED, { earlier: 3, latest: 1 });
    expect(gate.cases).toBe(1);
    expect(gate.gain.plain).toBeCloseTo(SECOND, 3);
    expect(gate.gain).toMatchObject({ shipped: 1, blended: 0, learned: 0 });
    expect(gate.earlier).toMatchObject({ cases: 3, gain: { plain: 1 } });
    expect(gate.earlier.gain.shipped).toBeCloseTo(FOURTH, 3);
  });

  it('is decided by both cuts: counting, .815 over both, stands before the shipped weights, .715, though these found more lately', () => {
    const { way, gate } = trained(SHIPPED, { earlier: 200, latest: 200 });
    expect(way).toBe('plain');
    expect(gate.gain.shipped).toBe(1);
    expect(gate.gain.plain).toBeCloseTo(SECOND, 3);
  });

  it('names no earlier visits where none had a say', () => {
    const { gate } = trained(null, { earlier: 3, latest: 1 });
    expect(gate.earlier.cases).toBe(0);
    expect(gate.gain.plain).toBeCloseTo(SECOND, 3);
  });

  it('is told in one line, without the ways that were not there', () => {
    const gain = { plain: 0.576, shipped: 0.5926, blended: 0.5914, learned: 0.5846 };
    const none = { cases: 0, gain: { plain: 0, shipped: 0 } };
    const earlier = { cases: 1504, gain: { plain: 0.52, shipped: 0.53 } };
    expect(gateWords({ cases: 1592, gain, earlier })).toBe(
      'at 1592 visits .585 learned, .591 blended, .593 shipped, .576 plain; at 1504 earlier ones .530 shipped, .520 plain',
    );
    expect(gateWords({ cases: 160, gain: { ...gain, blended: 0, learned: 0 }, earlier: none })).toBe(
      'at 160 visits .593 shipped, .576 plain',
    );
    expect(gateWords({ cases: 0, gain, earlier: none })).toBe('too few visits to judge by');
  });
});
