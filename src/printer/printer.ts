// The receipt printer: prints a strip at most once, and says of every coupon on it what became of it.
import type { Serial, VisitId } from '../domain/ids.ts';
import { canPrint } from '../domain/printer-status.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import type { StripEnd } from '../domain/visit.ts';
import type { ReceiptPart } from '../receipt/elements.ts';
import { composeStrip } from './compose.ts';
import type { ComposedPart, ComposedStrip } from './compose.ts';
import type { Connection, PrinterIdentity } from './connection.ts';
import { PrinterAtHand, type PrinterSetup } from './printer-at-hand.ts';
import type { PrinterProfile } from './profile.ts';
import { verifyStrip } from './verify-strip.ts';

export type Printer = {
  /** null where the shop has none. */
  readonly profile: PrinterProfile | null;
  /** Watches the printer until the signal, which ends a strip being printed as well; printing works without it. */
  start(signal: AbortSignal): void;
  /** As last known; asks nothing. */
  status(): PrinterStatus;
  /** Told of every change, once. The answer ends it. */
  onStatus(listener: (status: PrinterStatus) => void): () => void;
  checkStatus(): Promise<PrinterStatus>;
  /** Who it says it is; null where it cannot be asked. */
  identify(): Promise<PrinterIdentity | null>;
  /**
   * Sends each part once and never again by itself. What fails on the way is an outcome of the parts, not an error.
   * @throws TillError SYMBOL_TOO_WIDE, SYMBOL_INVALID, STRIP_UNFIT, before the first byte
   */
  print(job: StripJob): Promise<PrintResult>;
};

export type StripJob = {
  readonly visit: VisitId;
  readonly parts: readonly ReceiptPart[];
  /** Called when the first byte of the strip is on its way. */
  readonly onFirstByte?: () => void;
  /** Asked last of all before that: false, and nothing is sent (the customer has gone meanwhile). */
  readonly mayBegin?: () => boolean;
};

export type PartResult = {
  readonly serial: Serial | null;
  /**
   * `printed`: the printer said so. `failed`: its code never left (its first lines may, with the part ahead of it).
   * `unknown`: its code may have left, and nothing more was heard.
   */
  readonly result: 'printed' | 'failed' | 'unknown';
};

export type PrintResult = {
  readonly parts: readonly PartResult[];
  /** Of the coupons: `partly-printed` where some came out and some did not, or may not have. */
  readonly end: StripEnd;
  readonly status: PrinterStatus;
  /** Of the parts that were sent. */
  readonly bytes: number;
  readonly millimetres: number;
  /** From the call to the first byte; null where none was sent. */
  readonly firstByteMs: number | null;
};

