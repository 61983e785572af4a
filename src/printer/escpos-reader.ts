// Reads a stream of ESC/POS command by command, strictly: what it does not know it names instead of guessing.

export type EscposCommand =
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'line-feed' }
  /** NUL: prints nothing and changes nothing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'initialise' }
  | { readonly kind: 'code-page'; readonly slot: number }
  | { readonly kind: 'national-set'; readonly set: number }
  | { readonly kind: 'align'; readonly to: 'left' | 'centre' | 'right' }
  | { readonly kind: 'bold'; readonly isOn: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'feed-steps'; readonly steps: number }
  | { readonly kind: 'feed-lines'; readonly lines: number }
  /** null: the printer's own. */
  | { readonly kind: 'line-spacing'; readonly steps: number | null }
  | { readonly kind: 'symbol-text'; readonly place: number }
  | { readonly kind: 'symbol-height'; readonly dots: number }
  | { readonly kind: 'symbol-module'; readonly dots: number }
  | { readonly kind: 'symbol'; readonly symbology: number; readonly data: Uint8Array }
  /** `feedSteps` null: where the paper stands. */
  | { readonly kind: 'cut'; readonly cut: 'partial' | 'full'; readonly feedSteps: number | null }
  | { readonly kind: 'cancel-kanji' }
  | { readonly kind: 'ask-in-turn'; readonly about: number }
  | { readonly kind: 'ask-identity'; readonly about: number }
  | { readonly kind: 'automatic-status'; readonly mask: number }
  | { readonly kind: 'real-time'; readonly function: number; readonly argument: number }
  | { readonly kind: 'unknown'; readonly bytes: Uint8Array };

const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

type Read = { readonly command: EscposCommand; readonly length: number };
/** The command is not whole yet. */
const HALF = null;

export class EscposReader {
  #pending: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): readonly EscposCommand[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const commands: EscposCommand[] = [];
    let from = 0;
    while (from < this.#pending.length) {
      const read = readCommand(this.#pending.subarray(from));
      if (read === HALF) break;
      commands.push(read.command);
      from += read.length;
    }
    this.#pending = this.#pending.slice(from);
    return commands;
  }

  /** The beginning of a command whose rest has not come. */
  get pending(): Uint8Array {
    return this.#pending;
  }
}

/** Reads a whole stream; a command cut short at its end is named as unknown. */
export function readStream(bytes: Uint8Array): readonly EscposCommand[] {
  const reader = new EscposReader();
  const commands = reader.push(bytes);
  return reader.pending.length === 0 ? commands : [...commands, { kind: 'unknown', bytes: reader.pending }];
}

function readCommand(bytes: Uint8Array): Read | null {
  const first = bytes[0] ?? 0;
  if (isText(first)) return readText(bytes);
  switch (first) {
    case 0x00:
      return { command: { kind: 'nothing' }, length: 1 };
    case 0x0a:
      return { command: { kind: 'line-feed' }, length: 1 };
    case DLE:
      return readRealTime(bytes);
    case ESC:
      return readEscape(bytes);
    case FS:
      return readFieldSeparator(bytes);
    case GS:
      return readGroupSeparator(bytes);
    default:
      return unknown(bytes, 1);
  }
}

function isText(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x7f;
}

function readText(bytes: Uint8Array): Read {
  let length = 1;
  while (length < bytes.length && isText(bytes[length] ?? 0)) length++;
  return { command: { kind: 'text', bytes: bytes.slice(0, length) }, length };
}

function readRealTime(bytes: Uint8Array): Read | null {
  const [, what, argument] = bytes;
  if (what === undefined) return HALF;
  if (what !== 0x04 && what !== 0x05) return unknown(bytes, 2);
  return argument === undefined ? HALF : { command: { kind: 'real-time', function: what, argument }, length: 3 };
}

