// A till that prints by itself says what came of a strip: at once, said again, or too late, when only the unknown may still change.
import type { Clock } from './domain/clock.ts';
import type { VisitId } from './domain/ids.ts';
import { contradicts, reportedOf, type StripReport } from './domain/till-strip.ts';
import type { VisitRecord } from './domain/visit.ts';
import type { TillPrinter } from './printer/till-printer.ts';
import type { Ledger } from './store/ledger.ts';
import type { VisitLog } from './store/visits.ts';
import type { VisitNews } from './visit-parts.ts';
import type { StripClosing } from './web/desk.ts';

export type ClosingParts = {
  /** null where the printer is ours. */
  readonly tillPrinter: Pick<TillPrinter, 'hear'> | null;
  readonly visits: VisitLog;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** To what becomes of visits; the answer ends it. */
  readonly listen: (listener: (news: VisitNews) => void) => () => void;
  /** Something that the status shows has changed. */
  readonly changed: () => void;
};

export async function closeStrip(
  parts: ClosingParts,
  { visit, report }: { readonly visit: VisitId; readonly report: StripReport },
): Promise<StripClosing> {
  const { tillPrinter, visits, listen } = parts;
  const record = visits.find(visit);
  if (record === null) return { state: 'no-visit' };
  if (tillPrinter === null || record.coupons.length === 0) return { state: 'not-the-tills' };
  const serials = record.coupons.map(({ serial }) => serial);
  if (typeof report !== 'string' && report.some((serial) => !serials.includes(serial)))
    return { state: 'foreign-serial' };
  const { promise: written, resolve } = Promise.withResolvers<void>();
  const stopListening = listen((news) => {
    if (news.kind === 'ended' && news.visit === visit) resolve();
  });
  try {
    if (tillPrinter.hear({ visit, report })) await written;
    else if (record.coupons.some(({ serial, state }) => contradicts(reportedOf(report, serial), state)))
      return { state: 'other' };
    else settleLate(parts, record, report);
  } finally {
    stopListening();
  }
  return { state: 'closed', record: visits.find(visit) ?? record };
}

/** Said again, or after the time limit or a restart had made it unknown: only what was unknown may still change. */
function settleLate({ ledger, clock, changed }: ClosingParts, record: VisitRecord, report: StripReport): void {
  const { visit, coupons } = record;
  const parts = coupons.map(({ serial }) => ({ serial, result: reportedOf(report, serial) }));
  const isOpen = coupons.some(({ state }) => state === 'unknown' || state === 'issued');
  if (!isOpen || report === 'unknown') return;
  ledger.recordPrint({ visit, result: { parts, millimetres: null, bytes: 0 }, at: clock.now() });
  changed();
}
