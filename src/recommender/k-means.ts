// Groups of alike points: Lloyd's k-means with k-means++ seeding from a fixed sequence, so that the same points give the same groups.
import type { Steps } from './steps.ts';

const ROUNDS = 25;

export type Groups = {
  /** Group of each point. */
  readonly group: Uint8Array<ArrayBuffer>;
  /** Groups × dimensions. */
  readonly centre: Float64Array<ArrayBuffer>;
};

/** `points` holds rows of `dimensions` numbers; at most 255 groups. A group that loses all its points keeps its centre. */
export function* findGroups(given: { points: Float64Array; dimensions: number; groups: number }): Steps<Groups> {
  const { points, dimensions, groups } = given;
  const count = points.length / dimensions;
  const centre = seeds(given, count);
  const group = new Uint8Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    yield round / ROUNDS;
    let moved = 0;
    for (let point = 0; point < count; point++) {
      const nearest = nearestGroup(points.subarray(point * dimensions, (point + 1) * dimensions), centre);
      if (nearest !== group[point]) moved++;
      group[point] = nearest;
    }
    if (moved === 0 && round > 0) break;
    moveCentres({ points, dimensions, group, centre, groups });
  }
  return { group, centre };
}

/** The lower group wins a tie. */
export function nearestGroup(point: Float64Array, centre: Float64Array): number {
  let best = 0;
  let bestDistance = Infinity;
  for (let of = 0; of * point.length < centre.length; of++) {
    const distance = squaredDistance(point, centre, of * point.length);
    if (distance < bestDistance) {
      best = of;
      bestDistance = distance;
    }
  }
  return best;
}

export function squaredDistance(point: Float64Array, others: Float64Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < point.length; i++) sum += (point[i] - others[offset + i]) ** 2;
  return sum;
}

/** Each further seed is drawn with a chance in proportion to its squared distance from the seeds so far (k-means++). */
function seeds(given: { points: Float64Array; dimensions: number; groups: number }, count: number) {
  const { points, dimensions, groups } = given;
  const centre = new Float64Array(groups * dimensions);
  const distance = new Float64Array(count).fill(Infinity);
  let state = 1;
  let chosen = 0;
  for (let seed = 0; seed < groups; seed++) {
    centre.set(points.subarray(chosen * dimensions, (chosen + 1) * dimensions), seed * dimensions);
    let total = 0;
    for (let point = 0; point < count; point++) {
      const row = points.subarray(point * dimensions, (point + 1) * dimensions);
      distance[point] = Math.min(distance[point], squaredDistance(row, centre, seed * dimensions));
      total += distance[point];
    }
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let left = (state / 2 ** 32) * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= distance[chosen]) >= 0) chosen++;
  }
  return centre;
}

function moveCentres(given: {
  points: Float64Array;
  dimensions: number;
  group: Uint8Array;
  centre: Float64Array;
  groups: number;
}): void {
  const { points, dimensions, group, centre, groups } = given;
  const sum = new Float64Array(centre.length);
  const members = new Uint32Array(groups);
  for (let point = 0; point < group.length; point++) {
    members[group[point]]++;
    for (let i = 0; i < dimensions; i++) sum[group[point] * dimensions + i] += points[point * dimensions + i];
  }
  for (let i = 0; i < centre.length; i++) {
    const size = members[Math.floor(i / dimensions)];
    if (size > 0) centre[i] = sum[i] / size;
  }
}
