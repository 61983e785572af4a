// The paper that came out, coupon by coupon, as whoever picks it up reads it: name, serial in fours, and what the bars say.
import type { EscposCommand } from '../../../src/printer/escpos-command.ts';
import type { Complaint, Mark, Piece } from '../../../src/printer/paper-marks.ts';
import type { PrinterProfile } from '../../../src/printer/profile.ts';
import { writeOut } from '../../../src/printer/simulated/picture.ts';
import { STRIP_TEXTS } from '../../../src/receipt/texts.ts';

/** Bars that stand on paper. */
export type Drawn = {
  readonly gcn: string;
  readonly serial: string;
  /** YYMMDD. */
  readonly expiry: string;
  readonly isCopy: boolean;
  readonly atMs: number;
  /** The printer's word that it is out reached somebody; null while it has not. */
  answeredAtMs: number | null;
  /** A new roll was put in between its first line and its last. */
  hasTwoRolls: boolean;
  /** All that stands on the piece of paper the bars are on; null while it is in the printer. */
  text: string | null;
  strip: number | null;
};

export const COPY = `*** ${STRIP_TEXTS.fi.copy} ***`;
/** FNC1, (17) last day, (255) number and serial. */
const CODE = /^\]17(\d{6})255(\d{13})(\d{12})$/;
/** So many whole strips are kept to be drawn and read by another program. */
const MOST_SAMPLES = 4;

export class KeptPaper {
  readonly profile: PrinterProfile;
  readonly all: Drawn[] = [];
  readonly #waiting = new Map<string, Drawn>();
  /** What was complained of, and how often. */
  readonly complaints = new Map<string, number>();
  readonly samples: (readonly Piece[])[] = [];
  strips = 0;
  pieces = 0;
  /** Bars that are no coupon's. */
  readonly strangers: string[] = [];
  #unanswered: Drawn[] = [];
  #line = '';
  #isMarked = false;
  #strip: Piece[] = [];
  #wholeStrips = 0;
  #isNewRoll = false;

  constructor(profile: PrinterProfile) {
    this.profile = profile;
  }

  /** Every line as it is printed: the mark of a copy stands above its coupon. */
  printing(command: EscposCommand): void {
    if (command.kind === 'initialise') this.#line = '';
    // The last words of a copy are marked as well.
    if (command.kind === 'cut' && command.cut === 'full') this.#isMarked = false;
    if (command.kind === 'text') this.#line += Buffer.from(command.bytes).toString('latin1');
    if (command.kind !== 'line-feed') return;
    if (this.#line.includes(COPY)) this.#isMarked = true;
    this.#line = '';
  }

  drawn(mark: Mark | null): void {
    const isCopy = this.#isMarked;
    this.#isMarked = false;
    // After a power cut it has forgotten how wide the bars are to be, and draws none: that coupon is not on paper.
    if (mark?.kind !== 'symbol') return this.#complain('no-bars');
    const code = CODE.exec(mark.content);
    if (code === null) {
      this.strangers.push(mark.content);
      return;
    }
    const [, expiry = '', gcn = '', serial = ''] = code;
    const one: Drawn = {
      expiry,
      gcn,
      serial,
      isCopy,
      atMs: performance.now(),
      answeredAtMs: null,
      hasTwoRolls: this.#isNewRoll,
      text: null,
      strip: null,
    };
    this.#isNewRoll = false;
    this.all.push(one);
    this.#unanswered.push(one);
    this.#waiting.set(serial, one);
  }

  /** What was being printed goes on on another paper. */
  newRoll(): void {
    this.#isNewRoll = true;
    for (const one of this.#waiting.values()) one.hasTwoRolls = true;
  }

  /** A control: the printer will say that these bars are out. */
  pretend(): void {
    this.#isMarked = false;
  }

  /** Serials printed since the host asked the last time. */
  takeUnanswered(): readonly string[] {
    const serials = this.#unanswered.map(({ serial }) => serial);
    this.#unanswered = [];
    return serials;
  }

  answered(serials: readonly string[]): void {
    for (const serial of serials) {
      const one = this.all.findLast((drawn) => drawn.serial === serial);
      if (one !== undefined) one.answeredAtMs ??= performance.now();
    }
  }

  take(piece: Piece): void {
    if (piece.marks.length === 0) return;
    this.pieces++;
    this.#strip.push(piece);
    const text = writeOut({ pieces: [piece], profile: this.profile });
    for (const mark of piece.marks) {
      const serial = mark.kind === 'symbol' ? CODE.exec(mark.content)?.[3] : undefined;
      const one = serial === undefined ? undefined : this.#waiting.get(serial);
      if (one === undefined) continue;
      this.#waiting.delete(one.serial);
      one.text = text;
      one.strip = this.strips;
    }
  }

  /** The last piece is off: what was printed together goes into one hand. */
  endStrip(): void {
    if (this.#strip.length === 0) return;
    // Eight pieces: nothing happened to it.
    if (this.#strip.length === 8 && this.#wholeStrips++ % 5 === 0 && this.samples.length < MOST_SAMPLES)
      this.samples.push(this.#strip);
    this.#strip = [];
    this.strips++;
  }

  complain(complaints: readonly Complaint[]): void {
    for (const { kind } of complaints) this.#complain(kind);
  }

  #complain(kind: string): void {
    this.complaints.set(kind, (this.complaints.get(kind) ?? 0) + 1);
  }
}
