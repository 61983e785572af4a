// The inverse of a symmetric positive definite matrix, in place and in short steps: by Cholesky's factor and that one's inverse.
//
//   given   lower half and diagonal: A
//   first   lower half: L, where A = L Lᵀ; on the diagonal 1 / L's
//   second  upper half: the inverse of L, turned over
//   third   upper half and diagonal: the inverse of A
//
// All three are dot products of rows, four against two at a time, so that a number read is used more than once.
import type { Steps } from './steps.ts';

/** Rows that are worked on together. */
export const BLOCK_ROWS = 4;
/** Multiplications between two steps: some milliseconds. */
const WORK_A_STEP = 4_000_000;

/**
 * n³ / 2 multiplications: 2,000 rows take some 4 seconds. What the lower half holds afterwards means nothing.
 * @param size rows, a multiple of BLOCK_ROWS
 */
export function* invertSymmetric(matrix: Float64Array, size: number): Steps<void> {
  const parts = [factorise, invertFactor, multiplyFactors];
  let work = 0;
  for (const [part, workOn] of parts.entries()) {
    for (let row = 0; row < size; row += BLOCK_ROWS) {
      workOn(matrix, size, row);
      const length = part === 2 ? size - row : row;
      work += (BLOCK_ROWS * length * length) / 2;
      if (work < WORK_A_STEP) continue;
      work = 0;
      yield (part + row / size) / parts.length;
    }
  }
}

/** Of four rows with two; overwritten by each call. */
const dots = new Float64Array(2 * BLOCK_ROWS);

/** `four` is where the first of four rows that follow each other begins, `two` the first of two. */
function dotRows(m: Float64Array, size: number, of: { four: number; two: number; from: number; end: number }): void {
  const { from, end } = of;
  const [a, b, c, d] = [of.four, of.four + size, of.four + 2 * size, of.four + 3 * size];
  const [p, q] = [of.two, of.two + size];
  let ap = 0;
  let aq = 0;
  let bp = 0;
  let bq = 0;
  let cp = 0;
  let cq = 0;
  let dp = 0;
  let dq = 0;
  for (let k = from; k < end; k++) {
    const x = m[p + k];
    const y = m[q + k];
    const va = m[a + k];
    ap += va * x;
    aq += va * y;
    const vb = m[b + k];
    bp += vb * x;
    bq += vb * y;
    const vc = m[c + k];
    cp += vc * x;
    cq += vc * y;
    const vd = m[d + k];
    dp += vd * x;
    dq += vd * y;
  }
  dots[0] = ap;
  dots[1] = aq;
  dots[2] = bp;
  dots[3] = bq;
  dots[4] = cp;
  dots[5] = cq;
  dots[6] = dp;
  dots[7] = dq;
}

function dotRow(m: Float64Array, of: { a: number; b: number; from: number; end: number }): number {
  let sum = 0;
  for (let k = of.from; k < of.end; k++) sum += m[of.a + k] * m[of.b + k];
  return sum;
}

function factorise(m: Float64Array, size: number, row: number): void {
  for (let j = 0; j < row; j += 2) {
    dotRows(m, size, { four: row * size, two: j * size, from: 0, end: j });
    const below = m[(j + 1) * size + j];
    for (let r = 0; r < BLOCK_ROWS; r++) {
      const at = (row + r) * size + j;
      m[at] = (m[at] - dots[2 * r]) * m[j * size + j];
      m[at + 1] = (m[at + 1] - dots[2 * r + 1] - m[at] * below) * m[(j + 1) * size + j + 1];
    }
  }
  for (let i = row; i < row + BLOCK_ROWS; i++) {
    for (let j = row; j <= i; j++) {
      const at = i * size + j;
      const left = m[at] - dotRow(m, { a: i * size, b: j * size, from: 0, end: j });
      m[at] = i === j ? 1 / Math.sqrt(left) : left * m[j * size + j];
    }
  }
}

/** Column `i` of the turned inverse needs the columns before it. */
function invertFactor(m: Float64Array, size: number, row: number): void {
  for (let i = row; i < row + BLOCK_ROWS; i += 2) {
    const [first, second] = [i * size, (i + 1) * size];
    const finish = (j: number, sums: { first: number; second: number }) => {
      const at = j * size + i;
      m[at] = -sums.first * m[first + i];
      m[at + 1] = -(sums.second + m[second + i] * m[at]) * m[second + i + 1];
    };
    let j = 0;
    for (; j + BLOCK_ROWS <= i; j += BLOCK_ROWS) {
      dotRows(m, size, { four: j * size, two: first, from: j + BLOCK_ROWS, end: i });
      for (let r = 0; r < BLOCK_ROWS; r++) {
        const head = { a: (j + r) * size, from: j + r, end: j + BLOCK_ROWS };
        finish(j + r, {
          first: dots[2 * r] + dotRow(m, { ...head, b: first }),
          second: dots[2 * r + 1] + dotRow(m, { ...head, b: second }),
        });
      }
    }
    for (; j < i; j++) {
      const whole = { a: j * size, from: j, end: i };
      finish(j, { first: dotRow(m, { ...whole, b: first }), second: dotRow(m, { ...whole, b: second }) });
    }
    m[first + i + 1] = -m[second + i] * m[first + i] * m[second + i + 1];
  }
}

/** In place, because column `b` of a row is needed last for column `b` itself. */
function multiplyFactors(m: Float64Array, size: number, row: number): void {
  for (let b = row; b < size; b += 2) {
    dotRows(m, size, { four: row * size, two: b * size, from: b + 1, end: size });
    const own = m[b * size + b];
    for (let r = 0; r < BLOCK_ROWS; r++) {
      const at = (row + r) * size + b;
      m[at] = dots[2 * r] + m[at] * own;
      m[at + 1] = dots[2 * r + 1];
    }
  }
}
