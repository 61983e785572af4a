// A model file's columns by name, each checked for its type and length as it is taken.
import assert from 'node:assert';
import type { ByteSource } from './byte-source.ts';
import type { Items } from './neighbours/levelled-rows.ts';
import { readColumn, SectionsWrong } from './sections.ts';
import type { Column, ColumnType, Section, Sections } from './sections.ts';

export class Columns {
  readonly #source: ByteSource;
  readonly #sections: Sections;

  constructor(source: ByteSource, sections: Sections) {
    this.#source = source;
    this.#sections = sections;
  }

  sectionOf(name: string): Section {
    const section = this.#sections.get(name);
    if (section === undefined) throw new SectionsWrong(`its section "${name}" is missing`);
    return section;
  }

  /** Fills `into` with the section's numbers from one on. */
  look({ at, type }: Section, into: Uint8Array, from: number): void {
    this.#source.read(into, at + from * type.BYTES_PER_ELEMENT);
  }

  /** `length` null: any. */
  take<Type extends ColumnType>(name: string, type: Type, length: number | null): InstanceType<Type> {
    const section = this.sectionOf(name);
    if (section.type !== type) {
      throw new SectionsWrong(`its section "${name}" is a ${section.type.name} and should be a ${type.name}`);
    }
    if (length !== null && section.length !== length) {
      throw new SectionsWrong(`its section "${name}" has ${section.length} numbers and should have ${length}`);
    }
    const column = readColumn(this.#source, section);
    assert(isOf(column, type));
    return column;
  }

  takeItems(name: string): Items {
    return this.#sections.get(name)?.type === Uint16Array
      ? this.take(name, Uint16Array, null)
      : this.take(name, Uint32Array, null);
  }
}

function isOf<Type extends ColumnType>(column: Column, type: Type): column is InstanceType<Type> & Column {
  return column instanceof type;
}

/** A number that points past its table would answer nonsense much later. */
export function mustStayBelow(name: string, column: ArrayLike<number>, limit: number): void {
  for (let i = 0; i < column.length; i++) {
    if (column[i] >= limit) throw new SectionsWrong(`its section "${name}" names ${column[i]} of only ${limit}`);
  }
}
