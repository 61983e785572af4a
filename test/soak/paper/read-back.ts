// Strips drawn as pictures and read by a program that knows nothing of ours: ZXing says what the ledger's paper says.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { drawPaper } from '../../../src/printer/simulated/picture.ts';
import { areThere } from '../../end-to-end/needed-programs.ts';
import type { KeptPaper } from './kept-paper.ts';

/** What does not hold, in words. */
export async function readBack({ paper, folder }: { paper: KeptPaper; folder: string }): Promise<readonly string[]> {
  if (!areThere('ZXingReader')) return [];
  const wrongs: string[] = [];
  const file = join(folder, 'strip.png');
  for (const pieces of paper.samples) {
    writeFileSync(file, drawPaper({ pieces, profile: paper.profile }));
    const { stdout } = await promisify(execFile)('ZXingReader', [file]);
    const read = [...stdout.matchAll(/^Text:\s+"(.*)"$/gm)].map(([, content = '']) => content).sort();
    const printed = pieces
      .flatMap(({ marks }) =>
        marks.flatMap((mark) => (mark.kind === 'symbol' ? [mark.content.replaceAll(']', '')] : [])),
      )
      .sort();
    if (read.join() !== printed.join())
      wrongs.push(`ZXing reads ${read.join(' ')} where ${printed.join(' ')} is printed`);
  }
  return wrongs;
}
