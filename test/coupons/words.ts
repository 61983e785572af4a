// Short ways for tests to say a day and a till.
import { ShopCalendar } from '../../src/domain/calendar.ts';
import type { LocalDay } from '../../src/domain/calendar.ts';
import { parseTillId } from '../../src/domain/ids.ts';
import type { TillId } from '../../src/domain/ids.ts';

const calendar = new ShopCalendar('UTC');

export function day(iso: string): LocalDay {
  const at = calendar.parse(iso);
  if (at === null) throw new RangeError(`${iso} is no day.`);
  return calendar.dayOf(at);
}

export function till(text: string): TillId {
  const id = parseTillId(text);
  if (id === null) throw new RangeError(`${text} is no till.`);
  return id;
}
