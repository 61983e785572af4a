// The till's own printer: we never open it. The strip goes out with the answer to the scan, and the till says what came of it.
//
//   print() ──▶ strip waits ──stripOf()──▶ answer to the scan ──▶ till prints ──▶ hear() ──▶ print() resolves
//                    └── outcomeMs without a word: unknown, and never handed out again
import type { Clock } from '../domain/clock.ts';
import type { VisitId } from '../domain/ids.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import { reportedOf, type StripReport, type TillStrip } from '../domain/till-strip.ts';
import { composeStrip, type ComposedStrip } from './compose.ts';
import { endOf, type Printer, type PrintResult, type StripJob } from './printer.ts';
import type { PrinterProfile } from './profile.ts';
import { printOnPaper, writeOut } from './simulated/picture.ts';
import { verifyStrip } from './verify-strip.ts';

/** The till's printer is the till's concern: it is asked for nothing, and ready as far as we know. */
const READY: PrinterStatus = { state: 'ready' };

type Open = { readonly strip: ComposedStrip; readonly close: (report: StripReport) => void; isHandedOut: boolean };

export class TillPrinter implements Printer {
  readonly profile: PrinterProfile;
  readonly #clock: Clock;
  readonly #outcomeMs: number;
  readonly #open = new Map<VisitId, Open>();
  #isOver = false;

  /** @param of.outcomeMs how long the till may take to say what came of a strip */
  constructor(of: { profile: PrinterProfile; clock: Clock; outcomeMs: number }) {
    this.profile = of.profile;
    this.#clock = of.clock;
    this.#outcomeMs = of.outcomeMs;
  }

  /** At the end nobody is left to hear what became of the strips that are out. */
  start(signal: AbortSignal): void {
    const end = (): void => {
      this.#isOver = true;
      for (const { close } of [...this.#open.values()]) close('unknown');
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  status(): PrinterStatus {
    return READY;
  }

  onStatus(): () => void {
    return () => undefined;
  }

  identify(): Promise<null> {
    return Promise.resolve(null);
  }

  checkStatus(): Promise<PrinterStatus> {
    return Promise.resolve(READY);
  }

  /** Resolves when the till has said what came of it, or has not in time. */
  print(job: StripJob): Promise<PrintResult> {
    const strip = composeStrip({ parts: job.parts, profile: this.profile });
    verifyStrip({ parts: job.parts, strip, profile: this.profile });
    const { promise, resolve } = Promise.withResolvers<PrintResult>();
    if (this.#isOver || this.#open.has(job.visit) || job.mayBegin?.() === false) {
      resolve(resultOf({ strip, report: 'failed', isSent: false }));
      return promise;
    }
    const cancel = this.#clock.after(this.#outcomeMs, () => this.hear({ visit: job.visit, report: 'unknown' }));
    const close = (report: StripReport): void => {
      cancel();
      this.#open.delete(job.visit);
      resolve(resultOf({ strip, report, isSent: true }));
    };
    this.#open.set(job.visit, { strip, close, isHandedOut: false });
    job.onFirstByte?.();
    return promise;
  }

  /** The strip of a visit, once: a second copy in the till's hands could be printed. */
  stripOf(visit: VisitId): TillStrip | null {
    const open = this.#open.get(visit);
    if (open === undefined || open.isHandedOut) return null;
    open.isHandedOut = true;
    const escpos = Buffer.concat(open.strip.parts.map((part) => part.bytes));
    const { pieces } = printOnPaper({ bytes: escpos, profile: this.profile });
    return { escpos, text: writeOut({ pieces, profile: this.profile }) };
  }

  /** What the till says; false where nobody waits for it (any more). */
  hear({ visit, report }: { visit: VisitId; report: StripReport }): boolean {
    const open = this.#open.get(visit);
    open?.close(report);
    return open !== undefined;
  }
}

type Closing = { readonly strip: ComposedStrip; readonly report: StripReport; readonly isSent: boolean };

function resultOf({ strip, report, isSent }: Closing): PrintResult {
  const parts = strip.parts.map(({ serial }) => ({ serial, result: reportedOf(report, serial) }));
  return {
    parts,
    end: endOf(parts),
    status: READY,
    bytes: isSent ? strip.bytes : 0,
    millimetres: isSent && report !== 'failed' ? strip.millimetres : 0,
    firstByteMs: isSent ? 0 : null,
  };
}
