// Named number columns in one file, laid out so that reading them copies nothing.
//
//   0  magic, 8 bytes | version u32 | sections u32 | checksum u32 | 0 u32
//   24 per section: name, 24 bytes ASCII | type u32 | 0 u32 | count u32 | 0 u32
//   then each section's numbers in the same order, each beginning at a multiple of 8; little-endian, as all machines here are
//
// The checksum covers everything after the header's 24 bytes.
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
export type Sections = ReadonlyMap<string, Column>;
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
  view.setUint32(16, checksum(bytes), true);
  return bytes;
}

/** The columns are windows on the given bytes. @throws SectionsWrong */
export function readSections(kind: { magic: string; version: number }, given: Uint8Array): Sections {
  const bytes = aligned(given);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = readAscii(bytes.subarray(0, 8));
  if (magic !== kind.magic) throw new SectionsWrong(`it begins with "${magic}" and not with "${kind.magic}"`);
  if (bytes.length < HEADER_BYTES) throw new SectionsWrong(`it ends after ${bytes.length} bytes, in its header`);
  const version = view.getUint32(8, true);
  if (version !== kind.version)
    throw new SectionsWrong(`it is version ${version} and this program reads ${kind.version}`);

  const count = view.getUint32(12, true);
  if (bytes.length < HEADER_BYTES + count * ENTRY_BYTES) {
    throw new SectionsWrong(`it ends after ${bytes.length} bytes, in the list of its ${count} sections`);
  }
  const entries = Array.from({ length: count }, (_, i) => readEntry(bytes, view, HEADER_BYTES + i * ENTRY_BYTES));
  const starts = startsOf(entries.map(({ type, length }) => length * type.BYTES_PER_ELEMENT));
  if (starts[count] !== bytes.length) {
    throw new SectionsWrong(`it has ${bytes.length} bytes and its sections need ${starts[count]}`);
  }
  const stated = view.getUint32(16, true);
  const found = checksum(bytes);
  if (stated !== found) throw new SectionsWrong(`its checksum is ${hex(found)} and should be ${hex(stated)}`);
  return new Map(
    entries.map(({ name, type, length }, i) => [name, new type(bytes.buffer, bytes.byteOffset + starts[i], length)]),
  );
}

function readEntry(bytes: Uint8Array, view: DataView, at: number) {
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

/** Numbers can only be windowed where they lie at a multiple of their size: a copy is made of bytes that do not. */
function aligned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteOffset % 8 === 0) {
    return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength);
  }
  return new Uint8Array(bytes);
}

/** FNV-1a over 32-bit words: each step can be undone, so no single wrong word goes unseen. About 1.5 ns a word. */
function checksum(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES, (bytes.byteLength - HEADER_BYTES) >> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
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
