import { describe, expect, it } from 'vitest';
import { fitChoice } from '../../src/recommender/conditional-logit.ts';
import { atOnce } from '../../src/recommender/steps.ts';

type Candidate = { readonly row: readonly number[]; readonly hit: 0 | 1; readonly weight?: number };

function fit(visits: readonly (readonly Candidate[])[], given: { towards?: number[]; ridge?: number } = {}): number[] {
  const all = visits.flatMap((candidates, visit) => candidates.map((candidate) => ({ ...candidate, visit })));
  const width = all[0].row.length;
  const cases = {
    rows: Int16Array.from(all.flatMap(({ row }) => row)),
    unit: 1,
    width,
    count: all.length,
    visitOf: Uint32Array.from(all, ({ visit }) => visit),
    hit: Uint8Array.from(all, ({ hit }) => hit),
    weight: Float32Array.from(all, ({ weight }) => weight ?? 1),
  };
  const towards = Float64Array.from(given.towards ?? new Array<number>(width).fill(0));
  return [...atOnce(fitChoice(cases, { towards, ridge: given.ridge ?? 1e-6 }))];
}

const chosen = (isFirst: boolean): Candidate[] => [
  { row: [1], hit: isFirst ? 1 : 0 },
  { row: [0], hit: isFirst ? 0 : 1 },
];

describe('the choice among candidates', () => {
  it('of two, three times in four the same: the coefficient is ln 3', () => {
    const [coefficient] = fit([chosen(true), chosen(true), chosen(true), chosen(false)]);
    expect(coefficient).toBeCloseTo(Math.log(3), 3);
  });

  it('counts a kept candidate for all those it stands for', () => {
    // Bought: x = 1 at every second visit, among three others of x = 0, of which one is kept.
    const visit = (isFirst: boolean): Candidate[] => [
      { row: [1], hit: isFirst ? 1 : 0 },
      { row: [0], hit: isFirst ? 0 : 1, weight: 3 },
    ];
    expect(fit([visit(true), visit(false)])[0]).toBeCloseTo(Math.log(3), 3);
  });

  it('learns nothing from what is the same for all of them, nor from a visit at which nothing was bought', () => {
    const visits = [chosen(true), chosen(true), chosen(false)].map((candidates, i) =>
      candidates.map(({ row, hit }) => ({ row: [...row, i], hit })),
    );
    const empty: Candidate[] = [
      { row: [0, 9], hit: 0 },
      { row: [1, 9], hit: 0 },
    ];
    const [coefficient, same] = fit([...visits, empty]);
    expect(coefficient).toBeCloseTo(Math.log(2), 3);
    expect(same).toBeCloseTo(0, 9);
  });

  it('stays where it was drawn to when there is next to nothing to learn', () => {
    expect(fit([chosen(false)], { towards: [2], ridge: 1000 })[0]).toBeCloseTo(2, 1);
  });
});
