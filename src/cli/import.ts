// tillcat import: the shop's products, customers and purchases, from CSV.
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';
import { counted, thousands } from './counts.ts';
import { ProgressLine } from './progress-line.ts';
import type { ImportKind } from '../store/import/import-file.ts';

const KINDS: readonly ImportKind[] = ['products', 'customers', 'purchases'];

export const importCommand: Command = {
  name: 'import',
  operands: 'products|customers|purchases FILE[.gz]',
  summary: "take in the shop's CSV files; running it twice changes nothing",
  options: {
    rejects: {
      type: 'string',
      value: 'FILE',
      about: 'where rejected lines go (default: beside the input, else in the data folder)',
    },
    json: { type: 'boolean', about: 'the counts as JSON' },
  },
  example: 'tillcat import purchases purchases-2026-11.csv.gz',
  count: [2, 2],
  async run({ composition, configFile, terminal, signal, words, option, flag }) {
    const [word, file = ''] = words;
    const kind = KINDS.find((one) => one === word);
    if (kind === undefined) {
      throw new TillError('WRONG_USE', {
        problem: `There is nothing called "${word}" to import; say products, customers or purchases`,
      });
    }
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    using progress = new ProgressLine(terminal);
    const report = await shop.importFile({
      kind,
      file,
      rejectsFile: option('rejects'),
      signal,
      onProgress: ({ phase, lines, ofLines }) =>
        progress.show(`${phase} ${kind}: ${thousands(lines)} lines`, ofLines === null ? null : lines / ofLines),
    });
    progress.clear();
    if (flag('json')) terminal.out(`${JSON.stringify(report)}\n`);
    else {
      for (const warning of report.warnings) terminal.err(`warning: ${warning}\n`);
      terminal.out(
        `${counted(report.lines, 'line')}: ${thousands(report.taken)} taken, ${thousands(report.alreadyKnown)} already known, ${thousands(report.rejected)} rejected\n`,
      );
      if (report.forgotten > 0) terminal.out(`${counted(report.forgotten, 'line')} of forgotten customers left out\n`);
      if (report.cardsMoved > 0)
        terminal.out(`${counted(report.cardsMoved, 'card')} changed hands: the latest row won\n`);
      if (report.rejectsFile !== null) terminal.out(`rejected lines are in ${report.rejectsFile}\n`);
    }
    return EXIT.done;
  },
};
