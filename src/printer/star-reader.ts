// Reads a stream of Star line mode, strictly, into the commands that ESC/POS is read into as well.
import type { EscposCommand } from './escpos-command.ts';
import type { Read } from './escpos-foreign.ts';

/** ESC 1 and ESC z 1: the two line feeds there are, in dots of 8 a millimetre. */
const LINE_3_MM = 24;
const LINE_4_MM = 32;

/** The command is not whole yet. */
const HALF = null;

export function readStarCommand(bytes: Uint8Array): Read | null {
  const first = bytes[0] ?? 0;
  switch (first) {
    case 0x00:
    // RS ends the data of a bar code; alone it does nothing.
    case 0x1e:
      return { command: { kind: 'nothing' }, length: 1 };
    case 0x0a:
      return { command: { kind: 'line-feed' }, length: 1 };
    case 0x17:
      return { command: { kind: 'count' }, length: 1 };
    case 0x18:
      return { command: { kind: 'cancel' }, length: 1 };
    // BEL, FS, EM, SUB: external devices, as the cash drawer is one.
    case 0x07:
    case 0x1c:
    case 0x19:
    case 0x1a:
      return { command: { kind: 'drawer' }, length: 1 };
    case 0x1b:
      return readEscape(bytes);
  }
  if (first < 0x20 || first === 0x7f) return unknown(bytes, 1);
  let length = 1;
  while (length < bytes.length && (bytes[length] ?? 0) >= 0x20 && bytes[length] !== 0x7f) length++;
  return { command: { kind: 'text', bytes: bytes.slice(0, length) }, length };
}

function readEscape(bytes: Uint8Array): Read | null {
  const [, second, n, m] = bytes;
  if (second === undefined) return HALF;
  switch (second) {
    case 0x40:
      return { command: { kind: 'initialise' }, length: 2 };
    case 0x31:
      return { command: { kind: 'line-spacing', steps: LINE_3_MM }, length: 2 };
    case 0x45:
    case 0x46:
      return { command: { kind: 'bold', isOn: second === 0x45 }, length: 2 };
    case 0x62:
      return readSymbol(bytes);
  }
  if (n === undefined) return HALF;
  switch (second) {
    case 0x06:
      return n === 0x01 ? { command: { kind: 'real-time', function: 6, argument: n }, length: 3 } : unknown(bytes, 3);
    case 0x52:
      return { command: { kind: 'national-set', set: n }, length: 3 };
    case 0x49:
      return { command: { kind: 'feed-steps', steps: n }, length: 3 };
    case 0x4a:
      return { command: { kind: 'feed-steps', steps: 2 * n }, length: 3 };
    case 0x7a:
      return { command: { kind: 'line-spacing', steps: (n & 1) === 1 ? LINE_4_MM : LINE_3_MM }, length: 3 };
    case 0x64:
      return readCut(bytes, n >= 48 ? n - 48 : n);
  }
  if (m === undefined) return second === 0x69 || second === 0x1d || second === 0x1e ? HALF : unknown(bytes, 2);
  if (second === 0x69) return { command: { kind: 'size', width: (m & 7) + 1, height: (n & 7) + 1 }, length: 4 };
  const command = second === 0x1d ? readGroup(n, m) : second === 0x1e ? readRecord(n, m) : null;
  return command === null ? unknown(bytes, 2) : { command, length: 4 };
}

function readGroup(letter: number, n: number): EscposCommand | null {
  if (letter === 0x74) return { kind: 'code-page', slot: n };
  const to = (['left', 'centre', 'right'] as const)[n >= 48 ? n - 48 : n];
  return letter === 0x61 && to !== undefined ? { kind: 'align', to } : null;
}

function readRecord(letter: number, n: number): EscposCommand | null {
  if (letter === 0x61) return { kind: 'automatic-status', mask: n };
  return letter === 0x45 ? { kind: 'reset-count' } : null;
}

function readCut(bytes: Uint8Array, n: number): Read {
  if (n > 3) return unknown(bytes, 3);
  return { command: { kind: 'cut', cut: n % 2 === 0 ? 'full' : 'partial', feedSteps: n < 2 ? null : 0 }, length: 3 };
}

/** ESC b n1 n2 n3 n4 d1…dk RS */
function readSymbol(bytes: Uint8Array): Read | null {
  const end = bytes.indexOf(0x1e, 6);
  if (end < 0) return HALF;
  const [, , kind = 0, text = 0, mode = 0, heightDots = 0] = bytes;
  const length = end + 1;
  const data = Buffer.from(bytes.subarray(6, end)).toString('latin1');
  const moduleDots = (mode >= 48 ? mode - 48 : mode) + 1;
  const look = { moduleDots, heightDots };
  // With text beneath, or without a feed after it, no strip of ours is.
  if (text !== 0x31 && text !== 0x01) return unknown(bytes, length);
  if (kind === 0x33 || kind === 0x03) {
    return { command: { kind: 'symbol', symbology: 67, data: Buffer.from(data, 'latin1'), look }, length };
  }
  const code128 = kind === 0x36 || kind === 0x06 ? code128Of(data) : null;
  return code128 === null
    ? unknown(bytes, length)
    : { command: { kind: 'symbol', symbology: 73, data: code128, look }, length };
}

/** With its sets named as GS k 73 names them; null where no start is named, or a pair is not whole. */
function code128Of(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let set: 'A' | 'B' | 'C' | null = null;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '%') {
      const next = text[++i] ?? '';
      const start = ({ '6': 'A', '7': 'B', '8': 'C' } as const)[next];
      if (start !== undefined && set === null) {
        set = start;
        bytes.push(0x7b, start.charCodeAt(0));
      } else if (next === '1' && set !== null) bytes.push(0x7b, 0x31);
      else if (next === '0' && set !== null && set !== 'C') bytes.push(0x25);
      else return null;
    } else if (set === 'C') {
      const pair = text.slice(i, i + 2);
      if (!/^\d\d$/.test(pair)) return null;
      bytes.push(Number(pair));
      i++;
    } else if (set === null) return null;
    else bytes.push(...(character === '{' ? [0x7b, 0x7b] : [character.charCodeAt(0)]));
  }
  return Uint8Array.from(bytes);
}

function unknown(bytes: Uint8Array, length: number): Read {
  return { command: { kind: 'unknown', bytes: bytes.slice(0, length) }, length };
}
