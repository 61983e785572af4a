// A small shop for the tests of the store: a key, a calendar, a database in memory or in a folder of its own, and files to import.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { instant, ShopCalendar, type Instant, type LocalDay } from '../../src/domain/calendar.ts';
import type { PurchaseRow } from '../../src/domain/shop-rows.ts';
import { createCodeHasher, keyFingerprint } from '../../src/store/code-hash.ts';
import { Customers } from '../../src/store/customers.ts';
import { IN_MEMORY, openDatabase, type Db } from '../../src/store/database.ts';
import { importFile, type ImportKind, type ImportReport } from '../../src/store/import/import-file.ts';
import { Purchases } from '../../src/store/purchases.ts';
import { ShopIntake, type Taken } from '../../src/store/shop-intake.ts';

export const SHOP_KEY = new Uint8Array(32).fill(7);
export const FINGERPRINT = keyFingerprint(SHOP_KEY);
export const hasher = createCodeHasher(SHOP_KEY);
export const calendar = new ShopCalendar('Europe/Helsinki');

export type TestFolder = Disposable & { readonly path: string; file(name: string, content: string | Buffer): string };

/** Goes away with the test that asked for it. */
export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'tillcat-store-'));
  return {
    path,
    file(name, content) {
      const file = join(path, name);
      writeFileSync(file, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
      return file;
    },
    [Symbol.dispose]() {
      rmSync(path, { recursive: true });
    },
  };
}

export function memoryStore(): Db {
  return openDatabase({ file: IN_MEMORY, keyFingerprint: FINGERPRINT });
}

export function at(text: string): Instant {
  const parsed = calendar.parse(text);
  if (parsed === null) throw new RangeError(`${text} is no time`);
  return parsed;
}

export function day(text: string): LocalDay {
  return calendar.dayOf(at(text));
}

/** How many lines of sales the store holds. */
export function linesIn(db: Db): number {
  return db.prepare<[], number>('select count(*) from purchase').pluck().get() ?? 0;
}

export function purchasesOf(db: Db): Purchases {
  return new Purchases(db, { hasher, calendar });
}

/** Sales by the door the shop's files come in by. */
export function takeSales(db: Db, rows: readonly PurchaseRow[]): Taken {
  return new ShopIntake(db, { hasher, calendar, expectedLines: rows.length }).takePurchases(rows);
}

export function customersOf(db: Db): Customers {
  return new Customers(db, hasher);
}

/** A line of purchase with everything ordinary but what the test names. */
export function line(special: Partial<PurchaseRow> = {}): PurchaseRow {
  return {
    customerCode: 'C1',
    basketCode: 'B1',
    at: at('2026-11-20T12:00'),
    productCode: 'P1',
    quantityMilli: 1000,
    priceCents: null,
    ...special,
  };
}

export async function importInto(
  db: Db,
  from: {
    kind: ImportKind;
    file: string;
    rejectsFile?: string;
    signal?: AbortSignal;
    now?: Instant;
    isCard?: (number: string) => boolean;
  },
): Promise<ImportReport> {
  return importFile({
    kind: from.kind,
    file: from.file,
    rejectsFile: from.rejectsFile ?? null,
    db,
    hasher,
    calendar,
    now: from.now ?? instant(Date.UTC(2026, 10, 22)),
    signal: from.signal ?? new AbortController().signal,
    isCard: from.isCard ?? (() => true),
  });
}

/** Everything the store holds, for comparing before and after. */
export function contentOf(db: Db): unknown {
  const tables = ['customer', 'card', 'product', 'basket', 'purchase', 'product_day', 'forgotten_customer'];
  return tables.map((table) => db.prepare(`select * from ${table}`).all());
}

export const PURCHASE_HEADER = 'customer,basket,time,product,quantity,price\n';
