// What `evaluate` tells of the chances.
import { describe, expect, it } from 'vitest';
import { evaluationText } from '../src/evaluating.ts';
import type { EvaluationReport } from '../src/evaluating.ts';
import { chancesOfCut } from '../src/recommender/chances-of-cut.ts';
import type { ChancesOfCut } from '../src/recommender/chances-of-cut.ts';

const list = { rows: [], reliability: [], calibrationError: 0.01, coverage: 0.5 };

function cut(day: string, habitual: ChancesOfCut): EvaluationReport['cuts'][number] {
  const chances = { habitual, new: { said: 0.1, came: 0.1, calibrationError: 0 } };
  return { cut: day, ways: { habitual: 'learned', new: 'learned' }, visits: 100, chances };
}

describe('an evaluation of several cuts', () => {
  it('says of each by itself what was said and what came: errors one way and the other do not hide each other', () => {
    const text = evaluationText({
      cuts: [
        cut('2026-08-01', { said: 0.5, came: 0.44, calibrationError: 0.06 }),
        cut('2026-09-01', { said: 0.4, came: 0.4612, calibrationError: 0.0612 }),
      ],
      visits: 200,
      variety: null,
      lists: { habitual: list, new: list },
    });
    expect(text).toContain('  as of 2026-08-01  said .5000  came .4400  off by .0600\n');
    expect(text).toContain('  as of 2026-09-01  said .4000  came .4612  off by .0612\n');
  });

  it('counts what was said and what came, and says nothing where nothing is known', () => {
    // Each of the two groups is .25 off.
    const of = chancesOfCut({ chance: [0.25, 0.75], hit: [false, true] });
    expect(of).toEqual({ said: 0.5, came: 0.5, calibrationError: 0.25 });
    expect(chancesOfCut({ chance: [], hit: [] })).toBeNull();
  });
});
