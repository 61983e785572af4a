// The shop's own records: customers and cards as keyed hashes, products, baskets, line items and daily product sums.
import type { Migration } from './migration.ts';

export const shop: Migration = {
  number: 1,
  name: 'shop',
  sql: `
    create table meta (
      key text primary key,
      value text not null
    ) strict, without rowid;

    -- autoincrement: the number of a forgotten customer is never given to another one
    create table customer (
      id integer primary key autoincrement,
      code_hash blob not null unique check (length(code_hash) = 16),
      -- null: the shop's own language
      language text check (language in ('fi', 'sv', 'en')),
      status text not null default 'active' check (status in ('active', 'blocked')),
      -- instant in ms; null while coupons are welcome
      opted_out_at integer
    ) strict;

    -- what keeps an import from making a forgotten customer again; names nobody without the shop's key
    create table forgotten_customer (
      code_hash blob primary key check (length(code_hash) = 16)
    ) strict, without rowid;

    create table card (
      number_hash blob primary key check (length(number_hash) = 16),
      customer integer not null references customer (id) on delete cascade
    ) strict, without rowid;
    create index card_by_customer on card (customer);

    create table product (
      id integer primary key autoincrement,
      code text not null unique,
      -- the code itself until the product file gives a name
      name text not null,
      category text,
      department text,
      price_cents integer,
      -- parted by |, in the order of domain/product.ts
      flags text not null default ''
    ) strict;

    create table basket (
      id integer primary key autoincrement,
      customer integer not null references customer (id) on delete cascade,
      code text not null,
      -- instant in ms of its first line taken
      at integer not null,
      -- local days of its lines; almost always one and the same
      first_day integer not null,
      last_day integer not null,
      unique (customer, code)
    ) strict;
    -- how the purge finds what is old without reading everything
    create index basket_by_first_day on basket (first_day);

    -- clustered so that one customer's history is one stretch of pages
    create table purchase (
      customer integer not null references customer (id) on delete cascade,
      -- local day of at
      day integer not null,
      basket integer not null,
      product integer not null,
      -- among equal lines (customer, basket, product) in the order they came, from 0
      ordinal integer not null,
      -- instant in ms
      at integer not null,
      quantity_milli integer not null check (quantity_milli > 0),
      -- paid for the whole line; null where it is not known
      price_cents integer,
      primary key (customer, day, basket, product, ordinal)
    ) strict, without rowid;

    -- what is left of purged days: no customer in it
    create table product_day (
      day integer not null,
      product integer not null,
      lines integer not null,
      quantity_milli integer not null,
      -- of the lines whose price is known
      price_cents integer not null,
      primary key (day, product)
    ) strict, without rowid;
  `,
};
