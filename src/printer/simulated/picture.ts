// Paper as it can be looked at: the printed pieces as a picture, and as text with the codes written out.
import { readStream } from '../command-reader.ts';
import type { PrinterProfile } from '../profile.ts';
import { GLYPH_WIDTH, glyphOf } from './font.ts';
import { heightOf } from '../paper-marks.ts';
import { PaperRoll } from '../paper-roll.ts';
import type { Mark, Piece } from '../paper-marks.ts';
import { Bitmap } from './png.ts';
import { squareModules } from './square-modules.ts';

export type Paper = {
  readonly pieces: readonly Piece[];
  /** Empty for a stream a printer of this profile prints without a fault. */
  readonly problems: readonly string[];
};

/** What these bytes put on paper; a rest that is not cut off hangs. */
export function printOnPaper({ bytes, profile }: { bytes: Uint8Array; profile: PrinterProfile }): Paper {
  const roll = new PaperRoll(profile);
  for (const command of readStream(bytes, profile.commands)) roll.apply(command);
  if (!profile.hasCutter) roll.tear();
  const hanging = roll.hanging();
  const pieces = [...roll.pieces, ...(hanging === null ? [] : [hanging])].filter(({ marks }) => marks.length > 0);
  return { pieces, problems: roll.complaints.map(({ problem }) => problem) };
}

/** One picture of the pieces in order, as wide as the paper, its unprinted margins included: a PNG file. */
export function drawPaper({ pieces, profile }: { pieces: readonly Piece[]; profile: PrinterProfile }): Uint8Array {
  const height = pieces.reduce((sum, piece) => sum + piece.toY - piece.fromY, 0);
  const bitmap = new Bitmap(profile.paperDots, Math.max(1, height));
  const margin = Math.floor((profile.paperDots - profile.printableDots) / 2);
  let top = 0;
  for (const piece of pieces) {
    for (const mark of piece.marks) drawMark({ bitmap, mark, left: margin, top: top - piece.fromY });
    top += piece.toY - piece.fromY;
    if (piece.cut === 'partial') drawPerforation(bitmap, top - 2);
    if (piece.cut === 'full') bitmap.draw({ x: 0, y: top - 2, width: bitmap.width, height: 2 });
  }
  return bitmap.toPng();
}

/** The pieces as lines of text: double width is spelled out, a symbol is bars and what a scanner would say. */
export function writeOut({ pieces, profile }: { pieces: readonly Piece[]; profile: PrinterProfile }): string {
  const cutLine = '- '.repeat(Math.floor(profile.columns / 2)).trimEnd();
  return pieces
    .map((piece) => [...linesOf(piece.marks, profile), ...(piece.cut === 'partial' ? [cutLine] : [])].join('\n'))
    .join('\n');
}

/** "(17)261206(255)95…" of what a scanner says; anything else as it is. */
export function bracketed(content: string): string {
  if (!content.startsWith(']')) return content;
  let rest = content.slice(1);
  let text = '';
  while (rest !== '') {
    const element = /^(?:(17|15|11)(\d{6})|(01)(\d{14})|(255|10|21)([^\]]+)\]?)/.exec(rest);
    if (element === null) return content.replaceAll(']', '<FNC1>');
    const [whole, ...parts] = element;
    const [ai = '', value = ''] = parts.filter((part) => part !== undefined);
    text += `(${ai})${value}`;
    rest = rest.slice(whole.length);
  }
  return text;
}

type Drawing = { readonly bitmap: Bitmap; readonly mark: Mark; readonly left: number; readonly top: number };

function drawMark({ bitmap, mark, left, top }: Drawing): void {
  const x = left + mark.x;
  const y = top + mark.y;
  if (mark.kind === 'symbol') {
    for (const [i, isDark] of mark.modules.entries()) {
      if (isDark) bitmap.draw({ x: x + i * mark.moduleDots, y, width: mark.moduleDots, height: mark.heightDots });
    }
    return;
  }
  if (mark.kind === 'square') {
    const { moduleDots } = mark;
    for (const [row, modules] of squareModules(mark).entries()) {
      for (const [column, isDark] of modules.entries()) {
        const at = { x: x + column * moduleDots, y: y + row * moduleDots };
        if (isDark) bitmap.draw({ ...at, width: moduleDots, height: moduleDots });
      }
    }
    return;
  }
  const { widthScale, heightScale, isBold } = mark;
  for (const [row, bits] of glyphOf(mark.text).entries()) {
    for (let column = 0; column < GLYPH_WIDTH; column++) {
      if ((bits & (0x800 >> column)) === 0) continue;
      const width = widthScale + (isBold ? 1 : 0);
      bitmap.draw({ x: x + column * widthScale, y: y + row * heightScale, width, height: heightScale });
    }
  }
}

function drawPerforation(bitmap: Bitmap, y: number): void {
  for (let x = 6; x < bitmap.width; x += 24) bitmap.draw({ x, y, width: 12, height: 2 });
}

function linesOf(marks: readonly Mark[], profile: PrinterProfile): readonly string[] {
  const lines: string[] = [];
  let bottom: number | null = null;
  for (const mark of marks) {
    if (mark.kind === 'symbol') {
      lines.push(
        centred('|'.repeat(Math.floor(profile.columns * 0.85)), profile),
        centred(bracketed(mark.content), profile),
      );
      bottom = null;
      continue;
    }
    if (mark.kind === 'square') {
      lines.push(centred('[QR]', profile), centred(Buffer.from(mark.data).toString('utf8'), profile));
      bottom = null;
      continue;
    }
    const standsOn = mark.y + heightOf(mark);
    if (bottom !== standsOn) lines.push('');
    bottom = standsOn;
    const letter = mark.text + ' '.repeat(mark.widthScale - 1);
    lines[lines.length - 1] = (lines.at(-1) ?? '').padEnd(Math.round(mark.x / GLYPH_WIDTH)) + letter;
  }
  return lines.map((line) => line.trimEnd());
}

function centred(text: string, profile: PrinterProfile): string {
  return ' '.repeat(Math.max(0, Math.floor((profile.columns - text.length) / 2))) + text;
}
