// Every step of the schema in order; a new one is added at the end and an old one is never changed.
import { shop } from './001-shop.ts';
import { ledger } from './002-ledger.ts';
import { reprints } from './003-reprints.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [shop, ledger, reprints];
