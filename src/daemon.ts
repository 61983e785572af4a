// The daemon's life: started in order, stopped in reverse, and one signal ends everything.
import { once } from 'node:events';
import type { Desk } from './desk.ts';
import type { Clock } from './domain/clock.ts';
import { wantsSomebody } from './domain/printer-status.ts';
import { toError } from './domain/to-error.ts';
import { hearScans } from './hear-scans.ts';
import type { Printer } from './printer/printer.ts';
import type { Turns } from './printer/turns.ts';
import type { Scanner } from './scan/scanner.ts';
import type { LeftOpen } from './store/print-jobs.ts';
import type { Lamp } from './system/lamp.ts';
import type { Log } from './system/log.ts';
import type { ServiceNotify } from './system/service-notify.ts';
import type { VisitNews } from './visit.ts';

export type DaemonParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly desk: Desk;
  readonly printer: Printer;
  readonly scanner: Scanner;
  readonly turns: Turns;
  /** Lit while the printer wants somebody. */
  readonly lamp: Lamp;
  /** Closes what a dead process left open; before anything is issued. */
  readonly settle: () => readonly LeftOpen[];
  /** Opens the port; resolves with its address and a promise of its end. */
  readonly listen: (signal: AbortSignal) => Promise<{ address: string; stopped: Promise<void> }>;
  readonly keepHouse: (signal: AbortSignal) => Promise<void>;
  readonly notify: ServiceNotify;
  /** Strips that have not begun never will; then the printer is let finish. */
  readonly closeTill: () => void;
  readonly isServing: () => Promise<boolean>;
};

export type Running = {
  readonly address: string;
  /** Resolves when the signal has come and everything is closed. */
  readonly ended: Promise<void>;
};

/** What a start waits for the printer to say how it is. */
const FIRST_ANSWER_MS = 500;
/** What the printer may still take to finish the strip it has begun, when the daemon stops. */
const LAST_STRIP_MS = 8000;
/** And then to say what had come out of it. */
const GIVEN_UP_MS = 1000;
const LAST_STRIP_LOOK_MS = 50;

export async function startDaemon(parts: DaemonParts, signal: AbortSignal): Promise<Running> {
  const { log, desk, printer, scanner } = parts;
  for (const { visit, end, coupons } of parts.settle()) {
    log.warn({ visit, end, coupons }, 'a strip was cut short by the last stop; it is not printed again');
  }
  desk.onNews((news) => {
    logVisit(log, news);
    // Paper out or cover open in the middle of a strip: the cashier hears it where the customer still is.
    if (news.kind === 'ended' && wantsSomebody(news.result.status)) scanner.sound('error');
  });
  printer.onStatus((status) => {
    log.info({ printer: status.state, ...('why' in status ? { why: status.why } : {}) }, 'printer');
    parts.lamp.light(wantsSomebody(status));
    desk.tellStatus();
  });
  scanner.onState((state) => {
    log.info({ scanner: state.state, ...('why' in state ? { why: state.why } : {}) }, 'scanner');
    desk.tellStatus();
  });

  const printing = new AbortController();
  printer.start(printing.signal);
  // A moment for the printer's first answer, so that the first card finds it ready; it may as well be away, or hung.
  await Promise.race([printer.checkStatus(), parts.clock.sleep(FIRST_ANSWER_MS)]);
  parts.lamp.light(wantsSomebody(printer.status()));
  const web = await parts.listen(signal).catch((thrown: unknown) => {
    parts.closeTill();
    printing.abort();
    throw toError(thrown);
  });
  const report = (err: Error): void => log.error({ err }, 'a scan could not be served');
  scanner.start({ signal, onScan: hearScans({ desk, scanner, report }) });
  const house = parts.keepHouse(signal);
  const watch = parts.notify.watch({ signal, isHealthy: parts.isServing });
  await parts.notify.ready(`serving at ${web.address}`);
  log.info({ address: web.address, printer: printer.status().state, scanner: scanner.state().state }, 'ready');
  return { address: web.address, ended: end() };

  async function end(): Promise<void> {
    if (!signal.aborted) await once(signal, 'abort');
    log.info({ why: toError(signal.reason).message }, 'stopping');
    await parts.notify.stopping();
    // Nobody is heard any more, scanner and web having the same signal; what has begun is let finish.
    parts.closeTill();
    await lastStrip(parts, LAST_STRIP_MS);
    printing.abort(signal.reason);
    await lastStrip(parts, GIVEN_UP_MS);
    await Promise.all([web.stopped, house, watch, parts.lamp.end()]);
    log.info({}, 'stopped');
  }
}

/** A strip that has begun is let finish: cut off in the middle it would be six coupons nobody knows of. */
async function lastStrip({ clock, turns }: DaemonParts, limitMs: number): Promise<void> {
  const deadlineMs = clock.monotonicMs() + limitMs;
  while (!turns.isFree && clock.monotonicMs() < deadlineMs) await clock.sleep(LAST_STRIP_LOOK_MS);
}

/** One line for what the shop may want to look up; no card, no customer. */
function logVisit(log: Log, news: VisitNews): void {
  switch (news.kind) {
    case 'answered':
      return log.info({ visit: news.answer.visit, outcome: news.answer.outcome }, 'visit');
    case 'begun':
      return;
    case 'ended': {
      const { end, status, bytes, millimetres } = news.result;
      const line = { visit: news.visit, end, printer: status.state, bytes, millimetres: Math.round(millimetres) };
      return end === 'printed' ? log.info(line, 'strip') : log.warn(line, 'strip');
    }
    case 'dropped':
      return log.info({ visit: news.visit }, 'strip dropped before it began');
    case 'copied':
      return log.warn({ visit: news.visit, reason: news.reason, end: news.end }, 'a strip was copied');
  }
}
