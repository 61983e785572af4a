// The page's words in the reader's language, and how times, amounts and outcomes are said in it.
import { known } from './known.js';

export const language = document.documentElement.lang;
/** How numbers and times are written: as in Finland, and English with 24 hours. */
export const locale = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }[language];
const texts = await (await fetch(`/pages/texts/${language}.json`)).json();

/** A text by its key, with the values of its {places}. */
export function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** Times are the shop's own, wherever the page is read. */
export function time(at) {
  return new Date(at).toLocaleTimeString(locale, {
    timeZone: known.status.shop.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
}

export function dateTime(at) {
  return new Date(at).toLocaleString(locale, {
    timeZone: known.status.shop.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}

export function moodOf({ outcome, end }) {
  if (end === 'failed' || end === 'unknown' || end === 'partly-printed') return 'bad';
  return end !== 'dropped' && (outcome === 'printing' || outcome === 'queued') ? 'good' : 'warn';
}

export function resultWords({ outcome, end, coupons }) {
  if (end === null || coupons === 0) return text(`outcome.${outcome}`);
  return `${text(`end.${end}`)}, ${couponCount(coupons)}`;
}

export function couponWords(coupon) {
  if (coupon === null) return '';
  const { reward } = coupon;
  const off =
    reward.kind === 'percent'
      ? `-${reward.percent} %`
      : new Intl.NumberFormat(locale, { style: 'currency', currency: known.status.shop.currency }).format(
          -reward.amount,
        );
  return coupon.productName === null ? off : `${off} · ${coupon.productName}`;
}

export function couponCount(count) {
  return count === 1 ? text('coupons.one') : text('coupons.count', { count });
}

export function errorWords(body) {
  return `${body.error.message} ${body.error.hint}`;
}
