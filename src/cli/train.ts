// tillcat train: builds the model from the purchases in the store, and says what it measured.
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';
import { ProgressLine } from './progress-line.ts';

export const trainCommand: Command = {
  name: 'train',
  operands: '',
  summary: "build the model from the shop's purchases; the one in use stays until the new one is whole",
  options: {
    'as-of': { type: 'string', value: 'INSTANT', about: 'only purchases strictly before this instant (default: now)' },
    back: { type: 'boolean', about: 'train nothing: the model before the one in use takes its place again' },
    json: { type: 'boolean', about: 'what was measured as JSON' },
  },
  example: 'tillcat train --as-of 2026-11-22T03:00',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal, option, flag }) {
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const text = option('as-of');
    if (flag('back')) {
      if (text !== null)
        throw new TillError('WRONG_USE', { problem: 'tillcat train takes --as-of or --back, not both' });
      const name = shop.goBackToModelBefore();
      terminal.out(flag('json') ? `${JSON.stringify({ model: name })}\n` : `${name} is in use again\n`);
      return EXIT.done;
    }
    const asOf = text === null ? shop.clock.now() : shop.calendar.parse(text);
    if (asOf === null) {
      throw new TillError('WRONG_USE', {
        problem: `--as-of takes an ISO 8601 time like 2026-11-22T03:00, got "${text}"`,
      });
    }
    if (text === null && shop.isClockDoubtful()) throw new TillError('CLOCK_DOUBTFUL', { what: 'training' });
    if (asOf > shop.clock.now()) {
      terminal.err(
        `warning: ${shop.calendar.isoLocal(asOf)} is later than now; what is bought until then will not be in the model\n`,
      );
    }
    using progress = new ProgressLine(terminal);
    const trained = await shop.train({
      asOf,
      signal,
      onProgress: (step, share) => progress.show(`training: ${step}`, share),
    });
    progress.clear();
    terminal.out(flag('json') ? `${JSON.stringify(trained.summary)}\n` : trained.card);
    return EXIT.done;
  },
};
