// The last day of a coupon as AI (17) writes it: YYMMDD.
import { dateOf, dayOfDate } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';

const two = (count: number): string => String(count).padStart(2, '0');

/** @throws RangeError outside 2000 to 2099, which two digits cannot tell apart */
export function expiryDigits(day: LocalDay): string {
  const { year, month, day: dayOfMonth } = dateOf(day);
  if (year < 2000 || year > 2099) throw new RangeError(`A coupon's last day is in 2000 to 2099; got ${year}.`);
  return two(year - 2000) + two(month) + two(dayOfMonth);
}

/**
 * The day six digits name; null where there is no such day. GS1 lets day 00 stand for the end of the month; we never
 * print that, so a code that has it is not ours.
 */
export function parseExpiry(digits: string): LocalDay | null {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(digits);
  if (match === null) return null;
  return dayOfDate(2000 + Number(match[1]), Number(match[2]), Number(match[3]));
}
