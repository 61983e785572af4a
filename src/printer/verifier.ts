// A strict judge of printer bytes: would a printer of this profile print what they say, and nothing else? Ours are judged
// before they leave, and anybody's can be.
import type { EscposCommand } from './escpos-command.ts';
import { locateCommands, type LocatedCommand } from './command-reader.ts';
import type { Flaw, FlawKind } from './flaw.ts';
import type { Piece } from './paper-marks.ts';
import { PaperRoll } from './paper-roll.ts';
import type { PrinterProfile } from './profile.ts';
import { QR_QUIET_MODULES } from './qr-code.ts';
import { QUIET_MODULES } from './symbology.ts';

export type Verdict = {
  /** In the order of the stream; empty for a stream that is well. */
  readonly flaws: readonly Flaw[];
  /** What it puts on paper; what is not cut off is the last piece. */
  readonly pieces: readonly Piece[];
};

/** Judges a whole stream, from a printer at the start of a line whose code page is not known. */
export function verifyStream({ bytes, profile }: { bytes: Uint8Array; profile: PrinterProfile }): Verdict {
  const judge = new Judge(profile);
  let previous: EscposCommand | null = null;
  for (const located of locateCommands(bytes, profile.commands)) {
    judge.hear(located, previous);
    previous = located.command;
  }
  return judge.verdict(bytes.length);
}

class Judge {
  readonly #profile: PrinterProfile;
  readonly #roll: PaperRoll;
  readonly #flaws: Flaw[] = [];
  #hasPage = false;
  #module = 3;
  #complaintsSeen = 0;

  constructor(profile: PrinterProfile) {
    this.#profile = profile;
    this.#roll = new PaperRoll(profile);
  }

  hear({ at, command, isHalf }: LocatedCommand, previous: EscposCommand | null): void {
    const say = (kind: FlawKind, problem: string): void => void this.#flaws.push({ kind, at, problem });
    if (isHalf) return say('unfinished', 'the stream ends within a command');
    this.#roll.apply(command);
    for (const { kind, problem } of this.#roll.complaints.slice(this.#complaintsSeen)) say(kind, problem);
    this.#complaintsSeen = this.#roll.complaints.length;
    switch (command.kind) {
      case 'initialise':
      case 'cancel':
        this.#hasPage = false;
        this.#module = 3;
        return;
      case 'code-page':
        this.#hasPage = true;
        return;
      case 'symbol-module':
        this.#module = command.dots;
        return;
      case 'text':
        return this.#hearText(command.bytes, { say, previous });
      case 'symbol':
        return this.#hearSymbol(command, say);
      case 'two-dimensional':
        return this.#hearSquare(command, say);
      case 'line-feed':
      case 'nothing':
      case 'national-set':
      case 'align':
      case 'bold':
      case 'size':
      case 'feed-steps':
      case 'feed-lines':
      case 'line-spacing':
      case 'symbol-text':
      case 'symbol-height':
      case 'logo':
      case 'cut':
      case 'cancel-kanji':
      case 'ask-in-turn':
      case 'ask-identity':
      case 'ask-process':
      case 'count':
      case 'reset-count':
      case 'automatic-status':
      case 'real-time':
      case 'drawer':
      case 'picture':
      case 'foreign':
      case 'unknown':
        return;
    }
  }

  verdict(length: number): Verdict {
    if (!this.#roll.isAtLineStart) {
      this.#flaws.push({ kind: 'unfinished', at: length, problem: 'the stream ends within a line' });
    }
    const hanging = this.#roll.hanging();
    return { flaws: this.#flaws, pieces: hanging === null ? this.#roll.pieces : [...this.#roll.pieces, hanging] };
  }

  #hearText(bytes: Uint8Array, { say, previous }: { say: Say; previous: EscposCommand | null }): void {
    if (previous?.kind === 'symbol' || previous?.kind === 'two-dimensional') {
      say('length', 'text follows the data of a symbol at once: the length before the data is too small');
    }
    if (!this.#hasPage && bytes.some((byte) => byte >= 0x80)) {
      say('no-page', 'letters beyond ASCII, and no code page was chosen since ESC @');
    }
    if (isUtf8(bytes)) say('utf8', `"${Buffer.from(bytes).toString('utf8')}" is UTF-8, which no code page is`);
  }

  #hearSquare({ function: what, data }: Extract<EscposCommand, { kind: 'two-dimensional' }>, say: Say): void {
    if (what === 80 && hasRealTimeCommand(data)) {
      say('real-time-in-data', 'the data of a symbol spells a real-time command');
    }
    const mark = this.#roll.lastMark;
    if (what !== 81 || mark?.kind !== 'square') return;
    this.#hearQuiet({ x: mark.x, dots: mark.sideDots, wanted: QR_QUIET_MODULES * mark.moduleDots }, say);
  }

  #hearSymbol({ symbology, data, look }: Symbol, say: Say): void {
    const kind = symbology === 67 ? 'ean13' : symbology === 73 ? 'code128' : null;
    if (kind === null || !this.#profile.symbologies.includes(kind)) {
      return say('symbol-kind', `symbol ${symbology} is none this printer draws`);
    }
    if (hasRealTimeCommand(data)) say('real-time-in-data', 'the data of a symbol spells a real-time command');
    const moduleDots = look?.moduleDots ?? this.#module;
    if (moduleDots < 2 || moduleDots > this.#profile.maxModuleDots) {
      say('symbol-width', `modules of ${moduleDots} dots; the printer takes 2 to ${this.#profile.maxModuleDots}`);
    }
    const mark = this.#roll.lastMark;
    if (mark?.kind !== 'symbol') return;
    const wanted = QUIET_MODULES[symbology === 67 ? 67 : 73] * mark.moduleDots;
    this.#hearQuiet({ x: mark.x, dots: mark.modules.length * mark.moduleDots, wanted }, say);
  }

  /** Unprinted paper beside a symbol; the margin that is never printed on counts. */
  #hearQuiet({ x, dots, wanted }: { x: number; dots: number; wanted: number }, say: Say): void {
    const { paperDots, printableDots } = this.#profile;
    const left = x + Math.floor((paperDots - printableDots) / 2);
    const least = Math.min(left, paperDots - left - dots);
    if (least < wanted) say('symbol-width', `${least} dots are quiet beside a symbol, and ${wanted} must be`);
  }
}

type Symbol = Extract<EscposCommand, { kind: 'symbol' }>;
type Say = (kind: FlawKind, problem: string) => void;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Every byte beyond ASCII belongs to a character of UTF-8: in a single-byte page that would be a rare chance. */
function isUtf8(bytes: Uint8Array): boolean {
  if (!bytes.some((byte) => byte >= 0x80)) return false;
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    // Asking is the only way to know.
    return false;
  }
}

/** DLE with EOT, ENQ or DC4 and an argument that means something: obeyed wherever it stands. */
function hasRealTimeCommand(data: Uint8Array): boolean {
  return data.some((byte, i) => {
    const argument = data[i + 2] ?? 0;
    if (byte !== 0x10) return false;
    switch (data[i + 1]) {
      case 0x04:
        return (argument >= 1 && argument <= 8) || argument === 18;
      case 0x05:
        return argument <= 2;
      case 0x14:
        return argument >= 1 && argument <= 8;
      default:
        return false;
    }
  });
}
