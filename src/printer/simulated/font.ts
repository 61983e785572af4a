// The simulated printer's letters: 12 by 24 dots, as on the printers themselves (font-12x24.LICENSE says whose they are).
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const GLYPH_WIDTH = 12;
export const GLYPH_HEIGHT = 24;

const fontSchema = z.object({
  width: z.literal(GLYPH_WIDTH),
  height: z.literal(GLYPH_HEIGHT),
  glyphs: z.record(z.string().regex(/^[0-9A-F]{4}$/), z.string().regex(/^[0-9A-F]{72}$/)),
});

let loaded: ReadonlyMap<string, readonly number[]> | null = null;

/** The rows of a character, 12 bits each, leftmost dot highest; a hollow box for one the font lacks. */
export function glyphOf(character: string): readonly number[] {
  loaded ??= load();
  return loaded.get(character) ?? HOLLOW_BOX;
}

const HOLLOW_BOX: readonly number[] = Array.from({ length: GLYPH_HEIGHT }, (_, y) => {
  if (y < 4 || y > 18) return 0;
  return y === 4 || y === 18 ? 0x7fe : 0x402;
});

function load(): ReadonlyMap<string, readonly number[]> {
  const text = readFileSync(new URL('./font-12x24.json', import.meta.url), 'utf8');
  const { glyphs } = fontSchema.parse(JSON.parse(text));
  return new Map(
    Object.entries(glyphs).map(([code, rows]) => [
      String.fromCodePoint(Number.parseInt(code, 16)),
      Array.from({ length: GLYPH_HEIGHT }, (_, y) => Number.parseInt(rows.slice(y * 3, y * 3 + 3), 16)),
    ]),
  );
}
