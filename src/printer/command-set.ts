// How a printer's language says what a strip needs; compose.ts knows what to say, and this how.
import { ESCPOS } from './escpos-commands.ts';
import type { PrinterProfile } from './profile.ts';
import { STAR_LINE } from './star-commands.ts';
import type { FittedSymbol } from './symbology.ts';

export type CommandSet = {
  /** Feed of an ordinary line once `begin` was sent. */
  readonly lineDots: number;
  /** Steps of `feed` in an inch. */
  stepsPerInch(profile: PrinterProfile): number;
  /** At the head of everything sent together: forgets all looks, no national characters, this page, this line feed. */
  begin(of: { profile: PrinterProfile; slot: number }): readonly number[];
  codePage(slot: number): readonly number[];
  size(of: { width: 1 | 2; height: 1 | 2 }): readonly number[];
  /** @throws TillError SYMBOL_INVALID where this language cannot say it */
  symbol(of: { symbol: FittedSymbol; heightDots: number }): readonly number[];
  /** A picture stored in the printer; nothing where this language has none. */
  logo(key: string): readonly number[];
  feed(steps: number): readonly number[];
  cut(of: { cut: 'partial' | 'full'; place: 'here' | 'feed' }): readonly number[];
};

export function commandSetOf({ commands }: PrinterProfile): CommandSet {
  return commands === 'star-line' ? STAR_LINE : ESCPOS;
}
