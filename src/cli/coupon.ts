// tillcat coupon show|redeem: by the 12 digits under the bars, or the whole code as scanned.
import { isoDay } from '../domain/calendar.ts';
import { redeemSentence } from '../domain/cashier-words.ts';
import type { Coupon } from '../domain/coupon.ts';
import { amountText } from '../domain/money.ts';
import type { Reward } from '../domain/offer.ts';
import { EXIT, type Command } from './command.ts';

const json = { json: { type: 'boolean', about: 'the answer as JSON' } } as const;

export const couponShow: Command = {
  name: 'coupon show',
  operands: 'CODE',
  summary: "a coupon's product, worth, days and state",
  options: json,
  example: 'tillcat coupon show "0100 0037 7715"',
  count: [1, 3],
  run({ composition, configFile, terminal, words, flag }) {
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const code = words.join('');
    const coupon = shop.ledger.find(code);
    if (coupon === null) {
      const unknown = { outcome: 'unknown-coupon', otherTill: shop.couponRules.otherTill(code) } as const;
      terminal.err(`${redeemSentence(unknown, 'en', (at) => shop.dayOf(at))}\n`);
      return Promise.resolve(EXIT.couldNot);
    }
    terminal.out(flag('json') ? `${JSON.stringify(asJson(coupon))}\n` : describe(coupon, shop.config.shop.currency));
    return Promise.resolve(EXIT.done);
  },
};

export const couponRedeem: Command = {
  name: 'coupon redeem',
  operands: 'CODE',
  summary: 'redeem a coupon, once; a refusal says why in words to read out',
  options: { ...json, basket: { type: 'string', value: 'NUMBER', about: 'number of the sale it is used in' } },
  example: 'tillcat coupon redeem "0100 0037 7715" --basket 4711',
  count: [1, 3],
  run({ composition, configFile, terminal, words, option, flag }) {
    const { config } = composition.loadConfig(configFile);
    using shop = composition.openShop(config);
    const result = shop.redeem({ code: words.join(''), basket: option('basket') });
    const sentence = redeemSentence(result, config.shop.language, (at) => shop.dayOf(at));
    if (flag('json')) {
      const { outcome } = result;
      const told =
        result.outcome === 'unknown-coupon'
          ? { outcome, otherTill: result.otherTill?.till ?? null }
          : 'coupon' in result
            ? { outcome, coupon: asJson(result.coupon) }
            : { outcome };
      terminal.out(`${JSON.stringify({ ...told, sentence })}\n`);
    } else {
      terminal.out(`${sentence}\n`);
      if (result.outcome === 'redeemed') terminal.out(describe(result.coupon, config.shop.currency));
    }
    return Promise.resolve(result.outcome === 'redeemed' ? EXIT.done : EXIT.couldNot);
  },
};

/** Days and instants as ISO 8601: the numbers inside are nobody else's business. */
function asJson(coupon: Coupon) {
  const { validFrom, validTo, issuedAt, redeemedAt } = coupon;
  return {
    ...coupon,
    issuedAt: new Date(issuedAt).toISOString(),
    validFrom: isoDay(validFrom),
    validTo: isoDay(validTo),
    redeemedAt: redeemedAt === null ? null : new Date(redeemedAt).toISOString(),
  };
}

function describe(coupon: Coupon, currency: string): string {
  const rows = [
    ['serial', coupon.serial],
    ['product', coupon.productName ?? '(forgotten)'],
    ['worth', worth(coupon.reward, currency)],
    ['valid', `${isoDay(coupon.validFrom)} to ${isoDay(coupon.validTo)}`],
    ['state', coupon.state],
    ['visit', coupon.visit],
  ];
  return `${rows.map(([name = '', value = '']) => `${name.padEnd(9)}${value}`).join('\n')}\n`;
}

function worth(reward: Reward, currency: string): string {
  return reward.kind === 'amount' ? `${amountText(reward.amountCents, 'en')} ${currency}` : `${reward.percent} %`;
}
