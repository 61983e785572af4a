// When the shop's seasons are, in any year.
import { addDays, dateOf, dayOfDate, type LocalDay } from '../domain/calendar.ts';

export const SEASONS = [
  'runeberg',
  'laskiainen',
  'pääsiäinen',
  'vappu',
  'kevät',
  'juhannus',
  'kesä',
  'ravut',
  'pyhät',
  'joulu',
] as const;
export type Season = (typeof SEASONS)[number];

export function parseSeason(text: string): Season | null {
  return SEASONS.find((season) => season === text) ?? null;
}

/** The seasons this day is in. */
export function seasonsOn(day: LocalDay): readonly Season[] {
  const { year } = dateOf(day);
  const easter = easterSunday(year);
  return SEASONS.filter((season) => {
    const [first, last] = datesOf(season, { year, easter });
    return first !== null && last !== null && day >= first && day <= last;
  });
}

function datesOf(season: Season, of: { year: number; easter: LocalDay }): readonly [LocalDay | null, LocalDay | null] {
  const { year, easter } = of;
  switch (season) {
    case 'runeberg':
      return [dayOfDate(year, 1, 10), dayOfDate(year, 2, 6)];
    case 'laskiainen': // ends on Shrove Tuesday
      return [addDays(easter, -68), addDays(easter, -47)];
    case 'pääsiäinen':
      return [addDays(easter, -28), addDays(easter, 1)];
    case 'vappu':
      return [dayOfDate(year, 4, 15), dayOfDate(year, 5, 2)];
    case 'kevät':
      return [dayOfDate(year, 4, 1), dayOfDate(year, 6, 5)];
    case 'juhannus':
      return [dayOfDate(year, 6, 8), dayOfDate(year, 7, 15)];
    case 'kesä':
      return [dayOfDate(year, 5, 20), dayOfDate(year, 8, 20)];
    case 'ravut': // crayfish from the 21st of July at noon
      return [dayOfDate(year, 7, 21), dayOfDate(year, 9, 10)];
    case 'pyhät': // All Saints and Father's Day
      return [dayOfDate(year, 10, 25), dayOfDate(year, 11, 10)];
    case 'joulu':
      return [dayOfDate(year, 11, 10), dayOfDate(year, 12, 26)];
  }
}

/** Gregorian Easter by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): LocalDay {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  const easter = dayOfDate(year, Math.floor(n / 31), (n % 31) + 1);
  if (easter === null) throw new RangeError(`No Easter in ${year}.`);
  return easter;
}
