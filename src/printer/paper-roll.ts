// What commands put on paper: they move it, mark it and cut it, dot by dot. The verifier, the simulated printer and the
// picture are built on it.
//
//      paper end  |.....piece.....|~~~ blade ~~~|...distance...|=== head ===|   roll
//
// The blade stands before the head: what is cut off without feeding still has the last lines behind the blade.
import { decodeByte } from './code-pages.ts';
import type { CodePageName } from './code-pages.ts';
import type { EscposCommand } from './escpos-command.ts';
import type { FlawKind } from './flaw.ts';
import { heightOf, type Complaint, type Mark, type Piece } from './paper-marks.ts';
import { pageInSlot } from './profile.ts';
import type { PrinterProfile } from './profile.ts';
import { QrMemory } from './qr-memory.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH } from './simulated/font.ts';
import { drawSymbol } from './symbol-modules.ts';

type Run = Extract<Mark, { kind: 'text' }>;
type TwoDimensional = Extract<EscposCommand, { kind: 'two-dimensional' }>;

export class PaperRoll {
  readonly #profile: PrinterProfile;
  readonly #distance: number;
  readonly pieces: Piece[] = [];
  /** What a careful printer would have complained about, in order. */
  readonly complaints: Complaint[] = [];
  #marks: Mark[] = [];
  #line: Run[] = [];
  #lineWidth = 0;
  #headY: number;
  #cutY = 0;
  #page: CodePageName | null = null;
  #align: 'left' | 'centre' | 'right' = 'left';
  #isBold = false;
  #scale = { width: 1, height: 1 };
  #lineDots: number;
  #symbol = { heightDots: 162, moduleDots: 3, textPlace: 0 };
  #readsChinese: boolean;
  readonly #qr = new QrMemory();

  constructor(profile: PrinterProfile) {
    this.#profile = profile;
    this.#distance = Math.round(profile.cutterDistanceMm * profile.dotsPerMm);
    this.#headY = this.#distance;
    this.#lineDots = profile.lineDots;
    this.#readsChinese = profile.cancelsKanji;
    this.#page = pageInSlot(profile, 0);
  }

  apply(command: EscposCommand): void {
    switch (command.kind) {
      case 'text':
        return this.#text(command.bytes);
      case 'line-feed':
        return this.#endLine();
      case 'initialise':
      case 'cancel':
        return this.#initialise();
      case 'code-page':
        this.#page = pageInSlot(this.#profile, command.slot);
        if (this.#page === null)
          this.#complain('wrong-page', `ESC t ${command.slot} is a code page the profile does not know`);
        return;
      case 'national-set':
        if (command.set !== 0)
          this.#complain('national-set', `ESC R ${command.set} changes what # $ @ and brackets look like`);
        return;
      case 'align':
        this.#align = command.to;
        return;
      case 'bold':
        this.#isBold = command.isOn;
        return;
      case 'size':
        this.#scale = { width: command.width, height: command.height };
        return;
      case 'line-spacing':
        this.#lineDots = command.steps === null ? this.#profile.lineDots : this.#dotsOf(command.steps);
        return;
      case 'feed-steps':
        if (this.#line.length > 0) this.#endLine();
        this.#headY += this.#dotsOf(command.steps);
        return;
      case 'feed-lines':
        if (this.#line.length > 0) this.#endLine();
        this.#headY += command.lines * this.#lineDots;
        return;
      case 'symbol-text':
        this.#symbol.textPlace = command.place;
        return;
      case 'symbol-height':
        this.#symbol.heightDots = command.dots;
        return;
      case 'symbol-module':
        this.#symbol.moduleDots = command.dots;
        return;
      case 'symbol':
        return this.#drawSymbol(command);
      case 'cut':
        return this.#cut(command.cut, command.feedSteps);
      case 'cancel-kanji':
        this.#readsChinese = false;
        return;
      case 'unknown':
        this.#complain('unknown-command', `unknown command ${Buffer.from(command.bytes).toString('hex')}`);
        return;
      case 'two-dimensional':
        return this.#drawSquare(command);
      case 'drawer':
        return this.#complain('drawer', 'the cash drawer opens');
      case 'picture':
        return this.#complain('picture', `${command.name} is a picture of the host's`);
      case 'foreign':
        return this.#complain('foreign-command', `${command.name} is a command no strip needs`);
      case 'logo':
      case 'nothing':
      case 'ask-in-turn':
      case 'ask-identity':
      case 'ask-process':
      case 'count':
      case 'reset-count':
      case 'automatic-status':
      case 'real-time':
        return;
    }
  }

  /** The customer tears the paper off at the edge; what has not passed the edge stays. */
  tear(): void {
    this.#endPiece('torn');
  }

  /** No text stands in the line that was begun: a cut is obeyed, and a symbol drawn. */
  get isAtLineStart(): boolean {
    return this.#line.length === 0;
  }

  /** What was printed last and is not cut off yet. */
  get lastMark(): Mark | null {
    return this.#marks.at(-1) ?? null;
  }

  /** What hangs out of the printer, or is still under its lid, as if it were cut off below the last line. */
  hanging(): Piece | null {
    if (this.#marks.length === 0) return null;
    return { marks: this.#marks, fromY: this.#cutY, toY: this.#headY, cut: 'hanging' };
  }

  #initialise(): void {
    this.#line = [];
    this.#lineWidth = 0;
    this.#page = pageInSlot(this.#profile, 0);
    this.#align = 'left';
    this.#isBold = false;
    this.#scale = { width: 1, height: 1 };
    this.#lineDots = this.#profile.lineDots;
    this.#symbol = { heightDots: 162, moduleDots: 3, textPlace: 0 };
    this.#qr.forget();
    this.#readsChinese = this.#profile.cancelsKanji;
  }

  #text(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const width = GLYPH_WIDTH * this.#scale.width;
      if (this.#lineWidth + width > this.#profile.printableDots) {
        this.#complain('line-width', 'a line is wider than the paper and goes on in the next');
        this.#endLine();
      }
      this.#line.push({
        kind: 'text',
        text: this.#decode(byte),
        x: this.#lineWidth,
        y: this.#headY,
        widthScale: this.#scale.width,
        heightScale: this.#scale.height,
        isBold: this.#isBold,
      });
      this.#lineWidth += width;
    }
  }

