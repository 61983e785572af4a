// What a strip is made of once laid out: lines of text, symbols and cuts, with no bytes yet.
import type { CouponCode } from '../domain/strip.ts';
import type { Serial } from '../domain/ids.ts';

/** A stretch of text in one size; width 2 takes two columns a character. */
export type TextRun = {
  readonly text: string;
  readonly width: 1 | 2;
  readonly height: 1 | 2;
  readonly bold: boolean;
};

export type ReceiptElement =
  /** Already padded and wrapped to the printer's columns; an empty line has no runs. */
  | { readonly kind: 'line'; readonly runs: readonly TextRun[] }
  | { readonly kind: 'symbol'; readonly code: CouponCode; readonly heightMm: number }
  /** A square of dots a camera reads; for printers that draw it by themselves. */
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'feed'; readonly millimetres: number }
  /** On a printer without a cutter both become a tear line. */
  | { readonly kind: 'cut'; readonly cut: 'partial' | 'full' };

/** One piece of the strip up to and including its cut. */
export type ReceiptPart = {
  /** The coupon on this piece; null for the header and the footer. */
  readonly serial: Serial | null;
  readonly elements: readonly ReceiptElement[];
};
