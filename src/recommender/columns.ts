// A file's sections taken as what they should be: of the type and length asked for, pointing nowhere past their tables.
import type { LevelledRows } from './neighbours/levelled-rows.ts';
import { SectionsWrong } from './sections.ts';
import type { Column, ColumnType, Sections } from './sections.ts';

/** A number that points past its table would answer nonsense much later. */
export function mustStayBelow(name: string, column: ArrayLike<number>, limit: number): void {
  for (let i = 0; i < column.length; i++) {
    if (column[i] >= limit) throw new SectionsWrong(`its section "${name}" names ${column[i]} of only ${limit}`);
  }
}

/** Takes sections by name, each checked for its type and length. */
export class Columns {
  readonly #sections: Sections;

  constructor(sections: Sections) {
    this.#sections = sections;
  }

  /** `length` null: any. */
  take<Type extends ColumnType>(name: string, type: Type, length: number | null): InstanceType<Type> {
    const column = this.#sections.get(name);
    if (column === undefined) throw new SectionsWrong(`its section "${name}" is missing`);
    if (!isOf(column, type)) {
      throw new SectionsWrong(`its section "${name}" is a ${column.constructor.name} and should be a ${type.name}`);
    }
    if (length !== null && column.length !== length) {
      throw new SectionsWrong(`its section "${name}" has ${column.length} numbers and should have ${length}`);
    }
    return column;
  }

  takeItems(name: string): LevelledRows['item'] {
    return this.#sections.get(name) instanceof Uint16Array
      ? this.take(name, Uint16Array, null)
      : this.take(name, Uint32Array, null);
  }
}

function isOf<Type extends ColumnType>(column: Column, type: Type): column is InstanceType<Type> & Column {
  return column instanceof type;
}
