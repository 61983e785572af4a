// ESC/POS commands other programs send and we never do: how long each is, so that what follows it is not misread.
import type { EscposCommand } from './escpos-command.ts';

export type Read = { readonly command: EscposCommand; readonly length: number };

/** Whole length of commands without data, by their second character (Epson, ESC/POS command reference, by code). */
const ESC_LENGTHS: Readonly<Record<string, number>> = {
  ' ': 3,
  '!': 3,
  $: 4,
  '%': 3,
  '-': 3,
  '<': 2,
  '=': 3,
  B: 4,
  G: 3,
  K: 3,
  L: 2,
  M: 3,
  S: 2,
  T: 3,
  U: 3,
  V: 3,
  W: 10,
  '\\': 4,
  c: 4,
  e: 3,
  i: 2,
  m: 2,
  r: 3,
  u: 3,
  v: 2,
  '{': 3,
};
const GS_LENGTHS: Readonly<Record<string, number>> = {
  $: 4,
  '/': 3,
  ':': 2,
  B: 3,
  E: 3,
  L: 4,
  P: 4,
  T: 3,
  W: 4,
  '\\': 4,
  '^': 5,
  b: 3,
  c: 2,
  f: 3,
};
const FS_LENGTHS: Readonly<Record<string, number>> = { '!': 3, '&': 2, '-': 3, C: 3, S: 4, W: 3 };

/** A known command that is not one of ours; null: its end has not come; undefined: not known at all. */
export function readForeign(bytes: Uint8Array): Read | null | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const letter = String.fromCharCode(second);
  switch (first) {
    case 0x1b:
      return readEscape(bytes, letter);
    case 0x1c:
      return letter === '('
        ? readLengthy(bytes, 'FS (')
        : foreign({ bytes, name: `FS ${letter}`, length: FS_LENGTHS[letter] });
    case 0x1d:
      return readGroup(bytes, letter);
    default:
      return undefined;
  }
}

function readEscape(bytes: Uint8Array, letter: string): Read | null | undefined {
  switch (letter) {
    case 'p':
      return bytes.length < 5 ? null : { command: { kind: 'drawer' }, length: 5 };
    case 'D': {
      const end = bytes.indexOf(0x00, 2);
      return end < 0 ? null : { command: { kind: 'foreign', name: 'ESC D' }, length: end + 1 };
    }
    case '*': {
      const [, , mode, low, high] = bytes;
      if (mode === undefined || low === undefined || high === undefined) return null;
      return picture({ bytes, name: 'ESC *', length: 5 + (low + 256 * high) * (mode < 2 ? 1 : 3) });
    }
    case '(':
      return readLengthy(bytes, 'ESC (');
    default:
      return foreign({ bytes, name: `ESC ${letter}`, length: ESC_LENGTHS[letter] });
  }
}

/** X pL pH and as many bytes as those two say. */
function readLengthy(bytes: Uint8Array, name: string): Read | null | undefined {
  const [, , , low, high] = bytes;
  if (low === undefined || high === undefined) return null;
  return foreign({ bytes, name, length: 5 + low + 256 * high });
}

function readGroup(bytes: Uint8Array, letter: string): Read | null | undefined {
  switch (letter) {
    case 'v': {
      const [, , , , xLow, xHigh, yLow, yHigh] = bytes;
      if (xLow === undefined || xHigh === undefined || yLow === undefined || yHigh === undefined) return null;
      return picture({ bytes, name: 'GS v 0', length: 8 + (xLow + 256 * xHigh) * (yLow + 256 * yHigh) });
    }
    case '*': {
      const [, , x, y] = bytes;
      if (x === undefined || y === undefined) return null;
      return picture({ bytes, name: 'GS *', length: 4 + x * y * 8 });
    }
    case '8': {
      if (bytes.length < 7) return null;
      return picture({ bytes, name: 'GS 8 L', length: 7 + Buffer.from(bytes).readUInt32LE(3) });
    }
    case 'k': {
      // Function A: the data ends at a NUL.
      const end = bytes.indexOf(0x00, 3);
      return end < 0 ? null : { command: { kind: 'foreign', name: 'GS k, function A' }, length: end + 1 };
    }
    case '(': {
      const [, , which, low, high] = bytes;
      if (which === undefined || low === undefined || high === undefined) return null;
      const length = 5 + low + 256 * high;
      const name = `GS ( ${String.fromCharCode(which)}`;
      return name === 'GS ( L' ? picture({ bytes, name, length }) : foreign({ bytes, name, length });
    }
    default:
      return foreign({ bytes, name: `GS ${letter}`, length: GS_LENGTHS[letter] });
  }
}

type Sized = { readonly bytes: Uint8Array; readonly name: string; readonly length: number | undefined };

function foreign({ bytes, name, length }: Sized): Read | null | undefined {
  if (length === undefined) return undefined;
  return bytes.length < length ? null : { command: { kind: 'foreign', name }, length };
}

function picture({ bytes, name, length = 0 }: Sized): Read | null {
  return bytes.length < length ? null : { command: { kind: 'picture', name }, length };
}
