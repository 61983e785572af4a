// What a strip needs, in Star line mode (Star Micronics, STAR Line Mode Command Specifications, chapter 3).
import { TillError } from '../domain/till-error.ts';
import type { CommandSet } from './command-set.ts';
import { pieces } from './escpos-commands.ts';
import type { FittedSymbol } from './symbology.ts';

export const STAR_LINE: CommandSet = {
  /** 3 mm at 8 dots a millimetre: the lesser of the two feeds there are. */
  lineDots: 24,
  /** ESC I counts in eighths of a millimetre. */
  stepsPerInch: () => 8 * 25.4,
  begin: ({ slot }) => [
    ...[0x1b, 0x40],
    ...[0x1b, 0x52, 0x00],
    ...[0x1b, 0x1d, 0x74, slot],
    ...[0x1b, 0x31], // ESC 1: 3 mm a line
  ],
  codePage: (slot) => [0x1b, 0x1d, 0x74, slot],
  size: ({ width, height }) => [0x1b, 0x69, height - 1, width - 1],
  /** ESC b: 51 EAN-13 or 54 Code 128, no text beneath and a feed after it, modules of 2, 3 or 4 dots, height, data, RS. */
  symbol: ({ symbol, heightDots }) => [
    ...[0x1b, 0x62, symbol.symbology === 67 ? 0x33 : 0x36, 0x31, 0x2f + symbol.moduleDots, heightDots],
    ...(symbol.symbology === 67 ? symbol.data : code128(symbol)),
    0x1e,
  ],
  logo: () => [],
  feed: (steps) => pieces(steps).flatMap((some) => [0x1b, 0x49, some]),
  cut: ({ cut, place }) => [0x1b, 0x64, (place === 'here' ? 0 : 2) + (cut === 'full' ? 0 : 1)],
};

/**
 * "%8" starts set C, "%1" is FNC1, and in set C two digits stand for each pair (5.1.4). How a set is changed within a
 * symbol the specification does not say, so that only what stays in set C is sent: our coupons do.
 */
function code128({ data }: FittedSymbol): readonly number[] {
  const refuse = (problem: string): TillError =>
    new TillError('SYMBOL_INVALID', { code: Buffer.from(data).toString('latin1'), problem });
  if (data[0] !== 0x7b || data[1] !== 0x43) throw refuse('Star printers are sent codes of digits only');
  let text = '%8';
  for (let i = 2; i < data.length; i++) {
    const byte = data[i] ?? 0;
    if (byte <= 99) text += String(byte).padStart(2, '0');
    else if (byte === 0x7b && data[i + 1] === 0x31) {
      text += '%1';
      i++;
    } else throw refuse('Star printers are sent codes of an even number of digits only');
  }
  return [...Buffer.from(text, 'latin1')];
}
