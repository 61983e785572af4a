// The best k of many scored rows in one pass, without allocating; among equal scores the lower row wins.

export class NearestHeap {
  /** After `sort`: best first. Only the first `count` places hold rows. */
  readonly row: Uint32Array<ArrayBuffer>;
  readonly score: Float64Array<ArrayBuffer>;
  count = 0;
  #limit = 0;

  constructor(capacity: number) {
    this.row = new Uint32Array(capacity);
    this.score = new Float64Array(capacity);
  }

  clear(limit: number): void {
    this.count = 0;
    this.#limit = Math.min(limit, this.row.length);
  }

  /** Offers a row and says the score that the next one has to exceed. Rows must come in ascending order. */
  offer(row: number, score: number): number {
    if (this.count < this.#limit) {
      this.#siftUp(this.count++, row, score);
      return this.count < this.#limit ? 0 : this.score[0];
    }
    if (this.count > 0 && score > this.score[0]) this.#siftDown(0, this.count, row, score);
    return this.count > 0 ? this.score[0] : Infinity;
  }

  /** Heap sort in place: the worst goes to the end of what is left. */
  sort(): void {
    for (let last = this.count - 1; last > 0; last--) {
      const row = this.row[last];
      const score = this.score[last];
      this.row[last] = this.row[0];
      this.score[last] = this.score[0];
      this.#siftDown(0, last, row, score);
    }
  }

  #siftUp(place: number, row: number, score: number): void {
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isWorse(row, score, parent)) break;
      this.row[place] = this.row[parent];
      this.score[place] = this.score[parent];
      place = parent;
    }
    this.row[place] = row;
    this.score[place] = score;
  }

  #siftDown(place: number, count: number, row: number, score: number): void {
    for (;;) {
      let child = 2 * place + 1;
      if (child >= count) break;
      if (child + 1 < count && this.#isWorse(this.row[child + 1], this.score[child + 1], child)) child++;
      if (this.#isWorse(row, score, child)) break;
      this.row[place] = this.row[child];
      this.score[place] = this.score[child];
      place = child;
    }
    this.row[place] = row;
    this.score[place] = score;
  }

  #isWorse(row: number, score: number, place: number): boolean {
    return score < this.score[place] || (score === this.score[place] && row > this.row[place]);
  }
}
