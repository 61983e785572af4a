// Sparse customer vectors with postings per product, for peers that look at other customers.

export type CustomerVectors = {
  /** Customer c owns places start[c] up to, not including, start[c + 1]. */
  readonly start: Int32Array;
  readonly product: Int32Array;
  readonly weight: Float64Array;
  /** Product p owns places postingStart[p] up to, not including, postingStart[p + 1]. */
  readonly postingStart: Int32Array;
  readonly postingCustomer: Int32Array;
  readonly postingWeight: Float64Array;
  readonly squaredNorm: Float64Array;
};

/** `rows` gives each customer's products and weights, in customer order. */
export function layOutVectors(rows: readonly ReadonlyMap<number, number>[], productCount: number): CustomerVectors {
  const size = rows.reduce((sum, row) => sum + row.size, 0);
  const start = new Int32Array(rows.length + 1);
  const product = new Int32Array(size);
  const weight = new Float64Array(size);
  const squaredNorm = new Float64Array(rows.length);
  const postingStart = new Int32Array(productCount + 1);
  let place = 0;
  for (const [customer, row] of rows.entries()) {
    for (const [id, value] of row) {
      product[place] = id;
      weight[place++] = value;
      squaredNorm[customer] = (squaredNorm[customer] ?? 0) + value * value;
      postingStart[id + 1] = (postingStart[id + 1] ?? 0) + 1;
    }
    start[customer + 1] = place;
  }
  for (let id = 0; id < productCount; id++)
    postingStart[id + 1] = (postingStart[id + 1] ?? 0) + (postingStart[id] ?? 0);
  const next = postingStart.slice();
  const postingCustomer = new Int32Array(size);
  const postingWeight = new Float64Array(size);
  for (let customer = 0; customer < rows.length; customer++) {
    for (let at = start[customer] ?? 0; at < (start[customer + 1] ?? 0); at++) {
      const id = product[at] ?? 0;
      const target = next[id] ?? 0;
      next[id] = target + 1;
      postingCustomer[target] = customer;
      postingWeight[target] = weight[at] ?? 0;
    }
  }
  return { start, product, weight, postingStart, postingCustomer, postingWeight, squaredNorm };
}

/** Writes the dot product of `customer` with every customer into `dots`. */
export function dotWithAll(vectors: CustomerVectors, customer: number, dots: Float64Array): void {
  dots.fill(0);
  for (let at = vectors.start[customer] ?? 0; at < (vectors.start[customer + 1] ?? 0); at++) {
    const id = vectors.product[at] ?? 0;
    const own = vectors.weight[at] ?? 0;
    const end = vectors.postingStart[id + 1] ?? 0;
    for (let posting = vectors.postingStart[id] ?? 0; posting < end; posting++) {
      const other = vectors.postingCustomer[posting] ?? 0;
      dots[other] = (dots[other] ?? 0) + own * (vectors.postingWeight[posting] ?? 0);
    }
  }
}