export class EscposPrinter implements Printer {
  readonly profile: PrinterProfile;
  readonly #setup: PrinterSetup;
  readonly #atHand: PrinterAtHand;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(setup: PrinterSetup) {
    this.profile = setup.profile;
    this.#setup = setup;
    this.#atHand = new PrinterAtHand(setup);
  }

  start(signal: AbortSignal): void {
    const { clock, limits } = this.#setup;
    const watch = async (): Promise<void> => {
      while (!signal.aborted) {
        await this.checkStatus();
        await clock.sleep(limits.pollMs, signal);
      }
    };
    // A strip still being printed when the signal comes is given up at once: what came out of it is told, not waited for.
    signal.addEventListener('abort', () => void this.#atHand.end(), { once: true });
    void watch()
      .catch((thrown: unknown) => {
        if (!signal.aborted) throw thrown;
      })
      .then(() => this.#alone(() => this.#atHand.end()));
  }

  status(): PrinterStatus {
    return this.#atHand.status;
  }

  onStatus(listener: (status: PrinterStatus) => void): () => void {
    return this.#atHand.onStatus(listener);
  }

  checkStatus(): Promise<PrinterStatus> {
    return this.#alone(async () => {
      await this.#atHand.makeReady();
      return this.#atHand.status;
    });
  }

  identify(): Promise<PrinterIdentity | null> {
    return this.#alone(async () => {
      const connection = await this.#atHand.makeReady();
      if (connection === null || !connection.isPrepared || !saysItsName(this.profile)) return null;
      try {
        return await connection.askIdentity();
      } catch (thrown) {
        await this.#atHand.forget();
        this.#atHand.reportError(toError(thrown));
        return null;
      }
    });
  }

  async print(job: StripJob): Promise<PrintResult> {
    const strip = composeStrip({ parts: job.parts, profile: this.profile });
    verifyStrip({ parts: job.parts, strip, profile: this.profile });
    const calledAtMs = this.#setup.clock.monotonicMs();
    return this.#alone(() => this.#printOnce({ job, strip, calledAtMs }));
  }

  async #printOnce({ job, strip, calledAtMs }: BegunJob): Promise<PrintResult> {
    const atHand = this.#atHand;
    const connection = await atHand.makeReady();
    const mayBegin = connection !== null && canPrint(atHand.status) && job.mayBegin?.() !== false;
    if (!mayBegin) return this.#resultOf({ strip, results: [], firstByteMs: null });

    const before = atHand.status;
    const firstByteMs = this.#setup.clock.monotonicMs() - calledAtMs;
    const results: PartResult['result'][] = [];
    try {
      for (const part of strip.parts) {
        if (!connection.isOpen) break;
        atHand.report({ state: 'printing' });
        // Counted before the first byte leaves: from here on nobody can say that nothing came out.
        results.push('unknown');
        atHand.isInterrupted = true;
        const sent = this.#sendPart(connection, part);
        if (results.length === 1) job.onFirstByte?.();
        if (await sent) results[results.length - 1] = 'printed';
      }
      atHand.isInterrupted = results.length < strip.parts.length;
      if (atHand.isInterrupted || connection.isDoubtful) await atHand.forget();
      atHand.report(atHand.isInterrupted ? { state: 'offline', why: 'the connection ended in a strip' } : before);
    } catch (thrown) {
      await atHand.learnWhy(connection, toError(thrown));
      await atHand.forget();
    }
    return this.#resultOf({ strip, results, firstByteMs });
  }

  /**
   * True when the printer has said that the part is out; false where it never says so.
   * @throws TillError PRINTER_SILENT and the link's errors: then nobody knows
   */
  async #sendPart(connection: Connection, part: ComposedPart): Promise<boolean> {
    const { clock, limits, transport } = this.#setup;
    if (this.profile.completion === 'none') {
      await connection.send(part.bytes);
      return false;
    }
    const atHand = this.#atHand;
    const doubt = { wasSilent: false, isHeld: false };
    const unheard = (): void => {
      // Where it has just told why it holds everything back, an open cover say, its silence is no riddle.
      if (atHand.status.state !== 'printing') return void (doubt.isHeld = true);
      doubt.wasSilent = true;
      atHand.report({ state: 'silent' });
    };
    // A printer that lost its power meanwhile has forgotten that it is to say so: one that does has kept it.
    const endFree = atHand.onFree(() => (doubt.isHeld = false));
    // One that takes no byte is as silent as one that says none; somebody is called before the write is given up.
    const hush = clock.after(limits.statusReplyMs, unheard);
    try {
      await connection.send(part.bytes).finally(hush);
      await connection.complete((status) => {
        if (status.state === 'silent') unheard();
        else atHand.report(canPrint(status) ? { state: 'printing' } : status);
      });
    } finally {
      endFree();
    }
    // It may have lost its power, and confirm the rest of a part whose beginning it has forgotten.
    if (transport.outlivesPrinter && (doubt.wasSilent || doubt.isHeld))
      throw new TillError('PRINTER_SILENT', { printer: transport.name, waitedMs: limits.statusReplyMs });
    return true;
  }

  #resultOf({ strip, results, firstByteMs }: Outcome): PrintResult {
    const parts = strip.parts.map((part, i) => ({ serial: part.serial, result: results[i] ?? 'failed' }));
    const sent = strip.parts.slice(0, results.length);
    return {
      parts,
      end: endOf(parts),
      status: this.#atHand.status,
      bytes: sent.reduce((sum, part) => sum + part.bytes.length, 0),
      millimetres: sent.reduce((sum, part) => sum + part.millimetres, 0),
      firstByteMs,
    };
  }

  /** One thing at a time: a strip, a question, or closing. */
  #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function saysItsName({ completion }: PrinterProfile): boolean {
  return completion === 'ordered-reply' || completion === 'process-id';
}

type BegunJob = { readonly job: StripJob; readonly strip: ComposedStrip; readonly calledAtMs: number };
type Outcome = {
  readonly strip: ComposedStrip;
  readonly results: readonly PartResult['result'][];
  readonly firstByteMs: number | null;
};

/** How a strip ended, by its coupons, and by all of its parts where it has none; printed is only what came out whole. */
export function endOf(parts: readonly PartResult[]): StripEnd {
  const coupons = parts.some(({ serial }) => serial !== null) ? parts.filter(({ serial }) => serial !== null) : parts;
  const any = (result: PartResult['result']): boolean => coupons.some((part) => part.result === result);
  if (any('printed')) return parts.every((part) => part.result === 'printed') ? 'printed' : 'partly-printed';
  return any('unknown') ? 'unknown' : 'failed';
}
