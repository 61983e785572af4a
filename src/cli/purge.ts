// tillcat purge: deletes what is older than remembered; the daemon does the same every night.
import { EXIT, type Command } from './command.ts';
import { TillError } from '../domain/till-error.ts';

export const purgeCommand: Command = {
  name: 'purge',
  operands: '',
  summary: 'delete what is older than remembered, as the daemon does nightly',
  options: {},
  example: 'tillcat purge',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal }) {
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    if (shop.isClockDoubtful()) throw new TillError('CLOCK_DOUBTFUL', { what: 'purging' });
    const purged = await shop.purge({ at: shop.clock.now(), signal });
    terminal.out(`${purged.lines} purchase lines and ${purged.coupons} coupons' names deleted\n`);
    return EXIT.done;
  },
};
