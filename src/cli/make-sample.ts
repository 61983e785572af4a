// The first start: Kulmakauppa is invented, stored and trained on, while the newcomer watches.
import { EOL } from 'node:os';
import { VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';
import { thousands } from './counts.ts';
import { ProgressLine } from './progress-line.ts';
import type { Sample } from '../sample-shop-store.ts';

/** Makes what is not there yet; a shop half made by a start that was interrupted is finished by the next. */
export async function makeSample({ composition, terminal, signal }: CommandInput, sample: Sample): Promise<void> {
  if (sample.isMade()) {
    terminal.out(`TillCAT ${VERSION}${EOL}`);
    return;
  }
  terminal.out(`TillCAT ${VERSION} - first start: making Kulmakauppa, an invented corner shop${EOL}`);
  using shop = composition.openShop(sample.config);
  using progress = new ProgressLine(terminal);
  const made = await composition.fillSample(shop, {
    signal,
    onProgress: (words, share) => progress.show(words, share),
  });
  progress.clear();
  terminal.out(
    `  [####################] ${thousands(made.products)} products, ${thousands(made.cards)} cards, ${thousands(made.lines)} lines, model ${made.modelSeconds.toFixed(1)} s${EOL}`,
  );
}
