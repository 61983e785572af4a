// Reads the shim's log, and says what a disk could hold after the power went between two operations.
//
//   kind 1 · name length 2 · offset 8 · bytes length 4 · name · bytes        (write-shim.c)
//   w write   s sync   t truncate to offset   r rename to bytes   u remove
import { readFileSync } from 'node:fs';

export type Operation = {
  readonly kind: 'w' | 's' | 't' | 'r' | 'u';
  readonly name: string;
  readonly offset: number;
  readonly bytes: Buffer;
};

export function readLog(file: string): readonly Operation[] {
  const log = readFileSync(file);
  const operations: Operation[] = [];
  for (let at = 0; at < log.length;) {
    const kind = log.toString('latin1', at, at + 1);
    if (kind !== 'w' && kind !== 's' && kind !== 't' && kind !== 'r' && kind !== 'u') {
      throw new Error(`The write log is not one, at byte ${at}.`);
    }
    const nameEnd = at + 15 + log.readUInt16LE(at + 1);
    const end = nameEnd + log.readUInt32LE(at + 11);
    operations.push({
      kind,
      name: log.toString('utf8', at + 15, nameEnd),
      offset: Number(log.readBigUInt64LE(at + 3)),
      bytes: log.subarray(nameEnd, end),
    });
    at = end;
  }
  return operations;
}

type Random = { between(from: number, to: number): number };

/** What becomes of the writes that were not synced: all gone, some of them there in any order, some of them half there. */
const FATES = ['dropped', 'any of them', 'torn'] as const;
const SECTOR = 512;

/** A file's bytes, written in place: a till's log has thousands of writes to a store of a megabyte. */
class Content {
  #bytes: Buffer;
  #length: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
    this.#length = bytes.length;
  }

  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  apply({ kind, offset, bytes }: Operation): void {
    if (kind === 't') this.#resize(offset);
    else this.#put(bytes, offset);
  }

  /** Sectors reach the disk whole, each for itself. */
  tear({ offset, bytes }: Operation, random: Random): void {
    for (let at = 0; at < bytes.length;) {
      const end = Math.min(bytes.length, at + SECTOR - ((offset + at) % SECTOR));
      if (random.between(0, 1) === 1) this.#put(bytes.subarray(at, end), offset + at);
      at = end;
    }
  }

  #put(bytes: Uint8Array, offset: number): void {
    if (offset + bytes.length > this.#length) this.#resize(offset + bytes.length);
    this.#bytes.set(bytes, offset);
  }

  /** What lies behind the end reads as zeros when the file grows again. */
  #resize(length: number): void {
    if (length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(length, this.#bytes.length * 2));
      grown.set(this.view());
      this.#bytes = grown;
    }
    this.#bytes.fill(0, length);
    this.#length = length;
  }
}

/** A disk: of each file what is surely on it, and what has been written since the last sync. */
export class Disk {
  readonly #durable: Map<string, Content>;
  readonly #pending = new Map<string, Operation[]>();

  constructor(files: ReadonlyMap<string, Buffer>) {
    this.#durable = new Map([...files].map(([name, bytes]) => [name, new Content(bytes)]));
  }

  take(operation: Operation): void {
    const { kind, name } = operation;
    const pending = this.#pending.get(name) ?? [];
    switch (kind) {
      case 'w':
      case 't':
        pending.push(operation);
        this.#pending.set(name, pending);
        return;
      case 's':
        // Nothing to do for a folder's own sync.
        for (const one of pending) this.#content(name).apply(one);
        this.#pending.delete(name);
        return;
      // Names are taken to be on the disk at once: the loss of a folder's entry is not played here.
      case 'r': {
        const to = operation.bytes.toString('utf8');
        this.#durable.set(to, this.#content(name));
        this.#durable.delete(name);
        this.#pending.delete(name);
        this.#pending.delete(to);
        if (pending.length > 0) this.#pending.set(to, pending);
        return;
      }
      case 'u':
        this.#durable.delete(name);
        this.#pending.delete(name);
        return;
    }
  }

  /** The files as the next start finds them. */
  afterPowerCut(random: Random): ReadonlyMap<string, Buffer> {
    const fate = FATES[random.between(0, FATES.length - 1)] ?? 'dropped';
    const files = new Map([...this.#durable].map(([name, content]) => [name, content.view()]));
    if (fate === 'dropped') return files;
    for (const [name, pending] of this.#pending) {
      const content = new Content(files.get(name) ?? Buffer.alloc(0));
      for (const operation of pending) {
        if (random.between(0, 1) === 0) continue;
        if (fate === 'torn' && operation.kind === 'w') content.tear(operation, random);
        else content.apply(operation);
      }
      files.set(name, content.view());
    }
    return files;
  }

  #content(name: string): Content {
    const there = this.#durable.get(name);
    if (there !== undefined) return there;
    const made = new Content(Buffer.alloc(0));
    this.#durable.set(name, made);
    return made;
  }
}
