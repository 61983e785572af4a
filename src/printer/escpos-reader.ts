// Reads a stream of ESC/POS command by command, strictly: what it does not know it names instead of guessing.
import type { EscposCommand } from './escpos-command.ts';
import { readForeign, type Read } from './escpos-foreign.ts';

const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** The command is not whole yet. */
const HALF = null;

export function readEscposCommand(bytes: Uint8Array): Read | null {
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
  // DLE DC4 1 m t is a drawer pulse as well.
  if (what === 0x14 && argument === 0x01) return bytes.length < 5 ? HALF : { command: { kind: 'drawer' }, length: 5 };
  if (what === 0x14) return argument === undefined ? HALF : unknown(bytes, 3);
  if (what !== 0x04 && what !== 0x05) return unknown(bytes, 2);
  return argument === undefined ? HALF : { command: { kind: 'real-time', function: what, argument }, length: 3 };
}

function readEscape(bytes: Uint8Array): Read | null {
  const [, letter, n] = bytes;
  if (letter === undefined) return HALF;
  if (letter === 0x40) return { command: { kind: 'initialise' }, length: 2 };
  if (letter === 0x32) return { command: { kind: 'line-spacing', steps: null }, length: 2 };
  if (!'tRaEJd3'.includes(String.fromCharCode(letter))) return readOther(bytes);
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
  const [, letter, n, m] = bytes;
  if (letter === undefined) return HALF;
  if (letter === 0x2e) return { command: { kind: 'cancel-kanji' }, length: 2 };
  // FS p n m: the logo of that number, in its own size where m is 0.
  if (letter !== 0x70) return readOther(bytes);
  if (n === undefined || m === undefined) return HALF;
  return m === 0 || m === 48 ? { command: { kind: 'logo', key: String(n) }, length: 4 } : unknown(bytes, 4);
}

function readGroupSeparator(bytes: Uint8Array): Read | null {
  const [, letter, n] = bytes;
  if (letter === undefined) return HALF;
  if (letter === 0x28) return readParenthesis(bytes);
  if (!'!HhwkVrIa'.includes(String.fromCharCode(letter))) return readOther(bytes);
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
  if (symbology < 65) return readOther(bytes);
  const count = bytes[3];
  if (count === undefined || bytes.length < 4 + count) return HALF;
  return { command: { kind: 'symbol', symbology, data: bytes.slice(4, 4 + count), look: null }, length: 4 + count };
}

function readCut(bytes: Uint8Array, m: number): Read | null {
  if (m === 0 || m === 48) return { command: { kind: 'cut', cut: 'full', feedSteps: null }, length: 3 };
  if (m === 1 || m === 49) return { command: { kind: 'cut', cut: 'partial', feedSteps: null }, length: 3 };
  if (m !== 65 && m !== 66) return unknown(bytes, 3);
  const n = bytes[3];
  if (n === undefined) return HALF;
  return { command: { kind: 'cut', cut: m === 65 ? 'full' : 'partial', feedSteps: n }, length: 4 };
}

/** GS ( X pL pH and as many bytes as those two say. */
function readParenthesis(bytes: Uint8Array): Read | null {
  const [, , which, low, high] = bytes;
  if (which === undefined || low === undefined || high === undefined) return HALF;
  const length = 5 + low + 256 * high;
  if (bytes.length < length) return HALF;
  const data = bytes.slice(5, length);
  const command = parenthesisCommand(String.fromCharCode(which), data);
  return command === null ? readOther(bytes) : { command, length };
}

function parenthesisCommand(which: string, data: Uint8Array): EscposCommand | null {
  const [first, second, third] = data;
  if (which === 'k' && first !== undefined && second !== undefined) {
    return { kind: 'two-dimensional', code: first, function: second, data: data.slice(2) };
  }
  if (which === 'H' && data.length === 6 && first === 48 && second === 48) {
    return { kind: 'ask-process', id: Buffer.from(data.subarray(2)).toString('latin1') };
  }
  // GS ( L 48 69: the stored picture of that key, in its own size.
  if (which === 'L' && data.length === 6 && first === 48 && second === 69 && third !== undefined) {
    return { kind: 'logo', key: Buffer.from(data.subarray(2, 4)).toString('latin1') };
  }
  return null;
}

function readOther(bytes: Uint8Array): Read | null {
  const read = readForeign(bytes);
  return read === undefined ? unknown(bytes, Math.min(2, bytes.length)) : read;
}

function unknown(bytes: Uint8Array, length: number): Read {
  return { command: { kind: 'unknown', bytes: bytes.slice(0, length) }, length };
}
