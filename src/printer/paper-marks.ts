// What is on paper: letters and symbols at their places, on pieces that were cut off.
import type { FlawKind } from './flaw.ts';
import { GLYPH_HEIGHT } from './simulated/font.ts';
import type { DrawnSquare } from './qr-memory.ts';

/** Something printed; x counts from the left printable dot, y along the roll. */
export type Mark =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly widthScale: number;
      readonly heightScale: number;
      readonly isBold: boolean;
    }
  | {
      readonly kind: 'symbol';
      readonly modules: readonly boolean[];
      /** What a scanner would say, FNC1 as "]". */
      readonly content: string;
      readonly x: number;
      readonly y: number;
      readonly moduleDots: number;
      readonly heightDots: number;
    }
  | ({ readonly kind: 'square'; readonly x: number; readonly y: number } & DrawnSquare);

/** A piece of paper: `torn` by hand, `hanging` still in the printer. */
export type Piece = {
  readonly marks: readonly Mark[];
  readonly fromY: number;
  readonly toY: number;
  readonly cut: 'partial' | 'full' | 'torn' | 'hanging';
};

export type Complaint = { readonly kind: FlawKind; readonly problem: string };

export function heightOf(mark: Mark): number {
  switch (mark.kind) {
    case 'text':
      return mark.heightScale * GLYPH_HEIGHT;
    case 'symbol':
      return mark.heightDots;
    case 'square':
      return mark.sideDots;
  }
}
