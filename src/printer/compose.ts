// A strip's parts become the printer's bytes: text in the pages it has, symbols that fit, cuts where the blade stands.
import thermal from 'node-thermal-printer';
import type { Serial } from '../domain/ids.ts';
import type { ReceiptElement, ReceiptPart, TextRun } from '../receipt/elements.ts';
import { fitLine } from './fit-columns.ts';
import { placeCuts, type PlacedElement, type PlacedPart } from './place-cuts.ts';
import { slotOf } from './profile.ts';
import type { PrinterProfile } from './profile.ts';
import { fitSymbol } from './symbology.ts';
import { encodeText, firstPage } from './text.ts';

/** What is sent for one part, up to its own cut; the next part's first lines are in it, printed while this one waits for the blade. */
export type ComposedPart = {
  readonly serial: Serial | null;
  readonly bytes: Uint8Array;
  /** Paper these bytes move. */
  readonly millimetres: number;
};

export type ComposedStrip = {
  readonly parts: readonly ComposedPart[];
  readonly bytes: number;
  readonly millimetres: number;
};

/**
 * Every part begins with ESC @ and sets everything it needs, so that it prints right whatever came before it.
 * @throws TillError SYMBOL_TOO_WIDE, SYMBOL_INVALID, before a byte of the strip exists
 */
export function composeStrip({ parts, profile }: StripToCompose): ComposedStrip {
  const fitted = parts.map((part) => ({ ...part, elements: part.elements.flatMap((of) => fitElement(of, profile)) }));
  const dotsOf = (element: PlacedElement): number => dotsOfElement(element, profile);
  const composed = placeCuts({ parts: fitted, profile, dotsOf }).map((part) => composePart(part, profile));
  return {
    parts: composed,
    bytes: composed.reduce((sum, part) => sum + part.bytes.length, 0),
    millimetres: composed.reduce((sum, part) => sum + part.millimetres, 0),
  };
}

export type StripToCompose = { readonly parts: readonly ReceiptPart[]; readonly profile: PrinterProfile };

function fitElement(element: ReceiptElement, profile: PrinterProfile): readonly ReceiptElement[] {
  if (element.kind !== 'line') return [element];
  return fitLine(element.runs, profile).map((runs) => ({ kind: 'line', runs }));
}

function composePart(part: PlacedPart, profile: PrinterProfile): ComposedPart {
  const composer = new PartComposer(profile);
  for (const element of part.elements) composer.add(element);
  return { serial: part.serial, ...composer.finish() };
}

/** Font A is this high in every model. */
const FONT_HEIGHT_DOTS = 24;
/** Set by us: the cuts are counted from it, models differ in theirs, and what they have (30) is paper for nothing. */
const LINE_DOTS = 27;

function dotsOfElement(element: PlacedElement, profile: PrinterProfile): number {
  switch (element.kind) {
    case 'line': {
      const tallest = Math.max(1, ...element.runs.filter(({ text }) => text !== '').map((run) => run.height));
      return Math.max(LINE_DOTS, tallest * FONT_HEIGHT_DOTS);
    }
    case 'symbol':
      return Math.min(255, Math.max(24, Math.round(element.heightMm * profile.dotsPerMm)));
    case 'feed':
      return (stepsOf(element.millimetres, profile) / profile.feedStepsPerInch) * 25.4 * profile.dotsPerMm;
    case 'cut':
      return element.place === 'feed' ? profile.cutterDistanceMm * profile.dotsPerMm : 0;
  }
}

/** Of ESC J. */
function stepsOf(millimetres: number, { feedStepsPerInch }: PrinterProfile): number {
  return Math.round((millimetres / 25.4) * feedStepsPerInch);
}

/**
 * The library puts its commands together; what it gets wrong is not asked of it: it would choose pages the printer lacks,
 * cut in its own way, and let control bytes in names through.
 */
class PartComposer {
  readonly #profile: PrinterProfile;
  readonly #out = new thermal.printer({ type: thermal.types.EPSON, interface: '' });
  #dots = 0;
  #page;
  #size = { width: 1, height: 1 };
  #isBold = false;

  constructor(profile: PrinterProfile) {
    this.#profile = profile;
    this.#page = firstPage(profile);
    this.#bytes(0x1b, 0x40);
    // FS . after ESC @, which may switch Chinese on again, and before any text.
    if (profile.cancelsKanji) this.#bytes(0x1c, 0x2e);
    // ESC R 0: no national character in place of # $ @ [ \ ] ^ ` { | } ~.
    this.#bytes(0x1b, 0x52, 0x00);
    this.#bytes(0x1b, 0x74, slotOf(profile, this.#page) ?? 0);
    this.#bytes(0x1b, 0x33, stepsOf(LINE_DOTS / profile.dotsPerMm, profile));
  }

  add(element: PlacedElement): void {
    this.#dots += dotsOfElement(element, this.#profile);
    switch (element.kind) {
      case 'line':
        return this.#line(element.runs);
      case 'symbol':
        return this.#symbol(element);
      case 'feed':
        return this.#feed(stepsOf(element.millimetres, this.#profile));
      case 'cut':
        return this.#cut(element);
    }
  }

  finish(): { bytes: Uint8Array; millimetres: number } {
    return { bytes: Uint8Array.from(this.#out.getBuffer()), millimetres: this.#dots / this.#profile.dotsPerMm };
  }

  #line(runs: readonly TextRun[]): void {
    for (const run of runs) {
      this.#style(run);
      for (const { page, bytes } of encodeText({ text: run.text, profile: this.#profile, page: this.#page })) {
        if (page !== this.#page) this.#bytes(0x1b, 0x74, slotOf(this.#profile, page) ?? 0);
        this.#page = page;
        this.#bytes(...bytes);
      }
    }
    this.#out.newLine();
  }

  #style({ width, height, bold }: TextRun): void {
    if (width !== this.#size.width || height !== this.#size.height) {
      this.#bytes(0x1d, 0x21, ((width - 1) << 4) | (height - 1));
      this.#size = { width, height };
    }
    if (bold !== this.#isBold) this.#out.bold(bold);
    this.#isBold = bold;
  }

  #symbol(element: Extract<PlacedElement, { kind: 'symbol' }>): void {
    const symbol = fitSymbol(element.code, this.#profile);
    this.#out.alignCenter();
    this.#bytes(0x1d, 0x48, 0x00); // GS H: no text beneath, the strip has its own
    this.#bytes(0x1d, 0x68, dotsOfElement(element, this.#profile));
    this.#bytes(0x1d, 0x77, symbol.moduleDots);
    this.#bytes(0x1d, 0x6b, symbol.symbology, symbol.data.length, ...symbol.data);
    this.#out.alignLeft();
  }

  #feed(steps: number): void {
    for (let left = steps; left > 0; left -= 255) this.#bytes(0x1b, 0x4a, Math.min(left, 255));
  }

  /** GS V is obeyed at the start of a line only, and every element ends there. Function A cuts where the paper stands. */
  #cut({ cut, place }: Extract<PlacedElement, { kind: 'cut' }>): void {
    if (place === 'here') this.#bytes(0x1d, 0x56, cut === 'full' ? 0x00 : 0x01);
    else this.#bytes(0x1d, 0x56, cut === 'full' ? 0x41 : 0x42, 0x00);
  }

  #bytes(...bytes: readonly number[]): void {
    this.#out.add(Buffer.from(bytes));
  }
}
