// What a strip needs, in ESC/POS (Epson, ESC/POS application programming guide for paper roll printers).
import type { CommandSet } from './command-set.ts';

/** Set by us: the cuts are counted from it, models differ in theirs, and what they have (30) is paper for nothing. */
const LINE_DOTS = 27;

export const ESCPOS: CommandSet = {
  lineDots: LINE_DOTS,
  stepsPerInch: ({ feedStepsPerInch }) => feedStepsPerInch,
  begin: ({ profile, slot }) => [
    ...[0x1b, 0x40],
    // FS . after ESC @, which may switch Chinese on again, and before any text.
    ...(profile.cancelsKanji ? [0x1c, 0x2e] : []),
    // ESC R 0: no national character in place of # $ @ [ \ ] ^ ` { | } ~.
    ...[0x1b, 0x52, 0x00],
    ...[0x1b, 0x74, slot],
    ...[0x1b, 0x33, Math.round((LINE_DOTS / profile.dotsPerMm / 25.4) * profile.feedStepsPerInch)],
  ],
  codePage: (slot) => [0x1b, 0x74, slot],
  size: ({ width, height }) => [0x1d, 0x21, ((width - 1) << 4) | (height - 1)],
  symbol: ({ symbol, heightDots }) => [
    ...[0x1d, 0x48, 0x00], // GS H: no text beneath, the strip has its own
    ...[0x1d, 0x68, heightDots],
    ...[0x1d, 0x77, symbol.moduleDots],
    ...[0x1d, 0x6b, symbol.symbology, symbol.data.length, ...symbol.data],
  ],
  /** GS ( L, function 69: the picture of that key, in its own size. */
  logo: (key) => [0x1d, 0x28, 0x4c, 6, 0, 0x30, 0x45, ...Buffer.from(key, 'latin1').subarray(0, 2), 1, 1],
  feed: (steps) => pieces(steps).flatMap((some) => [0x1b, 0x4a, some]),
  /** GS V is obeyed at the start of a line only, and every element ends there. Function A cuts where the paper stands. */
  cut: ({ cut, place }) => {
    if (place === 'here') return [0x1d, 0x56, cut === 'full' ? 0x00 : 0x01];
    return [0x1d, 0x56, cut === 'full' ? 0x41 : 0x42, 0x00];
  },
};

/** A feed takes one byte. */
export function pieces(steps: number): readonly number[] {
  const all: number[] = [];
  for (let left = steps; left > 0; left -= 255) all.push(Math.min(left, 255));
  return all;
}
