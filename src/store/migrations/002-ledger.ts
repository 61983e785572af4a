// The ledger: visits, decisions, coupon numbers, coupons with every step of their lives, print jobs, answers given once.
import type { Migration } from './migration.ts';

export const ledger: Migration = {
  number: 2,
  name: 'ledger',
  sql: `
    -- autoincrement: a visit's number is never given twice
    create table visit (
      id integer primary key autoincrement,
      till text not null check (length(till) = 2),
      -- instant in ms
      at integer not null,
      -- null: an unknown card, or forgotten
      customer integer references customer (id),
      -- where the card was held up: a scanner, the till, the page, the prompt
      source text not null,
      outcome text not null,
      -- local day, for a customer who had a strip lately
      next_strip_on integer,
      -- how the strip ended; null while it has not, and where there was none
      strip_end text check (strip_end in ('printed', 'partly-printed', 'failed', 'unknown', 'dropped')),
      -- local day from which customer and products are forgotten; null once they are
      forget_on integer
    ) strict;
    create index visit_by_customer on visit (customer) where customer is not null;
    -- those in the queue: how a start finds what a dead process left there
    create index visit_queued on visit (id) where strip_end is null and outcome = 'queued';
    create index visit_by_forget_on on visit (forget_on) where forget_on is not null;

    -- what was chosen for a visit, and by which model; kept for held-out customers too
    create table decision (
      visit integer primary key references visit (id),
      at integer not null,
      -- null where the shop had none yet
      model text,
      is_held_out integer not null check (is_held_out in (0, 1))
    ) strict;

    create table decision_product (
      visit integer not null references decision (visit),
      -- 1 to n: chosen, in the order of the strip, then passed over
      ordinal integer not null,
      slot text not null,
      -- null once forgotten
      product integer references product (id),
      product_name text,
      probability real not null,
      -- null where the product was passed over
      propensity real,
      -- null where the product was chosen
      veto text,
      amount_cents integer,
      percent real,
      -- JSON list of what carried the ranking; null once forgotten
      reasons text,
      primary key (visit, ordinal)
    ) strict, without rowid;

    -- a rule's stretch of coupon references; a rule may come to own several
    create table coupon_range (
      company_prefix text not null,
      first_reference integer not null,
      size integer not null check (size > 0),
      rule text not null,
      primary key (company_prefix, first_reference)
    ) strict, without rowid;
    create index coupon_range_by_rule on coupon_range (company_prefix, rule);

    -- one coupon number stands for one set of terms, for ever
    create table coupon_reference (
      company_prefix text not null,
      reference integer not null,
      gcn text not null unique check (length(gcn) = 13),
      rule text not null,
      terms_digest text not null,
      -- JSON, for people
      terms text not null,
      -- why no further coupon gets this number; null while it may
      retired text check (retired in ('used-up', 'claims-lost')),
      primary key (company_prefix, reference)
    ) strict, without rowid;
    create unique index coupon_reference_in_use on coupon_reference (company_prefix, rule, terms_digest)
      where retired is null;

    create table coupon (
      id integer primary key autoincrement,
      gcn text not null references coupon_reference (gcn),
      -- unique over all coupon numbers: it is all a cashier keys
      serial text not null unique check (length(serial) = 12),
      visit integer not null references visit (id),
      -- on the strip, from 1
      place integer not null,
      slot text not null,
      -- null once forgotten, like the product
      customer integer references customer (id),
      product integer references product (id),
      product_code text,
      product_name text,
      amount_cents integer,
      percent real,
      code_kind text not null check (code_kind in ('gs1', 'pointer', 'value')),
      -- the 13 digits on the paper where it is not the GS1 code
      ean13 text check (length(ean13) = 13),
      issued_at integer not null,
      -- local days; the last one counts
      issued_on integer not null,
      valid_from integer not null,
      valid_to integer not null,
      state text not null check (state in ('issued', 'printed', 'failed', 'unknown', 'redeemed', 'expired', 'void')),
      redeemed_at integer,
      -- local day from which customer and product are forgotten; null once they are
      forget_on integer,
      unique (visit, place),
      check ((amount_cents is null) <> (percent is null)),
      check ((redeemed_at is null) = (state <> 'redeemed'))
    ) strict;
    create index coupon_by_customer on coupon (customer, issued_on) where customer is not null;
    create index coupon_by_number on coupon (gcn, serial);
    create index coupon_by_ean13 on coupon (ean13) where ean13 is not null;
    create unique index coupon_pointer on coupon (ean13)
      where code_kind = 'pointer' and state in ('issued', 'printed', 'failed', 'unknown');
    create index coupon_by_state on coupon (state, valid_to);
    create index coupon_by_forget_on on coupon (forget_on) where forget_on is not null;

    create trigger coupon_is_kept before delete on coupon begin
      select raise(abort, 'a coupon is never deleted');
    end;
    create trigger coupon_terms_stay
      before update of id, gcn, serial, visit, place, slot, amount_cents, percent, code_kind, issued_at, issued_on,
        valid_from, valid_to on coupon begin
      select raise(abort, 'what a coupon promises is never changed');
    end;

    create table coupon_event (
      id integer primary key autoincrement,
      coupon integer not null references coupon (id),
      at integer not null,
      -- the state the coupon came into
      state text not null check (state in ('issued', 'printed', 'failed', 'unknown', 'redeemed', 'expired', 'void')),
      -- the state it left; null at its issue
      was text,
      till text not null,
      -- the sale it was redeemed in; null elsewhere, and once forgotten: a sale leads to its customer
      basket text,
      -- who said so: the printer, the till, a person at the command line
      source text not null
    ) strict;
    create index coupon_event_by_coupon on coupon_event (coupon);

    create trigger coupon_event_is_kept before delete on coupon_event begin
      select raise(abort, 'a step of a coupon is never deleted');
    end;
    create trigger coupon_event_stays before update on coupon_event
      when new.basket is not null
        or (new.id, new.coupon, new.at, new.state, new.was, new.till, new.source)
          is not (old.id, old.coupon, old.at, old.state, old.was, old.till, old.source) begin
      select raise(abort, 'a step of a coupon is never changed');
    end;

    -- at most once: a job that was started is never started again
    create table print_job (
      visit integer primary key references visit (id),
      made_at integer not null,
      -- committed before the first byte leaves
      started_at integer,
      ended_at integer,
      millimetres integer,
      bytes integer
    ) strict;
    create index print_job_open on print_job (visit) where ended_at is null;

    -- the answer to a request, given again when the request comes again
    create table idempotency (
      -- both keyed: a request may name a card
      key_hash blob primary key check (length(key_hash) = 32),
      body_hash blob not null check (length(body_hash) = 32),
      answer text not null,
      at integer not null
    ) strict, without rowid;
    create index idempotency_by_at on idempotency (at);
  `,
};
