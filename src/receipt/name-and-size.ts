// A product's name on a coupon: it may be shortened, but its size or weight is never cut off, because that is what qualifies.
import { NO_BREAK, wrapWords } from './wrap-words.ts';

export type NameAndSize = {
  /** The name without its size. */
  readonly name: string;
  /** "1 l", "300 g", "6 x 0,33 l"; null where the name tells none. */
  readonly size: string | null;
};

const NUMBER = String.raw`\d{1,5}(?:[.,]\d{1,3})?`;
const UNIT =
  'kg|g|mg|l|dl|cl|ml|m|cm|mm|m2|m²|kpl|st|pcs|tabl?|pkt|ps|pss|prk|rs|rll?|rl|arkkia|annosta|pesua|paria?|pack|pakkaus|pak';
const ONE_SIZE = String.raw`(?:n\.? ?|noin |ca\.? ?)?(?:\d{1,3} ?[x×*] ?)?${NUMBER}(?: ?- ?${NUMBER})?[ -]?(?:${UNIT})(?: ?[x×*] ?\d{1,3})?`;
/** One size or several in a row ("300 g / 10 kpl"), not in the middle of a word or number. */
const SIZE = new RegExp(String.raw`(?<![\p{L}\d.,])${ONE_SIZE}(?:(?: ?[/+,] ?| )${ONE_SIZE})?(?![\p{L}\d])`, 'giu');

/** The last size a name tells, and the rest of the name. */
export function nameAndSize(text: string): NameAndSize {
  const last = [...text.matchAll(SIZE)].at(-1);
  if (last === undefined) return { name: text, size: null };
  const before = text.slice(0, last.index).replace(/[ ,]+$/, '');
  const after = text.slice(last.index + last[0].length).replace(/^[ ,.]+/, '');
  return { name: `${before} ${after}`.trim(), size: last[0] };
}

/**
 * The name on at most as many lines as there are widths. Whole if it fits; otherwise the name is shortened before its size,
 * and a size from the middle of the name goes to the end.
 */
export function fitName(text: string, widths: readonly number[]): string[] {
  const room = widths.reduce((sum, width) => sum + width + 1, 0);
  const widest = Math.max(...widths);
  const wrap = (words: string): string[] => wrapWords(words, (line) => widths[line] ?? widest);
  const { name, size } = nameAndSize(text);
  const held = size === null ? '' : holdTogether(size);
  const whole = wrap(size === null ? text : holdLast(text, size));
  if (whole.length <= widths.length && !brokenSize(whole, size)) return whole;
  for (let length = Math.min(name.length, room); length > 0; length--) {
    const kept = name.slice(0, length).replace(/[ ,.-]+$/, '');
    if (kept === '') break;
    const lines = wrap(`${kept}${length < name.length ? '.' : ''} ${held}`);
    if (lines.length <= widths.length && !brokenSize(lines, size)) return lines;
  }
  return wrap(held).slice(0, widths.length);
}

function holdTogether(size: string): string {
  return size.replaceAll(' ', NO_BREAK);
}

function holdLast(text: string, size: string): string {
  const at = text.lastIndexOf(size);
  return `${text.slice(0, at)}${holdTogether(size)}${text.slice(at + size.length)}`;
}

/** Broken hard over two lines, because a word before it left too little room. */
function brokenSize(lines: readonly string[], size: string | null): boolean {
  return size !== null && !lines.some((line) => line.includes(size));
}
