// A strip's parts become the printer's bytes: text in the pages it has, symbols that fit, cuts where the blade stands.
import thermal from 'node-thermal-printer';
import type { Serial } from '../domain/ids.ts';
import type { ReceiptElement, ReceiptPart, TextRun } from '../receipt/elements.ts';
import { commandSetOf, type CommandSet } from './command-set.ts';
import { fitLine } from './fit-columns.ts';
import { placeCuts, type PlacedElement, type PlacedPart } from './place-cuts.ts';
import { fitQr, type FittedQr } from './qr-code.ts';
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
  const placed = placeCuts({ parts: fitted, profile, dotsOf });
  const composed = placed.map((part, i) => composePart(part, { profile, logo: i === 0 ? profile.logo : null }));
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

type Paper = { readonly profile: PrinterProfile; readonly logo: string | null };

function composePart(part: PlacedPart, { profile, logo }: Paper): ComposedPart {
  const composer = new PartComposer(profile);
  if (logo !== null) composer.logo(logo);
  for (const element of part.elements) composer.add(element);
  return { serial: part.serial, ...composer.finish() };
}

/** Font A is this high in every model. */
const FONT_HEIGHT_DOTS = 24;

function dotsOfElement(element: PlacedElement, profile: PrinterProfile): number {
  switch (element.kind) {
    case 'line': {
      const tallest = Math.max(1, ...element.runs.filter(({ text }) => text !== '').map((run) => run.height));
      return Math.max(commandSetOf(profile).lineDots, tallest * FONT_HEIGHT_DOTS);
    }
    case 'symbol':
      return Math.min(255, Math.max(24, Math.round(element.heightMm * profile.dotsPerMm)));
    case 'qr':
      return qrOf(element.text, profile).sideDots;
    case 'feed':
      return (stepsOf(element.millimetres, profile) / stepsPerInch(profile)) * 25.4 * profile.dotsPerMm;
    case 'cut':
      return element.place === 'feed' ? profile.cutterDistanceMm * profile.dotsPerMm : 0;
  }
}

function qrOf(text: string, profile: PrinterProfile): FittedQr {
  return fitQr({ data: Buffer.from(text, 'utf8'), level: 'M', profile });
}

function stepsOf(millimetres: number, profile: PrinterProfile): number {
  return Math.round((millimetres / 25.4) * stepsPerInch(profile));
}

function stepsPerInch(profile: PrinterProfile): number {
  return commandSetOf(profile).stepsPerInch(profile);
}

/**
 * The library puts its commands together; what it gets wrong is not asked of it: it would choose pages the printer lacks,
 * cut in its own way, and let control bytes in names through.
 */
class PartComposer {
  readonly #profile: PrinterProfile;
  readonly #commands: CommandSet;
  readonly #out;
  #dots = 0;
  #page;
  #size = { width: 1, height: 1 };
  #isBold = false;

  constructor(profile: PrinterProfile) {
    const type = profile.commands === 'star-line' ? thermal.types.STAR : thermal.types.EPSON;
    this.#profile = profile;
    this.#commands = commandSetOf(profile);
    this.#out = new thermal.printer({ type, interface: '' });
    this.#page = firstPage(profile);
    this.#bytes(this.#commands.begin({ profile, slot: slotOf(profile, this.#page) ?? 0 }));
  }

  /** Its height is the printer's secret: millimetres are told without it. The cuts come after it, and are not moved by it. */
  logo(key: string): void {
    this.#centred(this.#commands.logo(key));
  }

  add(element: PlacedElement): void {
    this.#dots += dotsOfElement(element, this.#profile);
    switch (element.kind) {
      case 'line':
        return this.#line(element.runs);
      case 'symbol':
        return this.#symbol(element);
      case 'qr':
        return this.#centred(qrOf(element.text, this.#profile).bytes);
      case 'feed':
        return this.#bytes(this.#commands.feed(stepsOf(element.millimetres, this.#profile)));
      case 'cut':
        return this.#bytes(this.#commands.cut(element));
    }
  }

  finish(): { bytes: Uint8Array; millimetres: number } {
    return { bytes: Uint8Array.from(this.#out.getBuffer()), millimetres: this.#dots / this.#profile.dotsPerMm };
  }

  #line(runs: readonly TextRun[]): void {
    for (const run of runs) {
      this.#style(run);
      for (const { page, bytes } of encodeText({ text: run.text, profile: this.#profile, page: this.#page })) {
        if (page !== this.#page) this.#bytes(this.#commands.codePage(slotOf(this.#profile, page) ?? 0));
        this.#page = page;
        this.#bytes(bytes);
      }
    }
    this.#out.newLine();
  }

  #style({ width, height, bold }: TextRun): void {
    if (width !== this.#size.width || height !== this.#size.height) {
      this.#bytes(this.#commands.size({ width, height }));
      this.#size = { width, height };
    }
    if (bold !== this.#isBold) this.#out.bold(bold);
    this.#isBold = bold;
  }

  #symbol(element: Extract<PlacedElement, { kind: 'symbol' }>): void {
    const symbol = fitSymbol(element.code, this.#profile);
    this.#centred(this.#commands.symbol({ symbol, heightDots: dotsOfElement(element, this.#profile) }));
  }

  #centred(bytes: readonly number[] | Uint8Array): void {
    this.#out.alignCenter();
    this.#bytes(bytes);
    this.#out.alignLeft();
  }

  #bytes(bytes: readonly number[] | Uint8Array): void {
    this.#out.add(Buffer.from(bytes));
  }
}
