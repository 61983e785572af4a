// tillcat coupon void: a recall, or strips that were stolen; nobody may use the coupon any more.
import { isoDay } from '../domain/calendar.ts';
import { redeemSentence } from '../domain/cashier-words.ts';
import type { VoidOutcome } from '../domain/coupon.ts';
import { TillError } from '../domain/till-error.ts';
import type { Shop } from '../composition.ts';
import { EXIT, type Command } from './command.ts';

const LONGEST_REASON = 100;

export const couponVoid: Command = {
  name: 'coupon void',
  operands: 'SERIAL',
  summary: 'nobody may use the coupon any more; written down with the reason, for good; one that was used stays used',
  options: {
    reason: {
      type: 'string',
      value: 'TEXT',
      about: `why, at most ${LONGEST_REASON} characters; it stays, so name nobody`,
    },
    json: { type: 'boolean', about: 'the answer as JSON' },
  },
  example: 'tillcat coupon void "0100 0037 7715" --reason "strips stolen from the back room"',
  count: [1, 3],
  run({ composition, configFile, terminal, words, option, flag }) {
    const reason = (option('reason') ?? '').trim();
    if (!isReason(reason)) {
      throw new TillError('WRONG_USE', {
        problem: `--reason must say why, in 1 to ${LONGEST_REASON} characters on one line; see: tillcat coupon void --help`,
      });
    }
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const result = shop.voidCoupon({ code: words.join(''), reason });
    const sentence = sentenceOf(result, shop);
    const isVoid = result.outcome === 'void' || result.outcome === 'already-void';
    if (flag('json')) {
      const serial = 'coupon' in result ? result.coupon.serial : null;
      terminal.out(`${JSON.stringify({ outcome: result.outcome, serial, sentence })}\n`);
    } else if (isVoid) terminal.out(`${sentence}\n`);
    else terminal.err(`tillcat: ${sentence}\n`);
    return Promise.resolve(isVoid ? EXIT.done : EXIT.couldNot);
  },
};

function isReason(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_REASON && !/\p{Cc}/u.test(text);
}

function sentenceOf(result: VoidOutcome, shop: Shop): string {
  switch (result.outcome) {
    case 'void':
      return `Coupon ${result.coupon.serial} is void: whoever presents it is refused.`;
    case 'already-void':
      return `Coupon ${result.coupon.serial} was void already; nothing was changed.`;
    case 'already-used':
      return `Coupon ${result.coupon.serial} was used on ${isoDay(shop.dayOf(result.usedAt))} and stays used; a sale that is taken back at the till gives it back.`;
    case 'unknown-coupon':
      return redeemSentence(result, 'en', (at) => shop.dayOf(at));
  }
}
