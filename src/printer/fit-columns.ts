// A laid out line on this printer: its text reduced to what the pages hold, and still no wider than the paper.
import type { TextRun } from '../receipt/elements.ts';
import type { PrinterProfile } from './profile.ts';
import { printableText } from './text.ts';

/**
 * Where reducing the text made a line too long ("€" to "EUR"), its padding gives way, and then the sign is one letter;
 * what is still too long goes on in a line of its own: what is said is never cut off, and never left to the printer.
 */
export function fitLine(runs: readonly TextRun[], profile: PrinterProfile): readonly (readonly TextRun[])[] {
  const fitted = giveUpPadding(runs, profile);
  if (columnsOf(fitted) <= profile.columns) return [fitted];
  const hasEuro = printableText('€', profile) === '€';
  const shorter = runs.map((run) => ({ ...run, text: hasEuro ? run.text : run.text.replaceAll('€', 'e') }));
  return breakLine(giveUpPadding(shorter, profile), profile.columns);
}

/** As the printer would go on in the next line, only that we know of it. */
function breakLine(runs: readonly TextRun[], columns: number): readonly (readonly TextRun[])[] {
  const lines: TextRun[][] = [[]];
  let taken = 0;
  for (const run of runs) {
    for (const character of run.text) {
      if (taken + run.width > columns) {
        lines.push([]);
        taken = 0;
      }
      const line = lines.at(-1) ?? [];
      const last = line.at(-1);
      if (last !== undefined && isSameLook(last, run)) line[line.length - 1] = { ...last, text: last.text + character };
      else line.push({ ...run, text: character });
      taken += run.width;
    }
  }
  return lines;
}

function isSameLook(one: TextRun, other: TextRun): boolean {
  return one.width === other.width && one.height === other.height && one.bold === other.bold;
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
