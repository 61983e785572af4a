// A line of the product file as a product; columns the file does not have keep what is known.
import { cents } from '../../domain/money.ts';
import { parseProductFlag, PRODUCT_FLAGS, type Product, type ProductFlag } from '../../domain/product.ts';
import type { ProductRow } from '../../domain/shop-rows.ts';
import { codeCell, moneyCell, nameCell, type Cell, type Line } from './cell.ts';
import type { LineCells } from './line-cells.ts';

export const PRODUCT_FILE = {
  columns: ['product', 'name', 'category', 'department', 'price', 'flags'],
  required: ['product'],
  masked: [],
} as const;

export function productLine(cells: LineCells, known: (code: string) => Product | null): Line<ProductRow> {
  const code = codeCell(cells.text('product'));
  if ('reason' in code) return cells.refuse('product', code.reason);
  const before = cells.hasAll(PRODUCT_FILE.columns) ? null : known(code.value);
  const name = nameCell(cells.text('name'));
  if ('reason' in name) return cells.refuse('name', name.reason);
  const category = nameCell(cells.text('category'));
  if ('reason' in category) return cells.refuse('category', category.reason);
  const department = nameCell(cells.text('department'));
  if ('reason' in department) return cells.refuse('department', department.reason);
  const price = moneyCell(cells.text('price'));
  if ('reason' in price) return cells.refuse('price', price.reason);
  if (price.value !== null && price.value < 0) return cells.refuse('price', 'is below zero');
  const flags = flagsCell(cells.text('flags'));
  if ('reason' in flags) return cells.refuse('flags', flags.reason);
  return {
    row: {
      code: code.value,
      name: (cells.has('name') ? name.value : before?.name) ?? code.value,
      category: cells.has('category') ? category.value : (before?.category ?? null),
      department: cells.has('department') ? department.value : (before?.department ?? null),
      priceCents: cells.has('price')
        ? price.value === null
          ? null
          : cents(price.value)
        : (before?.priceCents ?? null),
      flags: cells.has('flags') ? flags.value : (before?.flags ?? []),
    },
  };
}

function flagsCell(text: string): Cell<readonly ProductFlag[]> {
  const flags: ProductFlag[] = [];
  for (const word of text.split('|')) {
    const trimmed = word.trim();
    if (trimmed === '') continue;
    const flag = parseProductFlag(trimmed);
    if (flag === null) return { reason: `has a flag that is none of ${PRODUCT_FLAGS.join(' ')}` };
    flags.push(flag);
  }
  return { value: flags };
}
