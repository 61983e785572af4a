// tillcat customer forget: a customer is taken out of everything the till keeps, and no import and no backup brings them back.
import { isoDay } from '../domain/calendar.ts';
import { maskCard } from '../domain/mask-card.ts';
import { counted } from './counts.ts';
import { findCustomer } from './customer.ts';
import { EXIT, type Command } from './command.ts';

export const customerForget: Command = {
  name: 'customer forget',
  operands: 'CARD',
  summary: 'delete everything about the customer of this card, for good; coupons on paper stay good',
  options: {},
  example: 'tillcat customer forget 634000000000000017',
  count: [1, 1],
  async run(input) {
    const { composition, terminal } = input;
    using shop = composition.openShop(composition.loadConfig(input.configFile).config);
    const { customer, card } = findCustomer(shop, input);
    const { forgetCustomer } = await composition.customers();
    const { coupons, visits, isLogEmptied, backup, stillKnownIn } = await forgetCustomer(shop, customer);
    terminal.out(
      `card ${maskCard(card)}: forgotten, with ${counted(visits, 'visit')} and ${counted(coupons, 'coupon')}; a daemon that runs lets go within a minute\n`,
    );
    if (typeof backup === 'string') terminal.out(`the night's backup is made anew without them: ${backup}\n`);
    for (const { copy, problem, until } of stillKnownIn) {
      const day = isoDay(shop.calendar.dayOf(until));
      terminal.out(`${copy} may still hold them (${problem}); it goes by itself after ${day}, or delete it now\n`);
    }
    terminal.out('copies of the store that were taken elsewhere still hold them: delete those\n');
    if (!isLogEmptied) terminal.err("the store's log still holds what was deleted; tonight's purge empties it\n");
    if (!(backup instanceof Error)) return EXIT.done;
    terminal.err(`the night's backup still holds them: ${backup.message}\n`);
    return EXIT.couldNot;
  },
};
