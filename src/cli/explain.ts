// tillcat explain: why a customer would get these six now, and why the runners-up are not among them.
import { TillError } from '../domain/till-error.ts';
import { explainChoice } from '../offers/explain-choice.ts';
import { EXIT, type Command } from './command.ts';
import { findCustomer } from './customer.ts';
import { warnOfLaterModel } from './warn-of-later-model.ts';

/** Longer names push what follows to the right: size and weight are never cut off. */
const NAME_WIDTH = 40;

export const explainCommand: Command = {
  name: 'explain',
  operands: 'CARD',
  summary: 'why these six, and why not the runners-up; nothing is issued',
  options: {
    at: { type: 'string', value: 'INSTANT', about: 'as if it were then (default: now)' },
    json: { type: 'boolean', about: 'with every reason and its number, as JSON' },
  },
  example: 'tillcat explain 634000000000000017',
  count: [1, 1],
  run({ composition, configFile, terminal, words, option, flag }) {
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const text = option('at');
    const at = text === null ? shop.clock.now() : shop.calendar.parse(text);
    if (at === null) throw new TillError('WRONG_USE', { problem: `--at takes an ISO 8601 time, got "${text}"` });
    const { customer } = findCustomer(shop, { words });
    shop.model.openOrDoWithout();
    warnOfLaterModel({ shop, at, atText: shop.calendar.isoLocal(at), terminal });
    const { choice, model } = shop.decide(customer, at);
    const { language } = shop.config.shop;
    const explained = explainChoice({ choice, language });
    if (flag('json')) {
      terminal.out(`${JSON.stringify({ model, ...explained })}\n`);
      return Promise.resolve(EXIT.done);
    }
    if (explained.offers.length === 0) terminal.out('there is nothing to offer this customer\n');
    for (const [i, { name, probability, words: why }] of explained.offers.entries()) {
      terminal.out(`${i + 1}  ${name.padEnd(NAME_WIDTH)} ${percent(probability)}  ${why}\n`);
    }
    for (const { name, probability, words: why } of explained.runnersUp) {
      terminal.out(`-  ${name.padEnd(NAME_WIDTH)} ${percent(probability)}  ${why}\n`);
    }
    return Promise.resolve(EXIT.done);
  },
};

/** Nothing a customer may do is certain: 100 % would be a lie of rounding. */
function percent(share: number): string {
  return `${Math.min(99, share * 100).toFixed(1)} %`.padStart(7);
}
