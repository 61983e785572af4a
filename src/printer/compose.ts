// A strip's parts become the printer's bytes: text in the pages it has, symbols that fit, cuts at the start of a line.
import thermal from 'node-thermal-printer';
import type { Serial } from '../domain/ids.ts';
import type { CouponCode } from '../domain/strip.ts';
import type { ReceiptElement, ReceiptPart, TextRun } from '../receipt/elements.ts';
import { slotOf } from './profile.ts';
import type { PrinterProfile } from './profile.ts';
import { fitSymbol } from './symbology.ts';
import { encodeText, firstPage, printableText } from './text.ts';

export type ComposedPart = {
  readonly serial: Serial | null;
  readonly bytes: Uint8Array;
  /** Paper this part moves, its cut's feed included. */
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
  const composed = parts.map((part) => composePart(part, profile));
  return {
    parts: composed,
    bytes: composed.reduce((sum, part) => sum + part.bytes.length, 0),
    millimetres: composed.reduce((sum, part) => sum + part.millimetres, 0),
  };
}

export type StripToCompose = { readonly parts: readonly ReceiptPart[]; readonly profile: PrinterProfile };

function composePart(part: ReceiptPart, profile: PrinterProfile): ComposedPart {
  const composer = new PartComposer(profile);
  for (const element of part.elements) composer.add(element);
  return { serial: part.serial, ...composer.finish() };
}

/** Columns of font A are this wide and high in every model. */
const FONT_DOTS = { width: 12, height: 24 } as const;

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
  }

  add(element: ReceiptElement): void {
    switch (element.kind) {
      case 'line':
        return this.#line(element.runs);
      case 'symbol':
        return this.#symbol(element.code, element.heightMm);
      case 'feed':
        return this.#feed(element.millimetres);
      case 'cut':
        return this.#cut(element.cut);
    }
  }

  finish(): { bytes: Uint8Array; millimetres: number } {
    return { bytes: Uint8Array.from(this.#out.getBuffer()), millimetres: this.#dots / this.#profile.dotsPerMm };
  }

  #line(runs: readonly TextRun[]): void {
    const fitted = fitColumns(runs, this.#profile);
    for (const run of fitted) {
      this.#style(run);
      for (const { page, bytes } of encodeText({ text: run.text, profile: this.#profile, page: this.#page })) {
        if (page !== this.#page) this.#bytes(0x1b, 0x74, slotOf(this.#profile, page) ?? 0);
        this.#page = page;
        this.#bytes(...bytes);
      }
    }
    this.#out.newLine();
    const lines = Math.max(1, Math.ceil(columnsOf(fitted) / this.#profile.columns));
    const height = Math.max(1, ...fitted.filter(({ text }) => text !== '').map((run) => run.height));
    this.#dots += lines * Math.max(this.#profile.lineDots, height * FONT_DOTS.height);
  }

  #style({ width, height, bold }: TextRun): void {
    if (width !== this.#size.width || height !== this.#size.height) {
      this.#bytes(0x1d, 0x21, ((width - 1) << 4) | (height - 1));
      this.#size = { width, height };
    }
    if (bold !== this.#isBold) this.#out.bold(bold);
    this.#isBold = bold;
  }

  #symbol(code: CouponCode, heightMm: number): void {
    const symbol = fitSymbol(code, this.#profile);
    const heightDots = Math.min(255, Math.max(24, Math.round(heightMm * this.#profile.dotsPerMm)));
    this.#out.alignCenter();
    this.#bytes(0x1d, 0x48, 0x00); // GS H: no text beneath, the strip has its own
    this.#bytes(0x1d, 0x68, heightDots);
    this.#bytes(0x1d, 0x77, symbol.moduleDots);
    this.#bytes(0x1d, 0x6b, symbol.symbology, symbol.data.length, ...symbol.data);
    this.#out.alignLeft();
    this.#dots += heightDots;
  }

  #feed(millimetres: number): void {
    let steps = Math.round((millimetres / 25.4) * this.#profile.feedStepsPerInch);
    this.#dots += (steps / this.#profile.feedStepsPerInch) * 25.4 * this.#profile.dotsPerMm;
    for (; steps > 0; steps -= 255) this.#bytes(0x1b, 0x4a, Math.min(steps, 255));
  }

  /** GS V is obeyed at the start of a line only, and every element ends there. */
  #cut(cut: 'partial' | 'full'): void {
    const { hasCutter, columns, cutterDistanceMm, dotsPerMm } = this.#profile;
    if (hasCutter) {
      this.#bytes(0x1d, 0x56, cut === 'full' ? 0x41 : 0x42, 0x00);
      this.#dots += cutterDistanceMm * dotsPerMm;
      return;
    }
    const tearLine = '- '.repeat(Math.floor(columns / 2)).trimEnd();
    if (cut === 'partial') this.#line([{ text: tearLine, width: 1, height: 1, bold: false }]);
    else this.#feed(cutterDistanceMm);
  }

  #bytes(...bytes: readonly number[]): void {
    this.#out.add(Buffer.from(bytes));
  }
}

/**
 * Where reducing the text made a line too long ("€" to "EUR"), its padding gives way, and then the sign is one letter:
 * what is said is never cut off.
 */
function fitColumns(runs: readonly TextRun[], profile: PrinterProfile): readonly TextRun[] {
  const fitted = giveUpPadding(runs, profile);
  if (columnsOf(fitted) <= profile.columns) return fitted;
  return giveUpPadding(
    runs.map((run) => ({
      ...run,
      text: printableText('€', profile) === '€' ? run.text : run.text.replaceAll('€', 'e'),
    })),
    profile,
  );
}

function giveUpPadding(runs: readonly TextRun[], profile: PrinterProfile): readonly TextRun[] {
  const fitted = runs.map((run) => ({ ...run, text: printableText(run.text, profile) }));
  let excess = columnsOf(fitted) - profile.columns;
  while (excess > 0) {
    const padded = fitted
      .filter(({ text }) => text.includes('  '))
      .sort((a, b) => longestGap(b.text) - longestGap(a.text));
    const widest = padded[0];
    if (widest === undefined) break;
    const gap = longestGap(widest.text);
    widest.text = widest.text.replace(' '.repeat(gap), ' '.repeat(gap - 1));
    excess -= widest.width;
  }
  return fitted;
}

function longestGap(text: string): number {
  return Math.max(0, ...[...text.matchAll(/ +/g)].map(([gap]) => gap.length));
}

function columnsOf(runs: readonly TextRun[]): number {
  return runs.reduce((columns, run) => columns + [...run.text].length * run.width, 0);
}