  #decode(byte: number): string {
    if (byte < 0x80) return String.fromCharCode(byte);
    if (this.#readsChinese) this.#complain('chinese', `byte ${byte} is taken for Chinese: FS . is missing`);
    const character = this.#page === null || this.#readsChinese ? '\uFFFD' : decodeByte(this.#page, byte);
    if (character === '\uFFFD') this.#complain('unprintable', `byte ${byte} prints nothing certain`);
    return character;
  }

  #endLine(): void {
    const tallest = Math.max(1, ...this.#line.map(({ heightScale }) => heightScale)) * GLYPH_HEIGHT;
    const left = this.#leftOf(this.#lineWidth);
    for (const run of this.#line) {
      // Letters of every size stand on one line.
      const y = this.#headY + tallest - run.heightScale * GLYPH_HEIGHT;
      this.#marks.push({ ...run, x: run.x + left, y });
    }
    this.#line = [];
    this.#lineWidth = 0;
    this.#headY += Math.max(this.#lineDots, tallest);
  }

  #drawSymbol({ symbology, data, look }: Extract<EscposCommand, { kind: 'symbol' }>): void {
    const { textPlace } = this.#symbol;
    const { heightDots, moduleDots } = look ?? this.#symbol;
    if (this.#line.length > 0) return this.#complain('symbol-in-line', 'a symbol in the middle of a line is not drawn');
    if (textPlace !== 0) this.#complain('foreign-command', 'text at a symbol is not modelled');
    this.#headY += heightDots;
    const symbol = drawSymbol(symbology, data);
    if (symbol === null) return this.#complain('symbol-data', `symbol ${symbology} with wrong data is not drawn`);
    const width = symbol.modules.length * moduleDots;
    if (width > this.#profile.printableDots)
      return this.#complain('symbol-width', `a symbol of ${width} dots is too wide and not drawn`);
    this.#marks.push({
      kind: 'symbol',
      modules: symbol.modules,
      content: symbol.content,
      x: this.#leftOf(width),
      y: this.#headY - heightDots,
      moduleDots,
      heightDots,
    });
  }

  #drawSquare(command: TwoDimensional): void {
    if (command.code !== 49 || !this.#profile.symbologies.includes('qr'))
      return this.#complain('symbol-kind', `a symbol of GS ( k ${command.code} is not drawn`);
    const square = this.#qr.take(command);
    if (square === null) return;
    if (square === 'nothing')
      return this.#complain('symbol-data', 'a QR code of nothing, or of too much, is not drawn');
    if (this.#line.length > 0) return this.#complain('symbol-in-line', 'a symbol in the middle of a line is not drawn');
    if (square.sideDots > this.#profile.printableDots)
      return this.#complain('symbol-width', `a symbol of ${square.sideDots} dots is too wide and not drawn`);
    this.#marks.push({ kind: 'square', ...square, x: this.#leftOf(square.sideDots), y: this.#headY });
    this.#headY += square.sideDots;
  }

  #cut(cut: 'partial' | 'full', feedSteps: number | null): void {
    if (this.#line.length > 0) return this.#complain('cut-in-line', 'a cut in the middle of a line is ignored');
    if (!this.#profile.hasCutter) return this.#complain('no-cutter', 'there is no cutter');
    if (feedSteps !== null) this.#headY += this.#distance + this.#dotsOf(feedSteps);
    this.#endPiece(cut);
  }

  #endPiece(cut: Piece['cut']): void {
    const toY = Math.max(this.#cutY, this.#headY - this.#distance);
    const before = this.#marks.filter((mark) => mark.y < toY);
    if (before.some((mark) => mark.y + heightOf(mark) > toY))
      this.#complain('cut-through', 'the blade went through what was printed');
    this.pieces.push({ marks: before, fromY: this.#cutY, toY, cut });
    this.#marks = this.#marks.filter((mark) => mark.y >= toY);
    this.#cutY = toY;
  }

  #leftOf(width: number): number {
    const free = this.#profile.printableDots - width;
    if (this.#align === 'left') return 0;
    return this.#align === 'centre' ? Math.floor(free / 2) : free;
  }

  #dotsOf(steps: number): number {
    return Math.round((steps / this.#profile.feedStepsPerInch) * 25.4 * this.#profile.dotsPerMm);
  }

  #complain(kind: FlawKind, problem: string): void {
    this.complaints.push({ kind, problem });
  }
}
