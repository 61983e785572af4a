// The hand at the scanner: cards, twice the same, two at once, half of one, noise, and the cable out and in.
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../src/sample/random.ts';
import { cardOf } from '../soak-shop.ts';
import type { Wire } from './wire.ts';

export type SentCard = {
  readonly customer: number;
  readonly atMs: number;
  /** Somebody listened and nothing spoilt it: a visit must come of it. */
  isOwedAVisit: boolean;
};

export type ScannerStand = {
  readonly wire: Wire;
  readonly random: Random;
  readonly customers: number;
  /** The daemon says that it listens. */
  readonly isListening: () => boolean;
  readonly signal: AbortSignal;
};

const REPEAT_MS = 5_500;
/** After it was plugged in: the daemon looks every second, and opens. */
const SETTLED_MS = 3_000;
/** What came just before may be glued to it. */
const QUIET_MS = 700;
/** A scan is on its way until then, on a busy machine. */
const HEARD_MS = 1_500;

export class ScannerHand {
  readonly #at: ScannerStand;
  readonly sent: SentCard[] = [];
  readonly #lastOf = new Map<number, number>();
  #spoiltMs = -Infinity;
  #pluggedMs = performance.now();
  unplugged = 0;
  spoilt = 0;

  constructor(at: ScannerStand) {
    this.#at = at;
  }

  /** Whoever listened has gone. */
  nobodyListens(): void {
    const nowMs = performance.now();
    for (const card of this.sent.slice(-10)) if (nowMs - card.atMs < HEARD_MS) card.isOwedAVisit = false;
  }

  async work(): Promise<void> {
    const { random, signal } = this.#at;
    while (!signal.aborted) {
      await this.#some(0.6, 4);
      const draw = random.next();
      if (draw < 0.72) this.#card(this.#anybody());
      else if (draw < 0.78) await this.#twice();
      else if (draw < 0.84) this.#two();
      else if (draw < 0.89) await this.#half();
      else if (draw < 0.94) this.#noise();
      else if (draw < 0.97) this.#stranger();
      else await this.#unplug();
    }
  }

  #anybody(): number {
    return this.#at.random.between(0, this.#at.customers - 1);
  }

  #card(customer: number): void {
    const atMs = performance.now();
    const isListening = this.#at.isListening() && this.#at.wire.isPlugged && atMs - this.#pluggedMs > SETTLED_MS;
    const isRepeat = atMs - (this.#lastOf.get(customer) ?? -Infinity) < REPEAT_MS;
    const isOwedAVisit = isListening && !isRepeat && atMs - this.#spoiltMs > QUIET_MS;
    this.#lastOf.set(customer, atMs);
    this.sent.push({ customer, atMs, isOwedAVisit });
    this.#say(`${cardOf(customer)}\r`);
  }

  async #twice(): Promise<void> {
    const customer = this.#anybody();
    this.#card(customer);
    await this.#some(0.05, 2);
    this.#card(customer);
  }

  #two(): void {
    this.#card(this.#anybody());
    this.#card(this.#anybody());
  }

  async #half(): Promise<void> {
    this.#spoil();
    this.#say(cardOf(this.#anybody()).slice(0, this.#at.random.between(1, 9)));
    // Sometimes the next card comes on its heels.
    if (this.#at.random.next() < 0.5) await this.#some(0.3, 1);
    this.#card(this.#anybody());
  }

  #noise(): void {
    this.#spoil();
    const { random } = this.#at;
    const bytes = Uint8Array.from({ length: random.between(1, 64) }, () => random.between(0, 255));
    this.#at.wire.say(bytes);
  }

  #stranger(): void {
    this.#say(`${cardOf(90_000 + this.#anybody())}\r`);
  }

  async #unplug(): Promise<void> {
    this.unplugged++;
    this.#spoil();
    this.nobodyListens();
    await this.#at.wire.pull(false);
    await this.#some(0.2, 5);
    await this.#at.wire.plug();
    this.#pluggedMs = performance.now();
  }

  #spoil(): void {
    this.spoilt++;
    this.#spoiltMs = performance.now();
  }

  #say(text: string): void {
    this.#at.wire.say(Buffer.from(text, 'latin1'));
  }

  async #some(from: number, to: number): Promise<void> {
    const { random, signal } = this.#at;
    await pause((from + random.next() * (to - from)) * 1000, undefined, { signal }).catch(() => undefined);
  }
}
