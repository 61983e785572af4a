// The configuration's keys, their defaults, and what each must be; systemd/tillcat.yaml shows and explains them all.
import { z } from 'zod';
import { LANGUAGES } from '../domain/language.ts';
import { isLoopback } from '../domain/loopback.ts';
import { PRODUCT_FLAGS } from '../domain/product.ts';
import { host } from './host.ts';
import { line, oneOf, text, whole } from './wording.ts';

const path = line(1000);
const port = whole({ from: 1, to: 65_535, unit: '' });
const baudRate = whole({ from: 300, to: 921_600, unit: 'baud' });

const shop = z
  .strictObject({
    id: text(/^[0-9A-Za-z._-]{1,32}$/, 'must be 1 to 32 letters, digits, points or hyphens, in quotes').default('1'),
    name: line(60).default('TillCAT'),
    /** Printed after the name; empty for none. */
    address: text(/^[^\p{Cc}]{0,60}$/u, 'must be text of at most 60 characters on one line').default(''),
    language: oneOf(LANGUAGES).default('fi'),
    currency: text(/^[A-Z]{3}$/, 'must be a currency code of three capitals, like EUR').default('EUR'),
    timeZone: z
      .string({ error: 'must be a time zone, like Europe/Helsinki' })
      .refine(isTimeZone, { error: 'must be a time zone this machine knows, like Europe/Helsinki' })
      .default('Europe/Helsinki'),
  })
  .readonly();

const http = z
  .strictObject({
    host: host.default('127.0.0.1'),
    /** 0 takes any free port. */
    port: whole({ from: 0, to: 65_535, unit: '' }).default(8090),
    token: text(/^[!-~]{16,200}$/, 'must be 16 to 200 characters without spaces, or left out')
      .nullable()
      .default(null),
    /** Further names the page is opened under; any other Host header is refused. */
    names: z.array(host, { error: 'must be a list of host names' }).readonly().default([]),
  })
  .readonly()
  .superRefine((it, check) => {
    if (isLoopback(it.host) || it.token !== null) return;
    check.addIssue({
      code: 'custom',
      path: ['token'],
      message: `is missing, and ${it.host} can be reached by other machines: set a token, or http.host to 127.0.0.1`,
    });
  });

const profileName = (folder: string) =>
  text(/^[^/\\\p{Cc}]{1,64}$/u, `must be the name of a file in ${folder}, without .json`);

const framing = {
  terminator: oneOf(['any', 'cr', 'lf', 'crlf', 'tab', 'stx-etx']).default('any'),
  /** What the scanner is programmed to send before the data; between slashes a regular expression. */
  prefix: z
    .string({ error: 'must be text' })
    .refine(isPrefix, { error: 'must be text, or a regular expression between slashes' })
    .default(''),
};

const scanner = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('serial'),
    path,
    baudRate: baudRate.default(9600),
    ...framing,
    /** What it can be told to sound; null for a scanner nothing is known of. */
    profile: profileName('hardware/scanners').nullable().default(null),
  }),
  /** A scanner that can only be a keyboard, read from /dev/hidraw. */
  z.strictObject({ type: z.literal('hid'), path, layout: oneOf(['us', 'fi', 'fr']).default('us'), ...framing }),
  z.strictObject({ type: z.literal('simulated') }),
  z.strictObject({ type: z.literal('none') }),
]);

const transport = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('tcp'), host, port: port.default(9100) }),
  z.strictObject({ type: z.literal('serial'), path, baudRate: baudRate.default(38_400) }),
  z.strictObject({ type: z.literal('file'), path }),
  /** The till prints by itself and says what came of it; none in time means unknown. */
  z.strictObject({
    type: z.literal('till'),
    outcomeSeconds: whole({ from: 5, to: 600, unit: 'seconds' }).default(60),
  }),
  z.strictObject({ type: z.literal('simulated') }),
  z.strictObject({ type: z.literal('none') }),
]);

const printer = z
  .strictObject({
    profile: profileName('hardware/printers').default('epson-tm-t20iii'),
    transport: transport.readonly().prefault({ type: 'simulated' }),
    /** Key of a picture stored in the printer, above each strip. */
    logo: text(/^[ -~]{2}$/, 'must be the two key characters of a picture stored in the printer')
      .nullable()
      .default(null),
  })
  .readonly();

const cardRule = z
  .strictObject({
    prefix: text(/^[0-9A-Za-z-]{0,40}$/, "must be a card's first digits in quotes, or empty").default(''),
    length: whole({ from: 1, to: 64, unit: 'characters, prefix and check digit included' }),
    check: oneOf(['ean13', 'luhn', 'none']).default('none'),
  })
  .readonly()
  .superRefine((rule, check) => {
    const say = (key: string, message: string) => check.addIssue({ code: 'custom', path: [key], message });
    if (rule.prefix.length > rule.length) say('prefix', `is longer than the whole card, which has ${rule.length}`);
    if (rule.check !== 'none' && /\D/.test(rule.prefix)) say('prefix', `must be digits where check is ${rule.check}`);
    if (rule.check === 'ean13' && rule.length !== 13) say('length', 'must be 13 where check is ean13');
  });

