// tillcat clock accept: a person says that the machine's clock is right.
import { EXIT, type Command } from './command.ts';

export const clockAccept: Command = {
  name: 'clock accept',
  operands: '',
  summary: 'the clock is right: believe it again after it went back or leapt',
  options: {},
  example: 'tillcat clock accept',
  count: [0, 0],
  run({ composition, configFile, terminal }) {
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const now = shop.clock.now();
    shop.latestInstant.accept(now);
    terminal.out(`the shop's clock stands at ${shop.calendar.isoLocal(now)} and is believed\n`);
    return Promise.resolve(EXIT.done);
  },
};
