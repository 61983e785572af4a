// A whole till whose printer stands at the end of one of the ways there are: cards are scanned, and the ledger is read.
import type { VisitId } from '../../src/domain/ids.ts';
import type { VisitRecord } from '../../src/domain/visit.ts';
import { canPrint } from '../../src/domain/printer-status.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { profileNamed } from '../printer/a-till-printer.ts';
import { openTill, type CabledPrinter, type OpenTill } from '../visit/open-till.ts';
import { layCable, SHORT_LIMITS, type Way } from './cables.ts';

export type TillOnACable = AsyncDisposable & {
  readonly till: OpenTill;
  readonly device: SimulatedPrinter;
  readonly pullOut: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
  readonly untilReady: (till?: OpenTill) => Promise<void>;
  /** Waits until no word more is to be said of the visit's strip. */
  readonly untilEnded: (visit: VisitId, till?: OpenTill) => Promise<VisitRecord>;
  /** A card is held up until its strip is out: a busy machine may make the printer look silent, and then nothing was sent. */
  readonly serve: (card: string, till?: OpenTill) => Promise<VisitId>;
};

export async function tillOn(way: Way): Promise<TillOnACable> {
  const device = new SimulatedPrinter({ profile: profileNamed('epson-tm-t20iii') });
  // No wait of the printer's is waited for in full here: they may be long, for a machine that is busy.
  const limits = { ...SHORT_LIMITS, writeMs: 5_000, statusReplyMs: 5_000, completionMs: 10_000, recoveryMs: 5_000 };
  const ends = { device, clock: realClock, limits };
  const cable = way === 'the fake' ? null : await layCable(way, ends);
  const printer: CabledPrinter | null = cable && { ...ends, ...cable };
  const till = await openTill(printer === null ? {} : { cable: printer });
  // Where the shop's clock is the printer's as well, it goes on only when it is told.
  const lookMs = cable === null ? 500 : 0;
  const itsDevice = till.device;
  const untilEnded: TillOnACable['untilEnded'] = (visit, asked = till) =>
    until(`the end of ${visit}`, async () => {
      await asked.pass(lookMs);
      const record = asked.record(visit);
      return record.end === null ? null : record;
    });
  return {
    till,
    device: itsDevice,
    pullOut: cable?.pullOut ?? (() => Promise.resolve(itsDevice.set({ unplugged: true }))),
    plugIn: cable?.plugIn ?? (() => Promise.resolve(itsDevice.set({ unplugged: false }))),
    untilReady: async (asked = till) => {
      await until('the printer', async () => {
        await asked.pass(lookMs);
        return canPrint(asked.printer.status());
      });
    },
    untilEnded,
    serve: (card, asked = till) =>
      until(`a strip for ${card}`, async () => {
        const { visit, outcome } = asked.scan(card);
        if (outcome !== 'printing') return null;
        const { end } = await untilEnded(visit, asked);
        if (end !== 'failed') expect(end).toBe('printed');
        return end === 'printed' ? visit : null;
      }),
    [Symbol.asyncDispose]: async () => {
      await till[Symbol.asyncDispose]();
      await cable?.remove();
    },
  };
}
