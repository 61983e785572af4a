// The composition root's till: a shop and its printer put together to serve; the daemon and the journey tests have the same.
import assert from 'node:assert';
import { viewOnPaper } from './app-devices.ts';
import type { Shop } from './app.ts';
import { Desk } from './desk.ts';
import type { Coupon } from './domain/coupon.ts';
import { canPrint } from './domain/printer-status.ts';
import type { CouponCode } from './domain/strip.ts';
import { lastStripOf } from './last-strip.ts';
import { isHeldOut } from './offers/holdout.ts';
import type { Printer } from './printer/printer.ts';
import { TillPrinter } from './printer/till-printer.ts';
import { Turns } from './printer/turns.ts';
import { readCard } from './scan/card-grammar.ts';
import { RepeatFilter } from './scan/repeat-filter.ts';
import { WriteTrouble } from './store/write-trouble.ts';
import { stripParts } from './strip-of.ts';
import type { Till } from './visit.ts';
import type { DaemonStatus, LastStrip, SampleDesk } from './web/desk.ts';

export type TillAtWork = {
  readonly till: Omit<Till, 'announce'>;
  readonly turns: Turns;
  readonly trouble: WriteTrouble;
  /** Where the till prints by itself; null where the printer is ours. */
  readonly tillPrinter: TillPrinter | null;
  readonly lastStrip: () => LastStrip | null;
};

/** Whoever waits is woken when the printer can print again. */
export function makeTill(of: {
  shop: Shop;
  printer: Printer;
  isClockDoubtful: () => boolean;
  report: (error: Error) => void;
}): TillAtWork {
  const { shop, printer, isClockDoubtful } = of;
  const trouble = new WriteTrouble(shop);
  const { config, clock, calendar, ledger, profile } = shop;
  const tillPrinter = printer instanceof TillPrinter ? printer : null;
  const turns = new Turns({ clock, canBegin: () => canPrint(printer.status()), isOneAtATime: tillPrinter === null });
  printer.onStatus(() => turns.wake());
  const lastStrip: { is: LastStrip | null } = { is: null };
  const codeOf = (coupon: Coupon): CouponCode => {
    const code = ledger.codeOf(coupon.serial);
    assert(code !== null, `Coupon ${coupon.serial} was issued and has no code.`);
    return code;
  };

  const till: TillAtWork['till'] = {
    clock,
    calendar,
    manners: {
      printAt: config.visit.printAt,
      patienceMs: config.visit.patienceSeconds * 1000,
      daysBetweenStrips: config.visit.daysBetweenStrips,
    },
    readCard: (text) =>
      readCard({ text, rules: config.cards, stopCard: config.optOutCards.stop, startCard: config.optOutCards.start }),
    repeats: new RepeatFilter(),
    customers: shop.customers,
    decide: shop.decide,
    isHeldOut: (customer) =>
      isHeldOut({ digest: shop.holdoutDigest(customer.id), percent: config.holdout.customersPercent }),
    visits: shop.visits,
    ledger,
    atomically: (work) => shop.db.transaction(work).immediate(),
    layOut: ({ customer, visit, coupons, isCopy }) => {
      const { columns } = profile;
      const logged = ledger.decisionOf(visit)?.products ?? [];
      const reasonsAt = (place: number) => logged[place - 1]?.reasons ?? [];
      const strip = { config, calendar, columns, customer, visit, coupons, codeOf, reasonsAt, at: clock.now(), isCopy };
      const parts = stripParts({ ...strip, isSpecimen: false });
      lastStrip.is = lastStripOf({ visit, look: () => viewOnPaper(parts, profile) });
      return parts;
    },
    printer,
    printsFor: (source) => tillPrinter === null || source === 'till',
    turns,
    isClockDoubtful,
    report: (error) => of.report(trouble.heard(error)),
    moment: { lastShown: null, waiting: new Map(), held: null, visitOf: new Map() },
  };
  return { till, turns, trouble, tillPrinter, lastStrip: () => stillKnown(shop, lastStrip.is) };
}

/** The picture of a strip whose customer was forgotten since is shown to nobody. */
function stillKnown({ visits }: Shop, strip: LastStrip | null): LastStrip | null {
  return strip === null || visits.customerOf(strip.visit) === null ? null : strip;
}

/** The desk at which the web and the prompt ask for the till's services. */
export function makeDesk(of: {
  shop: Shop;
  at: TillAtWork;
  status: () => DaemonStatus;
  sample: SampleDesk | null;
}): Desk {
  const { shop, at, status, sample } = of;
  return new Desk({
    clock: shop.clock,
    believedNow: () => (at.till.isClockDoubtful() ? shop.latestInstant.latest : null) ?? shop.clock.now(),
    calendar: shop.calendar,
    tillId: shop.till,
    language: shop.config.shop.language,
    till: at.till,
    customers: shop.customers,
    purchases: shop.purchases,
    growth: shop.growth,
    visits: shop.visits,
    ledger: shop.ledger,
    answers: shop.answers,
    status,
    heard: (thrown) => at.trouble.heard(thrown),
    lastStrip: at.lastStrip,
    sample,
    tillPrinter: at.tillPrinter,
  });
}
