// What Newton's method needs of a curvature: cases added to its matrix, and the step it answers a slope with.

/** Cases added at once: the matrix is walked through a quarter as often. */
export const BLOCK = 4;

/** Lower half only: += spread × x × xᵀ of each case of the block. Two rows at a time, so that a number read is used twice. */
export function addCurvature(curvature: Float64Array, block: readonly Float64Array[], spreads: Float64Array): void {
  const [a, b, c, d] = block;
  const [sa, sb, sc, sd] = spreads;
  const size = a.length;
  for (let i = 0; i < size; i += 2) {
    const isLast = i + 1 === size;
    const next = isLast ? i : i + 1;
    const [ta, tb, tc, td] = [sa * a[i], sb * b[i], sc * c[i], sd * d[i]];
    const [ua, ub, uc, ud] = [sa * a[next], sb * b[next], sc * c[next], sd * d[next]];
    const [row, below] = [i * size, next * size];
    if (isLast) {
      for (let j = 0; j <= i; j++) curvature[row + j] += ta * a[j] + tb * b[j] + tc * c[j] + td * d[j];
      return;
    }
    for (let j = 0; j <= i; j++) {
      const va = a[j];
      const vb = b[j];
      const vc = c[j];
      const vd = d[j];
      curvature[row + j] += ta * va + tb * vb + tc * vc + td * vd;
      curvature[below + j] += ua * va + ub * vb + uc * vc + ud * vd;
    }
    curvature[below + next] += ua * a[next] + ub * b[next] + uc * c[next] + ud * d[next];
  }
}

/** Cholesky: `matrix` holds the lower half of a positive definite matrix and is overwritten. */
export function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      // A feature that is a sum of others leaves rounding below zero; it then gets no step.
      matrix[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / matrix[j * size + j];
    }
  }
  const answer = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) answer[i] -= matrix[i * size + k] * answer[k];
    answer[i] /= matrix[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) answer[i] -= matrix[k * size + i] * answer[k];
    answer[i] /= matrix[i * size + i];
  }
  return answer;
}
