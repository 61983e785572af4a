// Days as each language writes them, held together on one line; ranges with a hyphen, because some code pages have no dash.
import { dateOf, type LocalDay } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import { NO_BREAK } from './wrap-words.ts';

const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export type DayRange = { readonly from: LocalDay; readonly to: LocalDay };

/** "22.11.2026"; "22 Nov 2026" in English. */
export function dateText(day: LocalDay, language: Language): string {
  const { year } = dateOf(day);
  switch (language) {
    case 'fi':
      return `${dayAndMonth(day, language)}${year}`;
    case 'sv':
      return `${dayAndMonth(day, language)}.${year}`;
    case 'en':
      return `${dayAndMonth(day, language)}${NO_BREAK}${year}`;
  }
}

/** "23.11.-6.12.2026"; both years where they differ. */
export function rangeText({ from, to }: DayRange, language: Language): string {
  if (from === to) return dateText(to, language);
  const isOneYear = dateOf(from).year === dateOf(to).year;
  return `${isOneYear ? dayAndMonth(from, language) : dateText(from, language)}-${dateText(to, language)}`;
}

/** "23.11.-6.12.", for a line that has the year elsewhere on the strip. */
export function shortRangeText({ from, to }: DayRange, language: Language): string {
  return from === to ? dayAndMonth(to, language) : `${dayAndMonth(from, language)}-${dayAndMonth(to, language)}`;
}

/** Finnish ends an ordinal with a full stop, Finland's Swedish does not. */
function dayAndMonth(of: LocalDay, language: Language): string {
  const { month, day } = dateOf(of);
  switch (language) {
    case 'fi':
      return `${day}.${month}.`;
    case 'sv':
      return `${day}.${month}`;
    case 'en':
      return `${day}${NO_BREAK}${ENGLISH_MONTHS[month - 1] ?? ''}`;
  }
}
