// The shop's calendar: instants are UTC milliseconds, days are days of the shop's own time zone.
import type { Brand } from './ids.ts';

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = Brand<number, 'Instant'>;
/** A day of the shop's calendar, counted from 1970-01-01. */
export type LocalDay = Brand<number, 'LocalDay'>;

const DAY_MS = 86_400_000;

export const instant = (ms: number): Instant => ms as Instant;
export const localDay = (count: number): LocalDay => count as LocalDay;
export const addDays = (day: LocalDay, days: number): LocalDay => (day + days) as LocalDay;

/** The calendar date of a day, in UTC arithmetic: no time zone is involved any more. */
export function dateOf(day: LocalDay): { year: number; month: number; day: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day with this date, or null where there is no such date (2026-02-30). */
export function dayOfDate(year: number, month: number, day: number): LocalDay | null {
  const count = Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
  const back = dateOf(localDay(count));
  return back.year === year && back.month === month && back.day === day ? localDay(count) : null;
}

/** "2026-11-22" */
export function isoDay(day: LocalDay): string {
  const { year, month, day: dayOfMonth } = dateOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

export class ShopCalendar {
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;
  /** Offset of each UTC day; NaN for the days on which it changes. Day by day, because asking Intl costs microseconds. */
  readonly #offsetOfUtcDay = new Map<number, number>();

  /** @throws RangeError for a time zone the machine does not know */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  dayOf(at: Instant): LocalDay {
    return localDay(Math.floor((at + this.#offsetMs(at)) / DAY_MS));
  }

  /** The first instant of a day: 00:00, or the first time there is where the clock skips it. */
  startOf(day: LocalDay): Instant {
    return this.#instantOfLocal(day * DAY_MS);
  }

  /** The instant an ISO 8601 text means; without offset it is shop-local, a date alone is 00:00, a repeated hour the first one. */
  parse(text: string): Instant | null {
    const match = ISO.exec(text);
    if (match === null) return null;
    const [, year, month, date, hour = '0', minute = '0', second = '0', fraction = '0', offset] = match;
    const day = dayOfDate(Number(year), Number(month), Number(date));
    if (day === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
    const ofDay = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    const local = day * DAY_MS + ofDay + Math.floor(Number(`0.${fraction}`) * 1000);
    if (offset === undefined) return this.#instantOfLocal(local);
    return instant(local - offsetOfText(offset));
  }

  /** "2026-11-22T16:05" in the shop's own time. */
  isoLocal(at: Instant): string {
    return new Date(at + this.#offsetMs(at)).toISOString().slice(0, 16);
  }

  #instantOfLocal(localMs: number): Instant {
    const before = this.#offsetMs(localMs - DAY_MS);
    const after = this.#offsetMs(localMs + DAY_MS);
    const candidates = [localMs - before, localMs - after].sort((a, b) => a - b);
    for (const at of candidates) {
      if (at + this.#offsetMs(at) === localMs) return instant(at);
    }
    return instant(localMs - before);
  }

  #offsetMs(at: number): number {
    const utcDay = Math.floor(at / DAY_MS);
    let offset = this.#offsetOfUtcDay.get(utcDay);
    if (offset === undefined) {
      const start = this.#askOffset(utcDay * DAY_MS);
      offset = start === this.#askOffset((utcDay + 1) * DAY_MS) ? start : NaN;
      this.#offsetOfUtcDay.set(utcDay, offset);
    }
    return Number.isNaN(offset) ? this.#askOffset(at) : offset;
  }

  #askOffset(at: number): number {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of this.#format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  }
}

function offsetOfText(text: string): number {
  if (text === 'Z') return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
