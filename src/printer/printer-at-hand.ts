// The printer kept at hand: connected, asked how it is, and freed of what an earlier strip left in it.
import type { Clock } from '../domain/clock.ts';
import { canPrint } from '../domain/printer-status.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import { isTillError, TillError } from '../domain/till-error.ts';
import { openConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { RECOVERY_REQUEST } from './escpos-status.ts';
import type { PrinterLimits } from './limits.ts';
import type { Transport } from './link.ts';
import type { PrinterProfile } from './profile.ts';
import { StatusQuestions } from './status-questions.ts';

export type PrinterSetup = {
  readonly profile: PrinterProfile;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  /** A job of an earlier run had begun and not ended: what it left hanging is cut off before anything else is printed. */
  readonly startsAfterBreak: boolean;
};

/** Used by one caller at a time, but for `status` and `forget`. */
export class PrinterAtHand {
  /** Something of a strip is in the printer or hangs out of it, and its end was never heard of. */
  isInterrupted: boolean;
  readonly #setup: PrinterSetup;
  readonly #listeners = new Set<(status: PrinterStatus) => void>();
  #status: PrinterStatus = { state: 'offline', why: 'it was not asked yet' };
  readonly #questions = new StatusQuestions();
  #connection: Connection | null = null;
  #onFree: (() => void) | null = null;
  #hasFlushedDeeply = false;
  #cutterTriedAtMs = -Infinity;
  #isOver = false;

  constructor(setup: PrinterSetup) {
    this.#setup = setup;
    this.isInterrupted = setup.startsAfterBreak;
  }

  /** As last known; asks nothing. */
  get status(): PrinterStatus {
    return this.#status;
  }

  /** Told of every change, once. The answer ends it. */
  onStatus(listener: (status: PrinterStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** A connection whose printer was asked just now; null where there is none. The status says whether it can print. */
  async makeReady(): Promise<Connection | null> {
    try {
      const connection = await this.#connect();
      let status = await this.#askOrFlush(connection);
      if (status.state === 'cutter-jammed') status = await this.#freeCutter(connection);
      if (canPrint(status) && !connection.isPrepared) {
        await connection.prepare({ cutsOff: this.isInterrupted, onStatus: (now) => this.#reportTrouble(now) });
        this.isInterrupted = false;
      }
      this.report(status);
      return connection;
    } catch (thrown) {
      await this.forget();
      if (!(thrown instanceof TillError)) throw thrown;
      this.reportError(thrown);
      return null;
    }
  }

  async #connect(): Promise<Connection> {
    if (this.#connection?.isOpen === true) return this.#connection;
    await this.forget();
    this.#refuseWhenOver();
    const onAutomatic = (status: PrinterStatus): void => {
      if (!canPrint(status)) this.report(status);
      else this.#onFree?.();
    };
    this.#connection = await openConnection({ ...this.#setup, onAutomatic, questions: this.#questions });
    this.#refuseWhenOver();
    return this.#connection;
  }

  /** What keeps it from printing; that it can print again is said when all is done that comes before. */
  #reportTrouble(status: PrinterStatus): void {
    if (!canPrint(status)) this.report(status);
  }

  #refuseWhenOver(): void {
    const printer = this.#setup.transport.name;
    if (this.#isOver) throw new TillError('PRINTER_UNREACHABLE', { printer, problem: 'the till is stopping' });
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
      this.reportError(thrown);
      await connection.flushDeeply();
      throw thrown;
    }
  }

  async #freeCutter(connection: Connection): Promise<PrinterStatus> {
    const nowMs = this.#setup.clock.monotonicMs();
    // A Star printer goes on by itself when a hand has cleared it.
    if (this.#setup.profile.commands === 'star-line') return { state: 'cutter-jammed' };
    if (nowMs - this.#cutterTriedAtMs < this.#setup.limits.cutterRetryMs) return { state: 'cutter-jammed' };
    this.#cutterTriedAtMs = nowMs;
    await connection.send(RECOVERY_REQUEST);
    return connection.askStatus();
  }

  /** The printer itself knows best why a strip broke off, where it still answers. */
  async learnWhy(connection: Connection, error: Error): Promise<void> {
    if (!connection.isOpen || isTillError(error, 'PRINTER_STALLED')) return this.reportError(error);
    try {
      const status = await connection.askStatus();
      this.report(canPrint(status) ? { state: 'silent' } : status);
    } catch {
      this.reportError(error);
    }
  }

  /** Told when the printer says unasked that it can print again. The answer ends it. */
  onFree(listener: () => void): () => void {
    this.#onFree = listener;
    return () => {
      this.#onFree = null;
    };
  }

  /** The connection is closed; what comes next opens another one. */
  async forget(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
  }

  /** The till stops: what is connected is let go of, and nothing is connected ever again. */
  end(): Promise<void> {
    this.#isOver = true;
    return this.forget();
  }

  reportError(error: Error): void {
    const isSilent = isTillError(error, 'PRINTER_SILENT') || isTillError(error, 'PRINTER_STALLED');
    this.report(isSilent ? { state: 'silent' } : { state: 'offline', why: error.message });
  }

  /** From now on this is how it is; told where it is another state than before. */
  report(status: PrinterStatus): void {
    const isNews = status.state !== this.#status.state;
    // The latest reason is kept for those who ask; another reason for the same state is not news.
    this.#status = status;
    if (!isNews) return;
    for (const listener of this.#listeners) listener(status);
  }
}
