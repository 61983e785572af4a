// A simulated desk behind the real web, with a clock the test moves by hand.
import { instant, ShopCalendar } from '../../src/domain/calendar.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { tillMessages } from '../../src/till/till-messages.ts';
import { shopMetrics } from '../../src/web/shop-metrics.ts';
import { SimulatedDesk } from '../../src/web/simulated-desk.ts';
import type { WebApp, WebConfig } from '../../src/web/web-app.ts';
import { createWebApp } from '../../src/web/web-app.ts';

export const FAMILY = '634000000000000015';
export const STUDENT = '634000000000000023';
export const OPTED_OUT = '634000000000000056';
export const DAY_MS = 86_400_000;

export type OpenDesk = { web: WebApp; desk: SimulatedDesk; clock: SimulatedClock; reported: Error[] };

export function openDesk(config: Partial<WebConfig> = {}): OpenDesk {
  const clock = new SimulatedClock(instant(Date.UTC(2026, 10, 22, 14, 5)));
  const calendar = new ShopCalendar('Europe/Helsinki');
  const desk = new SimulatedDesk({ clock, calendar, till: '01' });
  const reported: Error[] = [];
  const parts = {
    desk,
    clock,
    calendar,
    till: desk.status().till,
    messages: tillMessages({ calendar, believedNow: () => null }),
    metrics: shopMetrics(desk, { salesToReview: () => 0 }).register,
    version: '0.1.0',
    report: (error: Error) => reported.push(error),
  };
  const web = createWebApp(parts, { host: '127.0.0.1', port: 0, token: null, names: [], ...config });
  return { web, desk, clock, reported };
}

/** The error of an answer, as far as a test asks for it. */
export function errorOf(body: unknown): { code?: unknown; message?: unknown; hint?: unknown } {
  const error: unknown = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  return typeof error === 'object' && error !== null ? error : {};
}
