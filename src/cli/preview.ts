// tillcat preview: the strip this customer would get now, without issuing anything.
import { isoDay, type Instant } from '../domain/calendar.ts';
import type { Customer } from '../domain/customer.ts';
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';
import { counted, thousands } from './counts.ts';
import { findCustomer } from './customer.ts';
import { warnOfLaterModel } from './warn-of-later-model.ts';
import { writeFile } from './write-file.ts';

export const previewCommand: Command = {
  name: 'preview',
  operands: 'CARD',
  summary: 'the strip a customer would get, marked as a specimen; nothing is issued',
  options: {
    at: { type: 'string', value: 'INSTANT', about: 'as if it were then (default: now)' },
    escpos: { type: 'string', value: 'FILE', about: 'write the bytes for the printer here' },
    png: { type: 'string', value: 'FILE', about: 'write a picture of the strip here' },
    printer: { type: 'string', value: 'PROFILE', about: 'for this printer profile (default: the configured one)' },
  },
  example: 'tillcat preview 634000000000000017 --png strip.png',
  count: [1, 1],
  async run({ composition, configFile, terminal, words, option }) {
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const text = option('at');
    const at = text === null ? shop.clock.now() : shop.calendar.parse(text);
    if (at === null) throw new TillError('WRONG_USE', { problem: `--at takes an ISO 8601 time, got "${text}"` });
    const { customer } = findCustomer(shop, { words });
    const refusal = whyNoStrip(customer, (when) => isoDay(shop.dayOf(when)));
    if (refusal !== null) {
      terminal.out(`${refusal}\n`);
      return EXIT.done;
    }
    shop.model.openOrDoWithout();
    warnOfLaterModel({ shop, at, atText: shop.calendar.isoLocal(at), terminal });
    const preview = await composition.previewStrip(shop, { customer, at, profileName: option('printer') });
    if (preview === null) {
      terminal.out('there is nothing to offer this customer\n');
      return EXIT.done;
    }
    const [escpos, png] = [option('escpos'), option('png')];
    if (escpos !== null) writeFile(escpos, preview.bytes);
    if (png !== null) writeFile(png, preview.picture());
    terminal.out(`${preview.text.trimEnd()}\n`);
    terminal.out(
      `${counted(preview.coupons, 'coupon')}, ${Math.round(preview.millimetres)} mm, ${thousands(preview.bytes.length)} bytes; nothing was issued\n`,
    );
    return EXIT.done;
  },
};

/** Nothing is made up for a customer who would never be handed it; null for everybody else. */
function whyNoStrip({ status, optedOutAt }: Customer, dateOf: (when: Instant) => string): string | null {
  if (status === 'blocked') return 'the card of this customer is blocked; nothing is printed for it';
  if (optedOutAt === null) return null;
  return `this customer wants no coupons since ${dateOf(optedOutAt)}; nothing is printed for them`;
}
