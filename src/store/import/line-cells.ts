// The cells of one line by the names of their columns.
import type { Refusal } from './cell.ts';
import type { Header } from './header.ts';

export class LineCells {
  readonly #header: Header;
  #cells: readonly string[] = [];

  constructor(header: Header) {
    this.#header = header;
  }

  /** The same object serves line after line. */
  of(cells: readonly string[]): this {
    this.#cells = cells;
    return this;
  }

  has(column: string): boolean {
    return this.#header.placeOf(column) >= 0;
  }

  hasAll(columns: readonly string[]): boolean {
    return columns.every((column) => this.has(column));
  }

  /** Without the blanks around it; empty where the file has no such column. */
  text(column: string): string {
    return this.#cells[this.#header.placeOf(column)]?.trim() ?? '';
  }

  refuse(column: string, reason: string): { readonly refusal: Refusal } {
    return { refusal: { column, reason, value: this.text(column) } };
  }
}