function readEscape(bytes: Uint8Array): Read | null {
  const [, letter, n] = bytes;
  if (letter === undefined) return HALF;
  if (letter === 0x40) return { command: { kind: 'initialise' }, length: 2 };
  if (letter === 0x32) return { command: { kind: 'line-spacing', steps: null }, length: 2 };
  if (!'tRaEJd3'.includes(String.fromCharCode(letter))) return unknown(bytes, 2);
  if (n === undefined) return HALF;
  const command = escapeCommand(letter, n);
  return command === null ? unknown(bytes, 3) : { command, length: 3 };
}

function escapeCommand(letter: number, n: number): EscposCommand | null {
  switch (String.fromCharCode(letter)) {
    case 't':
      return { kind: 'code-page', slot: n };
    case 'R':
      return { kind: 'national-set', set: n };
    case 'a':
      return alignment(n);
    case 'E':
      return { kind: 'bold', isOn: (n & 1) === 1 };
    case 'J':
      return { kind: 'feed-steps', steps: n };
    case 'd':
      return { kind: 'feed-lines', lines: n };
    default:
      return { kind: 'line-spacing', steps: n };
  }
}

function alignment(n: number): EscposCommand | null {
  const to = (['left', 'centre', 'right'] as const)[n >= 48 ? n - 48 : n];
  return to === undefined ? null : { kind: 'align', to };
}

function readFieldSeparator(bytes: Uint8Array): Read | null {
  const [, letter] = bytes;
  if (letter === undefined) return HALF;
  return letter === 0x2e ? { command: { kind: 'cancel-kanji' }, length: 2 } : unknown(bytes, 2);
}

function readGroupSeparator(bytes: Uint8Array): Read | null {
  const [, letter, n] = bytes;
  if (letter === undefined) return HALF;
  if (!'!HhwkVrIa'.includes(String.fromCharCode(letter))) return unknown(bytes, 2);
  if (n === undefined) return HALF;
  switch (String.fromCharCode(letter)) {
    case '!':
      return { command: { kind: 'size', width: ((n >> 4) & 7) + 1, height: (n & 7) + 1 }, length: 3 };
    case 'H':
      return { command: { kind: 'symbol-text', place: n }, length: 3 };
    case 'h':
      return { command: { kind: 'symbol-height', dots: n }, length: 3 };
    case 'w':
      return { command: { kind: 'symbol-module', dots: n }, length: 3 };
    case 'k':
      return readSymbol(bytes, n);
    case 'V':
      return readCut(bytes, n);
    case 'r':
      return { command: { kind: 'ask-in-turn', about: n >= 48 ? n - 48 : n }, length: 3 };
    case 'I':
      return { command: { kind: 'ask-identity', about: n }, length: 3 };
    default:
      return { command: { kind: 'automatic-status', mask: n }, length: 3 };
  }
}

/** GS k m n d1…dn (function B) only: function A ends at a NUL and cannot carry every code. */
function readSymbol(bytes: Uint8Array, symbology: number): Read | null {
  if (symbology < 65) return unknown(bytes, 3);
  const count = bytes[3];
  if (count === undefined || bytes.length < 4 + count) return HALF;
  return { command: { kind: 'symbol', symbology, data: bytes.slice(4, 4 + count) }, length: 4 + count };
}

function readCut(bytes: Uint8Array, m: number): Read | null {
  if (m === 0 || m === 48) return { command: { kind: 'cut', cut: 'full', feedSteps: null }, length: 3 };
  if (m === 1 || m === 49) return { command: { kind: 'cut', cut: 'partial', feedSteps: null }, length: 3 };
  if (m !== 65 && m !== 66) return unknown(bytes, 3);
  const n = bytes[3];
  if (n === undefined) return HALF;
  return { command: { kind: 'cut', cut: m === 65 ? 'full' : 'partial', feedSteps: n }, length: 4 };
}

function unknown(bytes: Uint8Array, length: number): Read {
  return { command: { kind: 'unknown', bytes: bytes.slice(0, length) }, length };
}
