// What the web is made of: handed in by app.ts, passed on to the routes.
import type { Registry } from 'prom-client';
import type { ShopCalendar } from '../domain/calendar.ts';
import type { Clock } from '../domain/clock.ts';
import type { TillId } from '../domain/ids.ts';
import type { TillMessages } from '../till/till-messages.ts';
import type { TillDesk } from './desk.ts';

export type WebParts = {
  readonly desk: TillDesk;
  readonly clock: Clock;
  /** For the dates a cashier reads out. */
  readonly calendar: ShopCalendar;
  readonly messages: TillMessages;
  readonly metrics: Registry;
  /** Whose daemon this is. */
  readonly till: TillId;
  readonly version: string;
  /** Hears of every failure that is ours, once. */
  readonly report: (error: Error) => void;
};
