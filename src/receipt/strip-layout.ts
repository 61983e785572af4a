// A strip in words, laid out on the printer's columns: a header, its coupons, a footer, each ending in its cut.
import { cents } from '../domain/money.ts';
import type { Serial } from '../domain/ids.ts';
import type { Strip, StripCoupon } from '../domain/strip.ts';
import { dateText, rangeText, shortRangeText } from './dates-on-paper.ts';
import type { ReceiptElement, ReceiptPart, TextRun } from './elements.ts';
import { moneyText, rewardText } from './money-on-paper.ts';
import { fitName } from './name-and-size.ts';
import { printableText } from './printable-text.ts';
import { STRIP_TEXTS } from './texts.ts';
import { NO_BREAK, shorten, wrapWords } from './wrap-words.ts';

/** The narrowest line on which a serial and any amount have room; 58 mm paper has 32. */
export const MIN_COLUMNS = 28;
/** High enough for a hand scanner held aslant, low enough for six on one strip. */
const SYMBOL_HEIGHT_MM = 9;
/** A name may take two lines before it is shortened. */
const SHOP_LINES = 2;

type Size = { readonly width: 1 | 2; readonly height: 1 | 2; readonly bold: boolean };
const PLAIN: Size = { width: 1, height: 1, bold: false };
const BOLD: Size = { width: 1, height: 1, bold: true };
const TALL: Size = { width: 1, height: 2, bold: false };
const BIG: Size = { width: 2, height: 2, bold: false };

/** @throws RangeError below MIN_COLUMNS, where a serial would not fit its line */
export function layOutStrip({ strip, columns }: { strip: Strip; columns: number }): readonly ReceiptPart[] {
  if (!Number.isInteger(columns) || columns < MIN_COLUMNS) {
    throw new RangeError(`A strip needs at least ${MIN_COLUMNS} columns; got ${columns}.`);
  }
  return [
    { serial: null, elements: [...header(strip, columns), { kind: 'cut', cut: 'partial' }] },
    ...strip.coupons.map((coupon) => ({
      serial: coupon.serial,
      elements: [...couponPiece({ coupon, strip, columns }), { kind: 'cut', cut: 'partial' } as const],
    })),
    { serial: null, elements: [...footer(strip, columns), { kind: 'cut', cut: 'full' }] },
  ];
}

/** "4821 0937 7715": the serial as a cashier reads it aloud and keys it. */
export function serialInFours(serial: Serial): string {
  return serial.replace(/(.{4})(?=.)/g, '$1 ');
}

function header(strip: Strip, columns: number): ReceiptElement[] {
  const texts = STRIP_TEXTS[strip.language];
  const shop = [printableText(strip.shopName), printableText(strip.shopAddress)]
    .filter((text) => text !== '')
    .join(', ');
  const range = rangeText({ from: strip.validFrom, to: strip.validTo }, strip.language);
  return [
    ...marks(strip, columns),
    ...shopAndDate({ shop, date: dateText(strip.printedOn, strip.language), columns }),
    ...headline(strip, columns),
    ...paragraph(texts.validity(range), columns),
    ...paragraph(texts.tearOff, columns),
  ];
}

function couponPiece(of: { coupon: StripCoupon; strip: Strip; columns: number }): ReceiptElement[] {
  const { coupon, strip, columns } = of;
  return [
    ...marks(strip, columns),
    ...nameAndReward(of),
    ...paragraph(STRIP_TEXTS[strip.language].reason[coupon.reason], columns),
    { kind: 'symbol', code: coupon.code, heightMm: SYMBOL_HEIGHT_MM },
    ...serialShopAndValidity(of),
  ];
}

function footer(strip: Strip, columns: number): ReceiptElement[] {
  const texts = STRIP_TEXTS[strip.language];
  const isForAll = strip.coupons.every((coupon) => coupon.reason === 'popular');
  const chosen = isForAll ? texts.chosenForAll : texts.chosenFrom(strip.memoryDays);
  return [
    ...paragraph(`${chosen} ${texts.once}`, columns),
    ...paragraph(texts.optOut, columns),
    ...marks(strip, columns),
  ];
}

