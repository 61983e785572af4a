// The receipt printer: prints a strip at most once, and says of every coupon on it what became of it.
import type { Clock } from '../domain/clock.ts';
import type { Serial, VisitId } from '../domain/ids.ts';
import { canPrint } from '../domain/printer-status.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import { isTillError, TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import type { StripEnd } from '../domain/visit.ts';
import type { ReceiptPart } from '../receipt/elements.ts';
import { composeStrip } from './compose.ts';
import type { ComposedPart, ComposedStrip } from './compose.ts';
import { openConnection } from './connection.ts';
import type { Connection, PrinterIdentity } from './connection.ts';
import { RECOVERY_REQUEST } from './escpos-status.ts';
import type { PrinterLimits } from './limits.ts';
import type { Transport } from './link.ts';
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

export type PrinterSetup = {
  readonly profile: PrinterProfile;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  /** A job of an earlier run had begun and not ended: what it left hanging is cut off before anything else is printed. */
  readonly startsAfterBreak: boolean;
};

export class EscposPrinter implements Printer {
  readonly profile: PrinterProfile;
  readonly #setup: PrinterSetup;
  readonly #listeners = new Set<(status: PrinterStatus) => void>();
  #status: PrinterStatus = { state: 'offline', why: 'it was not asked yet' };
  #connection: Connection | null = null;
  /** Something of a strip is in the printer or hangs out of it, and its end was never heard of. */
  #isInterrupted: boolean;
  #hasFlushedDeeply = false;
  #cutterTriedAtMs = -Infinity;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(setup: PrinterSetup) {
    this.profile = setup.profile;
    this.#setup = setup;
    this.#isInterrupted = setup.startsAfterBreak;
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
    signal.addEventListener('abort', () => void this.#forget(), { once: true });
    void watch()
      .catch((thrown: unknown) => {
        if (!signal.aborted) throw thrown;
      })
      .then(() => this.#alone(() => this.#forget()));
  }

  status(): PrinterStatus {
    return this.#status;
  }

  onStatus(listener: (status: PrinterStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  checkStatus(): Promise<PrinterStatus> {
    return this.#alone(async () => {
      await this.#makeReady();
      return this.#status;
    });
  }

  identify(): Promise<PrinterIdentity | null> {
    return this.#alone(async () => {
      const connection = await this.#makeReady();
      if (connection === null || !connection.isPrepared || !saysItsName(this.profile)) return null;
      try {
        return await connection.askIdentity();
      } catch (thrown) {
        await this.#forget();
        this.#reportError(toError(thrown));
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
    const connection = await this.#makeReady();
    const mayBegin = connection !== null && canPrint(this.#status) && job.mayBegin?.() !== false;
    if (!mayBegin) return this.#resultOf({ strip, results: [], firstByteMs: null });

    const before = this.#status;
    this.#report({ state: 'printing' });
    const firstByteMs = this.#setup.clock.monotonicMs() - calledAtMs;
    const results: PartResult['result'][] = [];
    try {
      for (const part of strip.parts) {
        if (!connection.isOpen) break;
        // Counted before the first byte leaves: from here on nobody can say that nothing came out.
        results.push('unknown');
        this.#isInterrupted = true;
        const sent = this.#sendPart(connection, part);
        if (results.length === 1) job.onFirstByte?.();
        if (await sent) results[results.length - 1] = 'printed';
      }
      this.#isInterrupted = results.length < strip.parts.length;
      if (this.#isInterrupted || connection.isDoubtful) await this.#forget();
      this.#report(this.#isInterrupted ? { state: 'offline', why: 'the connection ended in a strip' } : before);
    } catch (thrown) {
      await this.#learnWhy(connection, toError(thrown));
      await this.#forget();
    }
    return this.#resultOf({ strip, results, firstByteMs });
  }

  /** True when the printer has said that the part is out; false where it never says so. */
  async #sendPart(connection: Connection, part: ComposedPart): Promise<boolean> {
    await connection.send(part.bytes);
    if (this.profile.completion === 'none') return false;
    await connection.complete((status) => {
      this.#report(canPrint(status) ? { state: 'printing' } : status);
    });
    return true;
  }

  #resultOf({ strip, results, firstByteMs }: Outcome): PrintResult {
    const parts = strip.parts.map((part, i) => ({ serial: part.serial, result: results[i] ?? 'failed' }));
    const sent = strip.parts.slice(0, results.length);
    return {
      parts,
      end: endOf(parts),
      status: this.#status,
      bytes: sent.reduce((sum, part) => sum + part.bytes.length, 0),
      millimetres: sent.reduce((sum, part) => sum + part.millimetres, 0),
      firstByteMs,
    };
  }

  /** A connection whose printer was asked just now; null where there is none. The status says whether it can print. */
  async #makeReady(): Promise<Connection | null> {
    try {
      const connection = await this.#connect();
      let status = await this.#askOrFlush(connection);
      if (status.state === 'cutter-jammed') status = await this.#freeCutter(connection);
      if (canPrint(status) && !connection.isPrepared) {
        await connection.prepare({ cutsOff: this.#isInterrupted });
        this.#isInterrupted = false;
      }
      this.#report(status);
      return connection;
    } catch (thrown) {
      await this.#forget();
      if (!(thrown instanceof TillError)) throw thrown;
      this.#reportError(thrown);
      return null;
    }
  }

  async #connect(): Promise<Connection> {
    if (this.#connection?.isOpen === true) return this.#connection;
    await this.#forget();
    const onAutomatic = (status: PrinterStatus): void => {
      if (!canPrint(status)) this.#report(status);
    };
    this.#connection = await openConnection({ ...this.#setup, onAutomatic });
    return this.#connection;
  }

  async #askOrFlush(connection: Connection): Promise<PrinterStatus> {
    try {
      const status = await connection.askStatus();
      this.#hasFlushedDeeply = false;
      return status;
    } catch (thrown) {
      if (!isTillError(thrown, 'PRINTER_SILENT') || this.#hasFlushedDeeply) throw thrown;
      this.#hasFlushedDeeply = true;
      // Said first: a printer that takes nothing takes its time for the flush as well.
      this.#reportError(thrown);
      await connection.flushDeeply();
      throw thrown;
    }
  }

  async #freeCutter(connection: Connection): Promise<PrinterStatus> {
    const nowMs = this.#setup.clock.monotonicMs();
    // A Star printer goes on by itself when a hand has cleared it.
    if (this.profile.commands === 'star-line') return { state: 'cutter-jammed' };
    if (nowMs - this.#cutterTriedAtMs < this.#setup.limits.cutterRetryMs) return { state: 'cutter-jammed' };
    this.#cutterTriedAtMs = nowMs;
    await connection.send(RECOVERY_REQUEST);
    return connection.askStatus();
  }

  /** The printer itself knows best why a strip broke off, where it still answers. */
  async #learnWhy(connection: Connection, error: Error): Promise<void> {
    if (!connection.isOpen || isTillError(error, 'PRINTER_STALLED')) return this.#reportError(error);
    try {
      const status = await connection.askStatus();
      this.#report(canPrint(status) ? { state: 'silent' } : status);
    } catch {
      this.#reportError(error);
    }
  }

  async #forget(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
  }

  #reportError(error: Error): void {
    const isSilent = isTillError(error, 'PRINTER_SILENT') || isTillError(error, 'PRINTER_STALLED');
    this.#report(isSilent ? { state: 'silent' } : { state: 'offline', why: error.message });
  }

  #report(status: PrinterStatus): void {
    const isNews = status.state !== this.#status.state;
    // The latest reason is kept for those who ask; another reason for the same state is not news.
    this.#status = status;
    if (!isNews) return;
    for (const listener of this.#listeners) listener(status);
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
