// Whether the store can be written: a full disk, one that the kernel has made read-only, a card that fails; over as soon as it passes.
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import type { Db } from './database.ts';
import { writeMeta } from './meta.ts';

/** While there is trouble a small write is tried this often, when somebody asks: not before a failing card has had a rest. */
const TRY_EVERY_MS = 2000;
const TRIED_AT = 'write-tried-at';

/** SQLite's and the kernel's names for a disk that does not take what is written (sqlite.org/rescode.html, errno(3)). */
const FAULTS = /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|E(NOSPC|DQUOT|ROFS|IO)$)/;

export class WriteTrouble {
  readonly #db: Db;
  readonly #file: string;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #triedMs: number | null = null;

  constructor(from: { db: Db; file: string; clock: Pick<Clock, 'monotonicMs'> }) {
    this.#db = from.db;
    this.#file = from.file;
    this.#clock = from.clock;
  }

  /** What a write threw, in words of ours where the disk is to blame; then it is remembered too. */
  heard(thrown: unknown): Error {
    const error = toError(thrown);
    if (!isDiskFault(error)) return error;
    this.#triedMs = this.#clock.monotonicMs();
    if (error instanceof TillError) return error;
    return new TillError('STORE_NOT_WRITABLE', { file: this.#file, problem: error.message }, { cause: thrown });
  }

  /** Whether a write failed lately, and none has succeeded since. */
  isThere(): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (this.#triedMs === null) return false;
    if (nowMs - this.#triedMs < TRY_EVERY_MS) return true;
    this.#triedMs = nowMs;
    try {
      writeMeta(this.#db, TRIED_AT, String(Math.round(nowMs)));
      this.#triedMs = null;
      return false;
    } catch (thrown) {
      if (!isDiskFault(toError(thrown))) throw thrown;
      return true;
    }
  }
}

function isDiskFault(error: Error): boolean {
  if ('code' in error && typeof error.code === 'string' && FAULTS.test(error.code)) return true;
  return error.cause instanceof Error && isDiskFault(error.cause);
}
