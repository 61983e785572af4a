// The last look at a strip before a byte of it leaves: its bytes are well for this printer, and say what the strip says.
import { TillError } from '../domain/till-error.ts';
import type { ReceiptPart } from '../receipt/elements.ts';
import type { ComposedStrip } from './compose.ts';
import type { Flaw } from './flaw.ts';
import type { Mark, Piece } from './paper-marks.ts';
import type { PrinterProfile } from './profile.ts';
import { printableText } from './text.ts';
import { verifyStream } from './verifier.ts';

export type StripToVerify = {
  readonly parts: readonly ReceiptPart[];
  readonly strip: ComposedStrip;
  readonly profile: PrinterProfile;
};

/** @throws TillError STRIP_UNFIT, which is a fault of this program or of the profile and never of the printer */
export function verifyStrip(of: StripToVerify): void {
  const [first, ...more] = flawsOfStrip(of);
  if (first === undefined) return;
  throw new TillError('STRIP_UNFIT', { profile: of.profile.name, problem: first.problem, more: more.length });
}

/** Empty for a strip that may leave. */
export function flawsOfStrip({ parts, strip, profile }: StripToVerify): readonly Flaw[] {
  const bytes = Buffer.concat(strip.parts.map((part) => part.bytes));
  const { flaws, pieces } = verifyStream({ bytes, profile });
  // Bytes that could be UTF-8 may as well be a product's odd name; the words, read back, know which.
  const certain = flaws.filter(({ kind }) => kind !== 'utf8');
  const meant = wordsMeant(parts, profile);
  const printed = wordsPrinted(pieces);
  if (meant === printed) return certain;
  return [...certain, { kind: 'wrong-words', at: 0, problem: firstDifference({ meant, printed }) }];
}

/** Without blanks, which give way where a line is full, and with one spelling of the euro. */
function wordsMeant(parts: readonly ReceiptPart[], profile: PrinterProfile): string {
  const words = parts.flatMap((part) =>
    part.elements.map((element) => {
      switch (element.kind) {
        case 'line':
          return element.runs.map((run) => printableText(run.text, profile)).join('');
        case 'symbol':
          return element.code.kind === 'gs1' ? element.code.elementString.replace(/[()]/g, '') : element.code.digits;
        case 'qr':
          return element.text;
        case 'cut':
          return profile.hasCutter || element.cut === 'full' ? '' : '-'.repeat(Math.floor(profile.columns / 2));
        case 'feed':
          return '';
      }
    }),
  );
  return plain(words.join(''));
}

function wordsPrinted(pieces: readonly Piece[]): string {
  return plain(pieces.flatMap(({ marks }) => marks.map(wordsOf)).join(''));
}

function wordsOf(mark: Mark): string {
  switch (mark.kind) {
    case 'text':
      return mark.text;
    case 'symbol':
      return mark.content.replaceAll(']', '');
    case 'square':
      return Buffer.from(mark.data).toString('utf8');
  }
}

function plain(words: string): string {
  return words.replace(/ /g, '').replace(/€|EUR/g, 'e');
}

function firstDifference({ meant, printed }: { meant: string; printed: string }): string {
  let at = 0;
  while (at < meant.length && meant[at] === printed[at]) at++;
  const around = (words: string): string => words.slice(Math.max(0, at - 8), at + 12);
  return `it would print "${around(printed)}" where "${around(meant)}" is meant`;
}
