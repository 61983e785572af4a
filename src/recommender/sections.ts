// Named number columns in one file, laid out so that each can be read straight into the array it is used as, or looked up where it lies.
//
//   0  magic, 8 bytes | version u32 | sections u32 | checksum u32 | 0 u32
//   24 per section: name, 24 bytes ASCII | type u32 | 0 u32 | count u32 | 0 u32
//   then each section's numbers in the same order, each beginning at a multiple of 8; little-endian, as all machines here are
//
// The checksum covers everything after the header's 24 bytes.
import type { ByteSource } from './byte-source.ts';

export const COLUMN_TYPES = [
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];
export type Column = InstanceType<ColumnType>;
/** Where a column lies in the file, and how many numbers it has. */
export type Section = { readonly type: ColumnType; readonly at: number; readonly length: number };
export type Sections = ReadonlyMap<string, Section>;
/** What is written may lie in any kind of buffer. */
export type WritableColumn =
  Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const HEADER_BYTES = 24;
const ENTRY_BYTES = 40;
const NAME_BYTES = 24;

/** What is wrong with a file, in words: what was found and what was expected. */
export class SectionsWrong extends Error {
  override readonly name = 'SectionsWrong';
}

export function writeSections(
  kind: { magic: string; version: number },
  sections: ReadonlyMap<string, WritableColumn>,
): Uint8Array<ArrayBuffer> {
  const starts = startsOf([...sections.values()].map((column) => column.byteLength));
  const bytes = new Uint8Array(starts[sections.size]);
  const view = new DataView(bytes.buffer);
  writeAscii(bytes, 0, kind.magic);
  view.setUint32(8, kind.version, true);
  view.setUint32(12, sections.size, true);
  let i = 0;
  for (const [name, column] of sections) {
    const entry = HEADER_BYTES + i * ENTRY_BYTES;
    writeAscii(bytes, entry, name);
    view.setUint32(entry + NAME_BYTES, typeOf(column), true);
    view.setUint32(entry + NAME_BYTES + 8, column.length, true);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), starts[i]);
    i++;
  }
  view.setUint32(16, checksum(bytes.subarray(HEADER_BYTES), FNV_BASIS), true);
  return bytes;
}

/** What is in the file; every byte of it is looked at once, and none is kept. @throws SectionsWrong */
export function readSections(kind: { magic: string; version: number }, source: ByteSource): Sections {
  const header = source.take(0, Math.min(HEADER_BYTES, source.length));
  const magic = readAscii(header.subarray(0, 8));
  if (magic !== kind.magic) throw new SectionsWrong(`it begins with "${magic}" and not with "${kind.magic}"`);
  if (source.length < HEADER_BYTES) throw new SectionsWrong(`it ends after ${source.length} bytes, in its header`);
  const view = viewOf(header);
  const version = view.getUint32(8, true);
  if (version !== kind.version)
    throw new SectionsWrong(`it is version ${version} and this program reads ${kind.version}`);

  const count = view.getUint32(12, true);
  const listed = HEADER_BYTES + count * ENTRY_BYTES;
  if (source.length < listed) {
    throw new SectionsWrong(`it ends after ${source.length} bytes, in the list of its ${count} sections`);
  }
  const list = source.take(HEADER_BYTES, count * ENTRY_BYTES);
  const entries = Array.from({ length: count }, (_, i) => readEntry(list, i * ENTRY_BYTES));
  const starts = startsOf(entries.map(({ type, length }) => length * type.BYTES_PER_ELEMENT));
  if (starts[count] !== source.length) {
    throw new SectionsWrong(`it has ${source.length} bytes and its sections need ${starts[count]}`);
  }
  const stated = view.getUint32(16, true);
  const found = checksumOf(source);
  if (stated !== found) throw new SectionsWrong(`its checksum is ${hex(found)} and should be ${hex(stated)}`);
  return new Map(entries.map(({ name, type, length }, i) => [name, { type, at: starts[i], length }]));
}

/** The column itself, to stay in memory. */
export function readColumn(source: ByteSource, { type, at, length }: Section): Column {
  const bytes = source.take(at, length * type.BYTES_PER_ELEMENT);
  return new type(bytes.buffer, bytes.byteOffset, length);
}

function readEntry(bytes: Uint8Array<ArrayBuffer>, at: number) {
  const view = viewOf(bytes);
  const name = readAscii(bytes.subarray(at, at + NAME_BYTES));
  const number = view.getUint32(at + NAME_BYTES, true);
  if (number >= COLUMN_TYPES.length) {
    throw new SectionsWrong(`its section "${name}" has type ${number} and the types go to ${COLUMN_TYPES.length - 1}`);
  }
  return { name, type: COLUMN_TYPES[number], length: view.getUint32(at + NAME_BYTES + 8, true) };
}

/** Where each section begins, and behind them where the file ends. */
function startsOf(byteLengths: readonly number[]): number[] {
  const starts = [HEADER_BYTES + byteLengths.length * ENTRY_BYTES];
  for (const length of byteLengths) starts.push((starts[starts.length - 1] + length + 7) & ~7);
  return starts;
}

function typeOf(column: WritableColumn): number {
  return COLUMN_TYPES.findIndex((type) => column instanceof type);
}

const FNV_BASIS = 0x811c9dc5;
/** Read at once while the checksum is made. */
const CHUNK_BYTES = 1 << 16;

function checksumOf(source: ByteSource): number {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let hash = FNV_BASIS;
  for (let at = HEADER_BYTES; at < source.length; at += CHUNK_BYTES) {
    const part = chunk.subarray(0, Math.min(CHUNK_BYTES, source.length - at));
    source.read(part, at);
    hash = checksum(part, hash);
  }
  return hash >>> 0;
}

/** FNV-1a over 32-bit words: each step can be undone, so no single wrong word goes unseen. About 1.5 ns a word. */
function checksum(bytes: Uint8Array<ArrayBuffer>, before: number): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  let hash = before;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

function writeAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

/** Up to the first zero byte; what cannot be printed becomes a question mark. */
function readAscii(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
  return text.replace(/[^ -~]/g, '?');
}
