// tillcat customer show|opt-out: what TillCAT knows of a customer, and the customer's no.
import assert from 'node:assert';
import { isoDay } from '../domain/calendar.ts';
import { cardNumber, type CardNumber } from '../domain/ids.ts';
import { maskCard } from '../domain/mask-card.ts';
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command, type CommandInput } from './command.ts';
import type { Shop } from '../composition.ts';
import type { Customer } from '../domain/customer.ts';

export const customerShow: Command = {
  name: 'customer show',
  operands: 'CARD',
  summary: 'what is remembered of the customer of this card',
  options: { json: { type: 'boolean', about: 'the answer as JSON' } },
  example: 'tillcat customer show 634000000000000017',
  count: [1, 1],
  run(input) {
    using shop = input.composition.openShop(input.composition.loadConfig(input.configFile).config);
    const { customer } = findCustomer(shop, input);
    const view = shop.customerView(customer);
    assert(view !== null, 'A customer found by card has a view.');
    if (input.flag('json')) {
      const { optedOutAt, firstDay, lastDay } = view;
      const told = {
        ...view,
        optedOutAt: optedOutAt === null ? null : new Date(optedOutAt).toISOString(),
        firstDay: firstDay === null ? null : isoDay(firstDay),
        lastDay: lastDay === null ? null : isoDay(lastDay),
      };
      input.terminal.out(`${JSON.stringify(told)}\n`);
      return Promise.resolve(EXIT.done);
    }
    const rows = [
      ['language', view.language ?? "the shop's"],
      ['status', view.status],
      ['cards', String(view.cards)],
      ['coupons', view.optedOutAt === null ? 'welcome' : `not wanted since ${isoDay(shop.dayOf(view.optedOutAt))}`],
      ['visits', `${view.visits} with ${view.lines} lines in ${shop.config.history.windowDays} days`],
      ['first', view.firstDay === null ? '-' : isoDay(view.firstDay)],
      ['last', view.lastDay === null ? '-' : isoDay(view.lastDay)],
    ];
    input.terminal.out(`${rows.map(([name = '', value = '']) => `${name.padEnd(10)}${value}`).join('\n')}\n`);
    return Promise.resolve(EXIT.done);
  },
};

export const customerOptOut: Command = {
  name: 'customer opt-out',
  operands: 'CARD',
  summary: 'print no more coupons for this customer, whichever card is held up',
  options: { undo: { type: 'boolean', about: 'coupons are welcome again' } },
  example: 'tillcat customer opt-out 634000000000000017',
  count: [1, 1],
  run(input) {
    using shop = input.composition.openShop(input.composition.loadConfig(input.configFile).config);
    const { customer, card } = findCustomer(shop, input);
    if (input.flag('undo')) shop.customers.optIn(customer.id);
    else shop.customers.optOut({ customer: customer.id, at: shop.clock.now() });
    const words = input.flag('undo') ? 'coupons are welcome again' : 'no coupons are printed any more';
    input.terminal.out(`card ${maskCard(card)}: ${words}\n`);
    return Promise.resolve(EXIT.done);
  },
};

/** Whose card was typed, in groups of four perhaps, as it is printed. @throws TillError CARD_UNKNOWN */
export function findCustomer(
  shop: Shop,
  { words }: Pick<CommandInput, 'words'>,
): { customer: Customer; card: CardNumber } {
  const card = cardNumber((words[0] ?? '').replaceAll(/\s/g, ''));
  const customer = shop.customers.findByCard(card);
  if (customer === null) throw new TillError('CARD_UNKNOWN', { card: maskCard(card) });
  return { customer, card };
}