/** On every piece, because the pieces are torn apart. */
function marks(strip: Strip, columns: number): ReceiptElement[] {
  const texts = STRIP_TEXTS[strip.language];
  const words = [...(strip.isSpecimen ? [texts.specimen] : []), ...(strip.isCopy ? [texts.copy] : [])];
  return words.flatMap((mark) =>
    wrapWords(`*** ${mark} ***`, () => columns).map((text) => line(run(centred(text, columns), BOLD))),
  );
}

function shopAndDate({ shop, date, columns }: { shop: string; date: string; columns: number }): ReceiptElement[] {
  const wrapped = wrapWords(shop, () => columns);
  const lines = wrapped.slice(0, SHOP_LINES);
  if (wrapped.length > SHOP_LINES) lines[SHOP_LINES - 1] = shorten(wrapped.slice(SHOP_LINES - 1).join(' '), columns);
  const last = lines.pop() ?? '';
  return [...lines.map((text) => line(run(text, PLAIN))), ...leftAndRight({ left: last, right: date, columns })];
}

function headline(strip: Strip, columns: number): ReceiptElement[] {
  let total = 0;
  let hasMoney = false;
  let hasPercent = false;
  for (const { reward } of strip.coupons) {
    if (reward.kind === 'amount') {
      total += reward.amountCents;
      hasMoney = true;
    } else hasPercent = true;
  }
  const money = hasMoney ? moneyText({ cents: cents(total), currency: strip.currency }, strip.language) : null;
  const forms = STRIP_TEXTS[strip.language].headline({ coupons: strip.coupons.length, total: money, hasPercent });
  const width = Math.floor(columns / 2);
  const form = forms.find((text) => text.length <= width) ?? forms.at(-1) ?? '';
  return wrapWords(form, () => width).map((text) => line(run(text, BIG)));
}

function nameAndReward({
  coupon,
  strip,
  columns,
}: {
  coupon: StripCoupon;
  strip: Strip;
  columns: number;
}): ReceiptElement[] {
  const reward = rewardText(coupon.reward, strip.currency, strip.language).replaceAll(NO_BREAK, ' ');
  const name = printableText(coupon.productName);
  // An amount of more than half a line (a price in the thousands) gives up its double width, never its digits.
  const size = reward.length * 2 <= columns / 2 + 2 ? BIG : TALL;
  const rewardColumns = reward.length * size.width;
  const [first = '', ...rest] = fitName(name === '' ? '-' : name, [columns - rewardColumns - 1, columns]);
  const padded = first.padEnd(columns - rewardColumns);
  return [line(run(padded, TALL), run(reward, size)), ...rest.map((text) => line(run(text, TALL)))];
}

function serialShopAndValidity(of: { coupon: StripCoupon; strip: Strip; columns: number }): ReceiptElement[] {
  const { strip, columns } = of;
  const serial = serialInFours(of.coupon.serial);
  const range = shortRangeText({ from: strip.validFrom, to: strip.validTo }, strip.language);
  const shop = printableText(strip.shopName);
  const isOneLine = serial.length + 2 + shop.length + 1 + range.length <= columns;
  if (isOneLine) return leftAndRight({ left: serial, right: `${shop} ${range}`.trim(), columns });
  return [...leftAndRight({ left: serial, right: range, columns }), line(run(shorten(shop, columns), PLAIN))];
}

/** Both on one line where a space is left between them; else the right one on a line of its own. */
function leftAndRight({ left, right, columns }: { left: string; right: string; columns: number }): ReceiptElement[] {
  const gap = columns - left.length - right.length;
  if (gap >= 1) return [line(run(`${left}${' '.repeat(gap)}${right}`, PLAIN))];
  return [line(run(left, PLAIN)), line(run(right.padStart(columns), PLAIN))];
}

function paragraph(text: string, columns: number): ReceiptElement[] {
  return wrapWords(text, () => columns).map((words) => line(run(words, PLAIN)));
}

function centred(text: string, columns: number): string {
  return `${' '.repeat(Math.max(0, Math.floor((columns - text.length) / 2)))}${text}`;
}

function run(text: string, size: Size): TextRun {
  return { text: text.replaceAll(NO_BREAK, ' '), ...size };
}

function line(...runs: readonly TextRun[]): ReceiptElement {
  return { kind: 'line', runs: runs.filter(({ text }) => text !== '') };
}
