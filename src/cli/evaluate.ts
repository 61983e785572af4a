// tillcat evaluate: measures the recommender on the purchases in the store, against plain rankings.
import { addDays, type Instant } from '../domain/calendar.ts';
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';
import { ProgressLine } from './progress-line.ts';

/** Without --cut: three cuts four weeks apart, the last one with eight weeks after it; with less remembered one, a third of it back. */
const USUAL_CUTS_BACK = [112, 84, 56];
const LONG_MEMORY_DAYS = 168;

export const evaluateCommand: Command = {
  name: 'evaluate',
  operands: '',
  summary: "measure the recommender on the shop's own purchases against plain rankings; the model in use is left alone",
  options: {
    cut: {
      type: 'string',
      value: 'INSTANT,…',
      about:
        'instants to train as of, parted by commas; judged are visits of whole days after each (default: 112, 84 and 56 days back; with less remembered a third of it)',
    },
    'last-basket': { type: 'boolean', about: "instead hold out each customer's last visit" },
    json: { type: 'boolean', about: 'the figures as JSON' },
  },
  example: 'tillcat evaluate --cut 2026-08-01,2026-09-01',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal, option, flag }) {
    const { config } = composition.loadConfig(configFile);
    using shop = composition.openShop(config);
    const isLastBasket = flag('last-basket');
    const text = option('cut');
    if (text !== null && isLastBasket) {
      throw new TillError('WRONG_USE', { problem: 'tillcat evaluate takes --cut or --last-basket, not both' });
    }
    const newest = shop.purchases.newestAt();
    if (newest === null) {
      throw new TillError('TRAINING_WITHOUT_PURCHASES', { asOf: shop.calendar.isoLocal(shop.clock.now()) });
    }
    const newestDay = shop.calendar.dayOf(newest);
    const cuts = (text === null ? [] : text.split(',')).map((part): Instant => {
      const cut = shop.calendar.parse(part.trim());
      if (cut === null) {
        throw new TillError('WRONG_USE', { problem: `--cut takes ISO 8601 times parted by commas, got "${part}"` });
      }
      return cut;
    });
    const { memoryDays } = config.history;
    const cutsBack = memoryDays < LONG_MEMORY_DAYS ? [Math.round(memoryDays / 3)] : USUAL_CUTS_BACK;
    const usual = cutsBack.map((days) => shop.calendar.startOf(addDays(newestDay, -days)));
    using progress = new ProgressLine(terminal);
    const { report, text: table } = await shop.evaluate({
      asOf: shop.calendar.startOf(addDays(newestDay, 1)),
      cuts: cuts.length > 0 ? cuts : usual,
      isLastBasket,
      signal,
      onProgress: (step, share) => {
        progress.show(step, share);
      },
    });
    progress.clear();
    terminal.out(flag('json') ? `${JSON.stringify(report)}\n` : table);
    return EXIT.done;
  },
};
