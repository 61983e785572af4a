// Which counters were ever handed out, in a file of its own: what a restored database forgets, this file still knows.
//
//   01 9501101000018 0 50 5d1c0f3a9be27714 3fa2b81c
//   │  │             │ │  │                └ checksum of the line
//   │  │             │ │  └ digest of the terms the number stands for
//   │  │             │ └ one past the last counter
//   │  │             └ first counter
//   │  └ GCN
//   └ till
//
// The file is not part of a backup. A block is on the disk before its first counter is used; what is left of a block when
// the program ends is never used.
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Gcn, TillId } from '../domain/ids.ts';
import { parseGcn } from '../domain/ids.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { syncFolderOf } from './durable-file.ts';
import { lineChecksum } from './line-checksum.ts';

/** Twelve strips of four coupons with one rule: one fsync for them all, and a restart wastes 1 in 2000 of a GCN's counters. */
export const CLAIM_BLOCK = 50;

type Claim = {
  readonly till: string;
  readonly gcn: Gcn;
  readonly from: number;
  readonly to: number;
  readonly terms: string;
};
type Block = { next: number; readonly end: number };

export type ClaimsState =
  /** Every line is as it was written (a last one torn by a power cut was never used). */
  | 'whole'
  /** There was no file: a new till, or one whose file is lost. */
  | 'absent'
  /** Lines in the middle cannot be read. */
  | 'damaged';

/** @param storeFile the claims lie beside the store */
export function serialClaimsOf(storeFile: string): string {
  return join(dirname(storeFile), 'serial-claims');
}

export class SerialClaims {
  readonly #till: TillId;
  /** null: kept in memory only, for a shop that lives in memory. */
  readonly #file: string | null;
  readonly #countersPerGcn: number;
  #state: ClaimsState = 'absent';
  /** Bytes of whole lines. */
  #length = 0;
  readonly #claimedBelow = new Map<Gcn, number>();
  readonly #terms = new Map<Gcn, string>();
  readonly #blocks = new Map<Gcn, Block>();

  /** @throws TillError SERIAL_CLAIMS_UNUSABLE where the file is there and cannot be read */
  constructor(from: { file: string | null; till: TillId; countersPerGcn: number }) {
    this.#till = from.till;
    this.#file = from.file;
    this.#countersPerGcn = from.countersPerGcn;
    if (from.file !== null) this.#read(from.file);
  }

  get state(): ClaimsState {
    return this.#state;
  }

  /** One past the highest counter this till has claimed for a number; 0 where it has claimed none. */
  claimedBelow(gcn: Gcn): number {
    return this.#claimedBelow.get(gcn) ?? 0;
  }

  /** The numbers of which it has claimed any. */
  numbers(): readonly Gcn[] {
    return [...this.#claimedBelow.keys()];
  }

  /** Whether a number was never claimed for other terms, and has counters left. */
  isFreeFor(gcn: Gcn, terms: string): boolean {
    const claimed = this.#terms.get(gcn);
    return (claimed === undefined || claimed === terms) && this.claimedBelow(gcn) < this.#countersPerGcn;
  }

  /**
   * A counter never given before; null where the number has none left.
   * @throws TillError SERIAL_CLAIMS_UNUSABLE where the block cannot be made durable: nothing may be issued then
   */
  next(gcn: Gcn, terms: string): number | null {
    const block = this.#blocks.get(gcn);
    if (block !== undefined && block.next < block.end) return block.next++;
    const from = this.claimedBelow(gcn);
    const to = Math.min(from + CLAIM_BLOCK, this.#countersPerGcn);
    if (from >= to) return null;
    this.#claim({ till: this.#till, gcn, from, to, terms });
    this.#blocks.set(gcn, { next: from + 1, end: to });
    return from;
  }

  /** Puts a damaged file out of the way once no number in it will be used again, keeping it for people to look at. */
  setAside(): void {
    if (this.#file === null || this.#state !== 'damaged') return;
    try {
      renameSync(this.#file, `${this.#file}.damaged`);
      syncFolderOf(this.#file);
    } catch (thrown) {
      throw this.#unusable(thrown);
    }
    this.#state = 'absent';
    this.#length = 0;
  }

  #claim(claim: Claim): void {
    if (this.#file !== null) this.#append(this.#file, lineOf(claim));
    this.#state = 'whole';
    this.#take(claim);
  }

  /** Written at the end of the whole lines, over whatever a power cut or a full disk left behind them. */
  #append(file: string, line: string): void {
    try {
      const fd = openSync(file, this.#length === 0 ? 'w' : 'r+', 0o600);
      try {
        ftruncateSync(fd, this.#length);
        const bytes = Buffer.from(line, 'latin1');
        const written = writeSync(fd, bytes, 0, bytes.length, this.#length);
        if (written !== bytes.length) throw new Error('the disk is full');
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      if (this.#length === 0) syncFolderOf(file);
      this.#length += Buffer.byteLength(line, 'latin1');
    } catch (thrown) {
      throw this.#unusable(thrown);
    }
  }

  #read(file: string): void {
    let text: string;
    try {
      text = readFileSync(file, 'latin1');
    } catch (thrown) {
      const error = toError(thrown);
      if ('code' in error && error.code === 'ENOENT') return;
      throw this.#unusable(thrown);
    }
    const lines = text.split('\n');
    // Behind the last line end is nothing, or what a power cut left of a claim that was never used.
    lines.pop();
    this.#state = lines.length === 0 ? 'absent' : 'whole';
    let end = 0;
    for (const [index, line] of lines.entries()) {
      end += line.length + 1;
      const claim = parseLine(line);
      if (claim === null) {
        // A torn line may have its end and miss its middle: sectors reach the disk in any order.
        if (index < lines.length - 1) this.#state = 'damaged';
        continue;
      }
      this.#length = end;
      if (claim.till === this.#till) this.#take(claim);
    }
    if (this.#length === 0 && this.#state === 'whole') this.#state = 'absent';
  }

  #take({ gcn, to, terms }: Claim): void {
    this.#claimedBelow.set(gcn, Math.max(to, this.claimedBelow(gcn)));
    this.#terms.set(gcn, terms);
  }

  #unusable(thrown: unknown): TillError {
    const error = toError(thrown);
    return new TillError(
      'SERIAL_CLAIMS_UNUSABLE',
      { file: this.#file ?? 'memory', problem: error.message },
      { cause: thrown },
    );
  }
}

function lineOf({ till, gcn, from, to, terms }: Claim): string {
  const body = `${till} ${gcn} ${from} ${to} ${terms}`;
  return `${body} ${lineChecksum(body)}\n`;
}

function parseLine(line: string): Claim | null {
  const match = /^((\d{2}) (\d{13}) (\d{1,6}) (\d{1,6}) ([0-9a-f]{16})) ([0-9a-f]{8})$/.exec(line);
  if (match === null) return null;
  const [, body = '', till = '', digits = '', from = '', to = '', terms = '', sum = ''] = match;
  const gcn = parseGcn(digits);
  if (gcn === null || lineChecksum(body) !== sum) return null;
  return { till, gcn, from: Number(from), to: Number(to), terms };
}
