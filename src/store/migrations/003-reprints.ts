// Copies of strips: each one counted and audited, with its reason.
import type { Migration } from './migration.ts';

export const reprints: Migration = {
  number: 3,
  name: 'reprints',
  sql: `
    -- committed before the copy's first byte leaves
    create table reprint (
      id integer primary key,
      visit integer not null references visit (id),
      -- instant in ms
      at integer not null,
      reason text not null,
      -- who asked: the till, the page, the command line
      source text not null,
      -- how the copy ended; null while it has not
      end text check (end in ('printed', 'partly-printed', 'failed', 'unknown', 'dropped')),
      ended_at integer
    ) strict;
    create index reprint_by_visit on reprint (visit);
    create index reprint_open on reprint (id) where ended_at is null;
  `,
};
