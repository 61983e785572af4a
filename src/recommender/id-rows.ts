// Row numbers of a sorted list of ids: the model speaks in rows, the shop in ids.

/** How sparse ids may be before the direct table costs more memory than it saves time. */
const DIRECT_TABLE_SLACK = 8;

export class IdRows {
  /** Ascending, each once. The row of an id is its place here. */
  readonly ids: Int32Array;
  readonly #direct: Int32Array | null;

  constructor(sortedIds: Int32Array) {
    this.ids = sortedIds;
    const size = sortedIds.length === 0 ? 0 : sortedIds[sortedIds.length - 1] + 1;
    const isDense = sortedIds.length > 0 && sortedIds[0] >= 0 && size <= sortedIds.length * DIRECT_TABLE_SLACK + 1024;
    this.#direct = isDense ? new Int32Array(size).fill(-1) : null;
    if (this.#direct !== null) for (let row = 0; row < sortedIds.length; row++) this.#direct[sortedIds[row]] = row;
  }

  get length(): number {
    return this.ids.length;
  }

  /** -1 for an id that is not among them. */
  rowOf(id: number): number {
    if (this.#direct !== null) return id >= 0 && id < this.#direct.length ? this.#direct[id] : -1;
    let low = 0;
    let high = this.ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (this.ids[middle] === id) return middle;
      if (this.ids[middle] < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
