// The sample shop's products: the shelves' tables read, brand by brand and size by size.
import { gs1CheckDigit } from '../domain/ids.ts';
import { cents, type Cents } from '../domain/money.ts';
import { PRODUCT_FLAGS, type ProductFlag } from '../domain/product.ts';
import type { ProductRow } from '../domain/shop-rows.ts';
import { parseSeason, type Season } from './seasons.ts';
import { DRINKS_AND_HOUSEHOLD } from './shelves/drinks-and-household.ts';
import { DRY } from './shelves/dry.ts';
import { FRESH } from './shelves/fresh.ts';
import { MEAT_AND_MEALS } from './shelves/meat-and-meals.ts';

export type Shelf = {
  readonly category: string;
  readonly department: string;
  readonly class: ProductFlag;
  readonly weight: number;
  readonly gapDays: number;
  readonly products: readonly ShelfProduct[];
};

export type ShelfProduct = {
  readonly row: ProductRow;
  readonly priceCents: Cents;
  /** Price is for a kilogram. */
  readonly isWeighed: boolean;
  /** null: all the year round. */
  readonly season: Season | null;
  /** How well it sells among its shelf's. */
  readonly popularity: number;
};

/** Loose goods carry no brand. */
const UNBRANDED = new Set(['Tori', 'Kioski']);
/** GS1's range for demonstrations: no real product has such a number. */
const GTIN_PREFIX = '9501101';

let read: readonly Shelf[] | null = null;

/** All shelves, in the order of the tables; read once. */
export function shelves(): readonly Shelf[] {
  read ??= readShelves([FRESH, MEAT_AND_MEALS, DRY, DRINKS_AND_HOUSEHOLD].join('\n'));
  return read;
}

function readShelves(table: string): Shelf[] {
  const made: Shelf[] = [];
  let running = 0;
  for (const block of table.split(/^\[/m).slice(1)) {
    const [head = '', ...lines] = block.split('\n').filter((line) => line.trim() !== '');
    const [category = '', department = '', className = '', weight, gapDays, brandList = ''] = cells(
      head.replace(/\]$/, ''),
    );
    const found = PRODUCT_FLAGS.find((flag) => flag === className);
    if (found === undefined) throw new RangeError(`Shelf ${category} has no class: ${head}`);
    const brands = brandList.split(', ');
    const products = lines.flatMap((line, place) => {
      const [stem = '', ...sizes] = cells(line);
      return brands.flatMap((brand, brandPlace) =>
        sizes.map((size, sizePlace) => {
          const rank = place + brandPlace * 2.5 + sizePlace * 1.5;
          return readProduct({
            running: running++,
            category,
            department,
            class: found,
            stem,
            brand,
            brandPlace,
            size,
            rank,
          });
        }),
      );
    });
    made.push({ category, department, class: found, weight: Number(weight), gapDays: Number(gapDays), products });
  }
  return made;
}

function readProduct(of: {
  running: number;
  category: string;
  department: string;
  class: ProductFlag;
  stem: string;
  brand: string;
  brandPlace: number;
  /** "1 l 1,15", "kg 1,49", "6 kpl 3,49 @joulu" */
  size: string;
  rank: number;
}): ShelfProduct {
  const match = /^(.+) (\d+),(\d\d)(?: @(\S+))?$/.exec(of.size);
  if (match === null) throw new RangeError(`Not a size with its price: ${of.size}`);
  const [, size = '', euros, rest, season] = match;
  // The first brand is the cheap one; prices end in a five or a nine as on any shelf.
  const raw = (Number(euros) * 100 + Number(rest)) * (1 + 0.12 * of.brandPlace);
  const priceCents = cents(of.brandPlace === 0 ? Math.round(raw) : Math.floor(raw / 10) * 10 + (raw % 10 < 5 ? 5 : 9));
  const isWeighed = size === 'kg';
  const spoken = UNBRANDED.has(of.brand) ? of.stem : `${of.brand} ${of.stem}`;
  const name = isWeighed ? spoken : `${spoken} ${size}`;
  const gtin = `${GTIN_PREFIX}${String(of.running).padStart(5, '0')}`;
  return {
    row: {
      code: `${gtin}${gs1CheckDigit(gtin)}`,
      name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      category: of.category,
      department: of.department,
      priceCents,
      flags: of.class === 'ok' ? [] : [of.class],
    },
    priceCents,
    isWeighed,
    season: season === undefined ? null : seasonOf(season),
    popularity: 1 / (of.rank + 1.5),
  };
}

function seasonOf(text: string): Season {
  const season = parseSeason(text);
  if (season === null) throw new RangeError(`Not a season: ${text}`);
  return season;
}

function cells(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}
