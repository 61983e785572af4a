// A shift in which anything may happen at any time: what must hold whatever the customers, the printer and the power do.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant } from '../../src/domain/calendar.ts';
import type { CustomerId, VisitId } from '../../src/domain/ids.ts';
import { NO_FAULTS, type SimulatedFaults } from '../../src/printer/simulated/faults.ts';
import { CARDS, START, STOP } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

const PATIENCE_SECONDS = 20;
const FAULTS = ['paperOut', 'coverOpen', 'unplugged', 'stalled', 'deaf', 'headHot'] as const;

type Happening =
  | { readonly kind: 'scan'; readonly card: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'fault'; readonly faults: Partial<SimulatedFaults>; readonly afterBytes: number }
  | { readonly kind: 'mend' }
  | { readonly kind: 'sale'; readonly card: string | null; readonly isVoid: boolean }
  | { readonly kind: 'power-cut' };

const scan = fc.constantFrom(...Object.values(CARDS), STOP, START).map((card) => ({ kind: 'scan', card }) as const);
const pass = fc
  .oneof(fc.constantFrom(0, 1, 4_999, 5_000, 30_000, 30_001), fc.integer({ min: 0, max: 25_000 }))
  .map((ms) => ({ kind: 'pass', ms }) as const);
const fault = fc
  .record({
    name: fc.constantFrom(...FAULTS),
    afterBytes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_400 })),
  })
  .map(({ name, afterBytes }) => ({ kind: 'fault', faults: { [name]: true }, afterBytes }) as const);
const sale = fc
  .record({ card: fc.constantFrom(null, CARDS.anna, CARDS.carl, CARDS.nobody), isVoid: fc.boolean() })
  .map((of) => ({ kind: 'sale', ...of }) as const);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: scan },
  { weight: 4, arbitrary: pass },
  { weight: 2, arbitrary: fault },
  { weight: 2, arbitrary: fc.constant({ kind: 'mend' } as const) },
  { weight: 2, arbitrary: sale },
  { weight: 1, arbitrary: fc.constant({ kind: 'power-cut' } as const) },
);

test.each(['scan', 'payment'] as const)(
  'whatever happens in a shift that prints at the %s',
  async (printAt) => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (happenings) => {
        const shift = new Shift(await openTill({ visit: { printAt, patienceSeconds: PATIENCE_SECONDS } }));
        for (const one of happenings) await shift.live(one);
        await shift.close();
        shift.check();
        await shift.till[Symbol.asyncDispose]();
      }),
      { numRuns: 25 },
    );
  },
  60_000,
);

/** One till over its power cuts, and what was seen of it from outside. */
class Shift {
  till: OpenTill;
  /** Since when each visit has the right to a strip: the scan, or the payment. */
  readonly #waitsSince = new Map<VisitId, Instant>();
  readonly #begun = new Map<VisitId, { at: Instant; isWelcome: boolean }>();
  readonly #visits: VisitId[] = [];
  #sales = 0;

  constructor(till: OpenTill) {
    this.till = till;
    this.#listen();
  }

  async live(happening: Happening): Promise<void> {
    const { till } = this;
    switch (happening.kind) {
      case 'scan': {
        const answer = till.scan(happening.card);
        if (answer.outcome === 'repeat') return;
        this.#visits.push(answer.visit);
        this.#waitsSince.set(answer.visit, till.clock.now());
        return;
      }
      case 'pass':
        return till.pass(happening.ms);
      case 'fault':
        if (happening.afterBytes === 0) till.device.set(happening.faults);
        else till.device.setAfterBytes(happening.afterBytes, happening.faults);
        return;
      case 'mend':
        return till.device.set(NO_FAULTS);
      case 'sale': {
        const { card, isVoid } = happening;
        const { visit } = till.sell({ number: String(this.#sales++), isVoid, ...(card === null ? {} : { card }) });
        if (visit !== null) this.#waitsSince.set(visit, till.clock.now());
        return;
      }
      case 'power-cut':
        this.till = await till.cutPower();
        this.#listen();
    }
  }

  /** Everything is mended, and whoever still may be served is. */
  async close(): Promise<void> {
    this.till.device.set(NO_FAULTS);
    await this.till.pass(60_000);
  }

  check(): void {
    this.#checkPaper();
    this.#checkPatience();
    this.#checkCustomers();
    expect(this.till.reported).toEqual([]);
    expect(this.till.shop.ledger.counts().openJobs).toBe(0);
  }

  /** Printed is on paper, failed is not, nothing is there twice, and no strip mixes two visits. */
  #checkPaper(): void {
    const { till } = this;
    const onPaper = till.serialsOnPaper;
    const visitOf = new Map(this.#visits.flatMap((visit) => till.serials(visit).map((serial) => [serial, visit])));
    expect(visitOf.size).toBe(till.serialsUsed);
    expect(new Set(onPaper).size).toBe(onPaper.length);
    for (const serial of onPaper) expect(visitOf.has(serial)).toBe(true);
    for (const visit of this.#visits) {
      for (const { serial, state } of till.record(visit).coupons) {
        expect(['printed', 'failed', 'unknown']).toContain(state);
        if (state === 'printed') expect(onPaper).toContain(serial);
        if (state === 'failed') expect(onPaper).not.toContain(serial);
      }
    }
    for (const { serials } of till.handedOver) {
      expect(new Set(serials.map((serial) => visitOf.get(serial))).size).toBeLessThanOrEqual(1);
    }
  }

  /** No strip began after its customer's patience, or for one who had said no; none came out that never began. */
  #checkPatience(): void {
    for (const [visit, { at, isWelcome }] of this.#begun) {
      const since = this.#waitsSince.get(visit) ?? at;
      expect(at - since).toBeLessThanOrEqual(PATIENCE_SECONDS * 1_000);
      expect(isWelcome).toBe(true);
    }
    const begun = new Set([...this.#begun.keys()].flatMap((visit) => this.till.serials(visit)));
    for (const serial of this.till.serialsOnPaper) expect(begun.has(serial)).toBe(true);
  }

  /** Coupons are of the customer whose visit it was; nobody got two strips within the week; only printing uses serials. */
  #checkCustomers(): void {
    const { visits } = this.till.shop;
    const strips = new Map<CustomerId, number>();
    for (const visit of this.#visits) {
      const { outcome, coupons } = this.till.record(visit);
      if (coupons.length > 0) expect(outcome).toBe('printing');
      const customer = visits.customerOf(visit);
      if (customer === null || coupons.every(({ state }) => state === 'failed')) continue;
      strips.set(customer, (strips.get(customer) ?? 0) + 1);
    }
    expect([...strips.values()].filter((count) => count > 1)).toEqual([]);
    const strangers = this.till.shop.db.prepare(
      'select count(*) from coupon join visit on visit.id = coupon.visit where coupon.customer is not visit.customer',
    );
    expect(strangers.pluck().get()).toBe(0);
  }

  #listen(): void {
    const { till } = this;
    till.desk.onNews((news) => {
      if (news.kind !== 'begun') return;
      const customer = till.shop.visits.customerOf(news.visit);
      const isWelcome = customer !== null && till.shop.customers.byId(customer)?.optedOutAt === null;
      this.#begun.set(news.visit, { at: till.clock.now(), isWelcome });
    });
  }
}
