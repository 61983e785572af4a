// The cuts a training looks back at: days on which the shop stood as if the rest had not happened.
import { addDays } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import { CALIBRATION_DAYS } from './calibration.ts';

export type Cuts = {
  /** Purchases of this day and before are known; earlier and latest cut. */
  readonly earlier: LocalDay;
  readonly latest: LocalDay;
  /** Purchases are looked for from the visit on for so many days, as far as they are known. */
  readonly labelDays: number;
};

/** Remembering at least this long, two cuts of four weeks leave enough behind them to learn from. */
const LONG_MEMORY_DAYS = 112;

/** 28 and 56 days back with labels of 28 days; with less remembered 14 and 21 days back with labels of 14 and 7 days. */
export function cutsFor({ asOfDay, memoryDays }: { asOfDay: LocalDay; memoryDays: number }): Cuts {
  if (memoryDays >= LONG_MEMORY_DAYS) {
    return { earlier: addDays(asOfDay, -57), latest: addDays(asOfDay, -29), labelDays: 28 };
  }
  return { earlier: addDays(asOfDay, -25), latest: addDays(asOfDay, -CALIBRATION_DAYS - 4), labelDays: 14 };
}
