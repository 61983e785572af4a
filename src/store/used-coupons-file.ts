// The list of coupons that were used or taken back, as it lies on the disk: lines, each whole or passed over.
//
//   redeemed 9501101000018 010003771545 2026-12-06 2026-11-25T08:00:00.000Z 01 =4711 3fa2b81c
//   │        │             │            │          │                        │  │     └ checksum of the line
//   │        │             │            │          │                        │  └ the sale it was used in; - where none is known
//   │        │             │            │          │                        └ till where it was handed in
//   │        │             │            │          └ when it came into this state
//   │        │             │            └ last day
//   │        │             └ serial
//   │        └ GCN
//   └ state: redeemed, void, or any other where one of these two was undone; the last line of a serial counts
//
// It names no customer; the sale, which leads to one, goes when they are forgotten (used-coupons.ts).
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dayOfDate, instant, isoDay, type Instant, type LocalDay } from '../domain/calendar.ts';
import { COUPON_STATES, type CouponState } from '../domain/coupon.ts';
import { parseGcn, parseSerial, parseTillId, type Gcn, type Serial, type TillId } from '../domain/ids.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { putInPlace, syncFolderOf } from './durable-file.ts';
import { lineChecksum } from './line-checksum.ts';

export type UsedLine = {
  readonly state: CouponState;
  readonly gcn: Gcn;
  readonly serial: Serial;
  readonly validTo: LocalDay;
  readonly at: Instant;
  readonly till: TillId;
  /** As its till numbers it; null where it was not told, is forgotten, or the coupon is not used. */
  readonly sale: string | null;
};

/** Callers hold the store's write lock while they write: a command may redeem beside the daemon. */
export class UsedCouponsFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  exists(): boolean {
    return existsSync(this.path);
  }

  /** False where there is a line that cannot be read. */
  isWhole(): boolean {
    const lines = this.#read().split('\n');
    return lines.pop() === '' && lines.every((line) => parseLine(line) !== null);
  }

  /** The last line of each serial, in the order in which the serials came. */
  bySerial(): Map<Serial, UsedLine> {
    const last = new Map<Serial, UsedLine>();
    for (const line of [...this.newestFirst()].reverse()) last.set(line.serial, line);
    return last;
  }

  /** One after the other, so that who wants to know the last does not read them all. */
  *newestFirst(): Generator<UsedLine> {
    for (const { line } of linesFromEnd(this.#read())) yield line;
  }

  /**
   * On the disk when it returns, behind the last whole line: what a power cut or a full disk left there goes.
   * @throws TillError USED_COUPONS_UNUSABLE
   */
  append(lines: readonly UsedLine[]): void {
    const isNew = !this.exists();
    const [last] = linesFromEnd(this.#read());
    const end = last?.end ?? 0;
    const bytes = Buffer.from(lines.map(textOf).join(''), 'latin1');
    this.#orSay(() => {
      const fd = openSync(this.path, isNew ? 'w' : 'r+', 0o600);
      try {
        ftruncateSync(fd, end);
        if (writeSync(fd, bytes, 0, bytes.length, end) !== bytes.length) throw new Error('the disk is full');
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      if (isNew) syncFolderOf(this.path);
    });
  }

  /** Where it holds just these lines already, the disk is spared. */
  replace(lines: readonly UsedLine[]): void {
    const text = lines.map(textOf).join('');
    if (this.exists() && this.#read() === text) return;
    const draft = `${this.path}.draft`;
    this.#orSay(() => {
      rmSync(draft, { force: true });
      writeFileSync(draft, text, { mode: 0o600 });
      putInPlace({ draft, file: this.path });
    });
  }

  #read(): string {
    return this.#orSay(() => (this.exists() ? readFileSync(this.path, 'latin1') : ''));
  }

  #orSay<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (thrown) {
      const problem = toError(thrown).message;
      throw new TillError('USED_COUPONS_UNUSABLE', { file: this.path, problem }, { cause: thrown });
    }
  }
}

/** `end`: one past the line's own end. */
function* linesFromEnd(text: string): Generator<{ line: UsedLine; end: number }> {
  for (let end = text.lastIndexOf('\n'); end >= 0;) {
    const start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    const line = parseLine(text.slice(start, end));
    if (line !== null) yield { line, end: end + 1 };
    end = start - 1;
  }
}

function textOf({ state, gcn, serial, validTo, at, till, sale }: UsedLine): string {
  const saleText = sale === null ? '-' : `=${encodeURIComponent(sale.toWellFormed())}`;
  const body = `${state} ${gcn} ${serial} ${isoDay(validTo)} ${new Date(at).toISOString()} ${till} ${saleText}`;
  return `${body} ${lineChecksum(body)}\n`;
}

const LINE = /^(([a-z]+) (\d{13}) (\d{12}) (\d{4})-(\d\d)-(\d\d) ([0-9TZ:.-]{24}) (\d\d) (?:-|=(\S*))) ([0-9a-f]{8})$/;

function parseLine(text: string): UsedLine | null {
  const found = LINE.exec(text);
  if (found === null) return null;
  const [, body = '', word = '', gcnText = '', serialText = '', year, month, date, time = '', tillText = ''] = found;
  const [saleText, sum] = found.slice(10);
  if (lineChecksum(body) !== sum) return null;
  const state = COUPON_STATES.find((one) => one === word);
  const gcn = parseGcn(gcnText);
  const serial = parseSerial(serialText);
  const validTo = dayOfDate(Number(year), Number(month), Number(date));
  const till = parseTillId(tillText);
  const at = Date.parse(time);
  if (state === undefined || gcn === null || serial === null || validTo === null || till === null) return null;
  const sale = saleText === undefined ? null : decodeURIComponent(saleText);
  return Number.isNaN(at) ? null : { state, gcn, serial, validTo, at: instant(at), till, sale };
}
