// The till's own programs: cards over HTTP, copies of strips with a reason, coupons that came out and come back.
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../src/sample/random.ts';
import { REPRINT_REASONS } from '../../../src/domain/reprint.ts';
import type { DaemonProcess } from '../../end-to-end/daemon-process.ts';
import { cardOf } from '../soak-shop.ts';
import type { Drawn, KeptPaper } from './kept-paper.ts';

export type CounterStand = {
  readonly random: Random;
  readonly customers: number;
  readonly paper: KeptPaper;
  readonly daemon: () => DaemonProcess | null;
  readonly day: () => number;
  /** Visits whose strip may be asked for once more, the latest last. */
  readonly recentVisits: () => readonly string[];
  readonly signal: AbortSignal;
};

/** A card over HTTP, and what was answered. */
export type Answered = { readonly customer: number; readonly visit: string; readonly serials: readonly string[] };

export class CounterHand {
  readonly #at: CounterStand;
  readonly answered: Answered[] = [];
  readonly redeemed = new Set<string>();
  /** Asked for, and the daemon died before it answered. */
  readonly maybeRedeemed = new Set<string>();
  readonly #outSince = new Map<Drawn, number>();
  readonly wrongs: string[] = [];
  readonly outcomes = new Map<string, number>();
  slowestMs = 0;

  constructor(at: CounterStand) {
    this.#at = at;
  }

  async work(): Promise<void> {
    const { random, signal } = this.#at;
    while (!signal.aborted) {
      await pause(500 + random.next() * 3_500, undefined, { signal }).catch(() => undefined);
      const daemon = this.#at.daemon();
      if (daemon === null || signal.aborted) continue;
      const draw = random.next();
      const fromMs = performance.now();
      try {
        if (draw < 0.35) await this.#card(daemon);
        else if (draw < 0.6) await this.#copy(daemon);
        else await this.#redeem(daemon);
        this.slowestMs = Math.max(this.slowestMs, performance.now() - fromMs);
      } catch (thrown) {
        if (this.#at.daemon() === daemon) this.wrongs.push(`the till was refused: ${String(thrown)}`);
      }
    }
  }

  async #card(daemon: DaemonProcess): Promise<void> {
    const customer = this.#at.random.between(0, this.#at.customers - 1);
    const { visit, outcome, coupons } = await daemon.scan(cardOf(customer));
    this.#count(`scan ${outcome}`);
    if (outcome !== 'repeat') this.answered.push({ customer, visit, serials: coupons.map(({ serial }) => serial) });
  }

  async #copy(daemon: DaemonProcess): Promise<void> {
    const visits = this.#at.recentVisits();
    const visit = visits[visits.length - 1 - this.#at.random.between(0, Math.min(20, visits.length - 1))];
    if (visit === undefined) return;
    const reason = REPRINT_REASONS[this.#at.random.between(0, REPRINT_REASONS.length - 1)];
    const response = await fetch(`${daemon.address}/api/v1/visits/${visit}/reprint`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ reason }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer: unknown = await response.json();
    if (!response.ok || typeof answer !== 'object' || answer === null || !('outcome' in answer))
      throw new Error(`a copy of ${visit}: ${response.status} ${JSON.stringify(answer)}`);
    this.#count(`copy ${String(answer.outcome)}`);
  }

  /** A coupon somebody has in their hand; the day it was printed on is too early, and the second time is too late. */
  async #redeem(daemon: DaemonProcess): Promise<void> {
    const { paper, random, day } = this.#at;
    for (const drawn of paper.all.slice(this.#outSince.size)) this.#outSince.set(drawn, day());
    const drawn = paper.all[random.between(0, paper.all.length - 1)];
    if (drawn === undefined || drawn.text === null) return;
    const code = random.next() < 0.5 ? drawn.serial : `17${drawn.expiry}255${drawn.gcn}${drawn.serial}`;
    const mayBeUsed = this.maybeRedeemed.has(drawn.serial);
    this.maybeRedeemed.add(drawn.serial);
    const { outcome } = await daemon.redeem(code);
    this.#count(`coupon ${outcome}`);
    const wasUsed = this.redeemed.has(drawn.serial);
    if (outcome === 'redeemed' && wasUsed) this.wrongs.push(`${drawn.serial} was redeemed twice`);
    if (outcome === 'unknown-coupon') this.wrongs.push(`${drawn.serial} is on paper and is not known`);
    if (outcome === 'redeemed') this.redeemed.add(drawn.serial);
    if (outcome === 'already-used' && !wasUsed && !mayBeUsed)
      this.wrongs.push(`${drawn.serial} is called used and is not`);
    if (outcome !== 'already-used') this.maybeRedeemed.delete(drawn.serial);
    const isOfAnEarlierDay = (this.#outSince.get(drawn) ?? 0) < day();
    if (outcome === 'not-yet-valid' && isOfAnEarlierDay) this.wrongs.push(`${drawn.serial} is refused as too early`);
  }

  #count(what: string): void {
    this.outcomes.set(what, (this.outcomes.get(what) ?? 0) + 1);
  }
}