const CARDS = 'must be a list, each card rule behind a hyphen: - { prefix: "6340", length: 18 }';

const cardText = text(/^[!-~]{1,40}$/, 'must be 1 to 40 characters without spaces, as the barcode holds them');

const optOutCards = z
  .strictObject({ stop: cardText.default('TILLCAT-STOP'), start: cardText.default('TILLCAT-START') })
  .readonly()
  .refine((cards) => cards.stop !== cards.start, {
    path: ['start'],
    error: 'must differ from optOutCards.stop, or the one card would undo itself',
  });

const history = z
  .strictObject({
    windowDays: whole({ from: 7, to: 365, unit: 'days' }).default(56),
    memoryDays: whole({ from: 7, to: 3650, unit: 'days' }).default(56),
  })
  .readonly()
  .refine((days) => days.memoryDays >= days.windowDays, {
    path: ['memoryDays'],
    error: 'must not be less than history.windowDays: what is forgotten cannot be offered',
  });

const coupons = z
  .strictObject({
    code: oneOf(['gs1', 'pointer', 'value']).default('gs1'),
    validDays: whole({ from: 1, to: 92, unit: 'days' }).default(14),
    /** Of GS1's in-store numbers (20 to 29) the last: weighed goods usually take the first ones. */
    pointerPrefix: text(
      /^2\d{1,3}$/,
      'must be a range of in-store numbers in quotes: 2 and one to three digits',
    ).default('29'),
    valueMask: text(
      /^(?=.*V)\d[\dOV]{11}C$/,
      'must be 13 places: digits, O for the offer, V for the cents and a last C, like "9821234OOVVVC"',
    )
      .nullable()
      .default(null),
  })
  .readonly()
  .refine((it) => it.code !== 'value' || it.valueMask !== null, {
    path: ['valueMask'],
    error: 'is missing, and coupons.code is value: ask the till vendor for the mask of its value coupons',
  });

export const configSchema = z
  .strictObject({
    data: path.default('var'),
    secrets: path.default('secrets'),
    shop: shop.prefault({}),
    till: z
      .strictObject({ id: text(/^\d{2}$/, 'must be two digits in quotes, like "01"').default('01') })
      .readonly()
      .prefault({}),
    gs1: z
      .strictObject({
        companyPrefix: text(/^\d{4,11}$/, "must be the shop's GS1 company prefix: 4 to 11 digits in quotes").default(
          '9501101',
        ),
      })
      .readonly()
      .prefault({}),
    http: http.prefault({}),
    scanner: scanner.readonly().prefault({ type: 'simulated' }),
    printer: printer.prefault({}),
    /** Lit while the printer wants somebody: the brightness file of an LED, or anything that takes 1 and 0. */
    lamp: z.strictObject({ path }).readonly().nullable().default(null),
    cards: z.array(cardRule, { error: CARDS }).max(50).readonly().default([]),
    optOutCards: optOutCards.prefault({}),
    history: history.prefault({}),
    policy: z
      .strictObject({
        categories: z
          .record(line(200), oneOf(PRODUCT_FLAGS), { error: 'must name categories or departments' })
          .readonly()
          .default({}),
      })
      .readonly()
      .prefault({}),
    visit: z
      .strictObject({
        printAt: oneOf(['scan', 'payment']).default('scan'),
        patienceSeconds: whole({ from: 5, to: 600, unit: 'seconds' }).default(45),
        daysBetweenStrips: whole({ from: 0, to: 365, unit: 'days' }).default(7),
      })
      .readonly()
      .prefault({}),
    coupons: coupons.prefault({}),
    holdout: z
      .strictObject({ customersPercent: whole({ from: 0, to: 50, unit: 'per cent' }).default(5) })
      .readonly()
      .prefault({}),
    exploration: z
      .strictObject({ newPercent: whole({ from: 0, to: 100, unit: 'per cent' }).default(10) })
      .readonly()
      .prefault({}),
  })
  .readonly()
  .superRefine((it, check) => {
    const { transport: printed } = it.printer;
    if ('path' in it.scanner && 'path' in printed && printed.path === it.scanner.path) {
      check.addIssue({
        code: 'custom',
        path: ['printer', 'transport', 'path'],
        message: 'is the scanner’s path as well: each device has its own',
      });
    }
  });

/** The configuration as everybody may rely on it: complete, checked, with absolute paths. */
export type Config = z.output<typeof configSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // Asking is the only way to know; a RangeError is the answer no.
    return false;
  }
}

function isPrefix(prefix: string): boolean {
  if (prefix.length < 2 || !prefix.startsWith('/') || !prefix.endsWith('/')) return prefix !== '/';
  try {
    new RegExp(prefix.slice(1, -1));
    return true;
  } catch {
    // Again the only way to ask; a SyntaxError is the answer no.
    return false;
  }
}
