// ml-knn 3.0.0 ships no types; these are the parts used here, read from its source.
declare module 'ml-knn' {
  /** A kd-tree over plain arrays (typed arrays are refused) and a majority vote among the k nearest. */
  export default class KNN {
    constructor(rows: readonly (readonly number[])[], labels: readonly number[], options?: { k?: number });
    predict(row: readonly number[]): number;
    readonly kdTree: {
      /** [row with its label appended, distance], in heap order. */
      nearest(row: readonly number[], k: number): [number[], number][];
    };
  }
}
