// A small desk in memory, of the real one's type: four known cards, six coupons each, a printer that can be broken.
import { addDays, isoDay } from '../domain/calendar.ts';
import type { Instant, ShopCalendar } from '../domain/calendar.ts';
import { cashierLine } from '../domain/cashier-lines.ts';
import type { Clock } from '../domain/clock.ts';
import type { Coupon, CouponState, RedeemOutcome } from '../domain/coupon.ts';
import { gs1CheckDigit, parseGcn, parseSerial, parseTillId, visitId } from '../domain/ids.ts';
import type { Gcn, Serial, TillId, VisitId } from '../domain/ids.ts';
import { cents } from '../domain/money.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import type { Reprint } from '../domain/reprint.ts';
import type { ScanAnswer, VisitAnswer, VisitOutcome, VisitRecord } from '../domain/visit.ts';
import type { FinalBasket } from '../till/final-basket.ts';
import type { RedemptionRequest } from '../till/redemption-request.ts';
import type {
  BasketAnswer,
  DaemonStatus,
  Explanation,
  FaultName,
  IdempotentRequest,
  LastStrip,
  SampleDesk,
  ShopEvent,
  StoredAnswer,
  StripClosing,
  TillDesk,
} from './desk.ts';
import { FAULT_NAMES } from './desk.ts';
import { simulatedPicture } from './simulated-picture.ts';
import { CARDS, isKnown, OFFERS, OPTED_OUT, REFERENCE } from './simulated-shop.ts';

const UNJUDGED = {
  way: 'shipped',
  cases: 0,
  gain: { plain: 0, shipped: 0, blended: 0, learned: 0 },
  earlier: { cases: 0, gain: { plain: 0, shipped: 0 } },
  calibrationError: 0,
} as const;

export class SimulatedDesk implements TillDesk {
  readonly #clock: Clock;
  readonly #calendar: ShopCalendar;
  readonly #till: TillId;
  readonly #gcn: Gcn;
  readonly #startedAt: Instant;
  readonly #visits = new Map<VisitId, { record: VisitRecord; card: string }>();
  readonly #coupons = new Map<Serial, Coupon>();
  readonly #served = new Set<string>();
  readonly #optedOut = new Set([OPTED_OUT]);
  readonly #baskets = new Set<string>();
  readonly #answers = new Map<string, { bodyDigest: string; answer: string }>();
  readonly #listeners = new Set<(event: ShopEvent) => void>();
  readonly #faults = new Set<FaultName>();
  #lastStrip: LastStrip | null = null;
  #running = 0;
  /** What the status says in place of the simulated truth: tests make the daemon unable, the clock doubtful. */
  statusChange: Partial<DaemonStatus> = {};
  /** Comes before a scan is decided: tests let it fail, or take its time. */
  beforeScan: (scan: { readonly card: string; readonly source: 'http' | 'page' }) => Promise<void> = () =>
    Promise.resolve();
  readonly sample: SampleDesk;

  /** @param parts.till two digits */
  constructor(parts: { readonly clock: Clock; readonly calendar: ShopCalendar; readonly till: string }) {
    const till = parseTillId(parts.till);
    const gcn = parseGcn(REFERENCE + gs1CheckDigit(REFERENCE));
    if (till === null || gcn === null) throw new RangeError(`A till has two digits; got ${parts.till}.`);
    this.#clock = parts.clock;
    this.#calendar = parts.calendar;
    this.#till = till;
    this.#gcn = gcn;
    this.#startedAt = parts.clock.now();
    this.sample = {
      cardsToTry: CARDS,
      faults: () => FAULT_NAMES.map((name) => ({ name, isOn: this.#faults.has(name) })),
      setFault: (name, isOn) => {
        if (isOn) this.#faults.add(name);
        else this.#faults.delete(name);
        this.#tell({ kind: 'status', at: this.#clock.now(), state: this.status().state });
      },
    };
  }

  async scan(scan: { readonly card: string; readonly source: 'http' | 'page' }): Promise<ScanAnswer> {
    await this.beforeScan(scan);
    const { card } = scan;
    const visit = visitId(this.#till, ++this.#running);
    const at = this.#clock.now();
    const outcome = this.#outcomeFor(card);
    const coupons = outcome === 'printing' ? this.#issue(visit, at) : [];
    const answer: VisitAnswer = { visit, outcome, why: `Simulated: ${outcome}.`, coupons };
    this.#visits.set(visit, { card, record: { ...answer, at, end: outcome === 'printing' ? 'printed' : null } });
    this.#tell({ kind: 'visit', at, visit, outcome, decisionMs: outcome === 'printing' ? 1.3 : null });
    if (outcome === 'printing') {
      this.#served.add(card);
      this.#print(
        visit,
        at,
        coupons.map((coupon) => coupon.serial),
      );
    }
    const line = { outcome, language: 'fi', nextStripOn: null, printer: this.#printer() } as const;
    return { ...answer, cashierLine: cashierLine(line), strip: null };
  }

  /** The simulated shop prints by itself. */
  closeStrip({ visit }: { readonly visit: VisitId }): Promise<StripClosing> {
    return Promise.resolve({ state: this.#visits.has(visit) ? 'not-the-tills' : 'no-visit' });
  }

  reprint({ visit }: { readonly visit: VisitId }): Reprint | null {
    const coupons = this.visit(visit)?.coupons.length ?? null;
    if (coupons === null) return null;
    return { visit, outcome: coupons === 0 ? 'nothing-left' : 'copying', coupons, copies: Math.min(coupons, 1) };
  }

  recordBasket(basket: FinalBasket): BasketAnswer {
    const outcome = this.#basketOutcome(basket);
    const isNew = !this.#baskets.has(basket.basketCode);
    this.#baskets.add(basket.basketCode);
    this.#tell({ kind: 'basket', at: this.#clock.now(), outcome });
    return { outcome, lines: outcome === 'recorded' && isNew ? basket.lines.length : 0, visit: null, givenBack: [] };
  }

  releasedStrip(): Promise<null> {
    return Promise.resolve(null);
  }

  redeem(request: RedemptionRequest): RedeemOutcome {
    const outcome = this.#tryToRedeem(request.code);
    const serial = 'coupon' in outcome ? outcome.coupon.serial : null;
    this.#tell({ kind: 'redemption', at: this.#clock.now(), outcome: outcome.outcome, serial });
    return outcome;
  }

  visit(id: VisitId): VisitRecord | null {
    return this.#visits.get(id)?.record ?? null;
  }

  explain({ visit }: { readonly visit: VisitId }): Explanation | null {
    const record = this.visit(visit);
    if (record === null) return null;
    if (record.coupons.length === 0) return { model: 'sample', offers: [], runnersUp: [] };
    return {
      model: 'sample',
      offers: OFFERS.map(({ name, slot, probability }) => ({
        productName: name,
        slot,
        probability,
        propensity: slot === 'new' ? 0.91 : 1,
        words: slot === 'new' ? 'In 41 of 200 similar baskets' : 'Bought 6 times in 8 weeks, last 3 days ago',
        reasons: [{ feature: slot === 'new' ? 'similar-customers' : 'days-bought', value: 6, contribution: 1.2 }],
      })),
      runnersUp: [
        {
          productName: 'Näkkileipä 300 g',
          slot: 'habitual',
          probability: 0.2,
          loss: 'ranked-lower',
          words: 'bought less often',
        },
        {
          productName: 'Voide 100 ml',
          slot: 'new',
          probability: 0.1,
          loss: 'unmapped-category',
          words: 'its category is not allowed',
        },
      ],
    };
  }

  setOptOut(wish: { readonly visit: VisitId; readonly optedOut: boolean }): { readonly optedOut: boolean } | null {
    const card = this.#visits.get(wish.visit)?.card;
    if (card === undefined || !isKnown(card)) return null;
    if (wish.optedOut) this.#optedOut.add(card);
    else this.#optedOut.delete(card);
    return { optedOut: wish.optedOut };
  }

  status(): DaemonStatus {
    const now = this.#clock.now();
    const coupons: Record<CouponState, number> = {
      issued: 0,
      printed: 0,
      failed: 0,
      unknown: 0,
      redeemed: 0,
      expired: 0,
      void: 0,
    };
    for (const { state } of this.#coupons.values()) coupons[state]++;
    return {
      version: '0.0.0-simulated',
      state: this.#faults.size === 0 ? 'ready' : 'degraded',
      problems: [],
      startedAt: this.#startedAt,
      till: this.#till,
      shop: { name: 'Kulmakauppa', language: 'fi', timeZone: this.#calendar.timeZone, currency: 'EUR' },
      address: 'http://127.0.0.1:8090',
      printer: { name: 'TM-T20III', isSimulated: true, status: this.#printer(), mismatch: null },
      scanner: { state: 'ready', isSimulated: true, scans: 0, lost: 0 },
      clock: { state: 'ok', now, isReplay: false },
      model: { name: 'sample', asOf: this.#startedAt, ageDays: 0, rankers: { habitual: UNJUDGED, new: UNJUDGED } },
      customers: 300,
      products: 2000,
      queueLength: 0,
      lastVisits: [...this.#visits.values()]
        .reverse()
        .slice(0, 10)
        .map(({ record: { visit, at, outcome, end, coupons: list } }) => ({
          visit,
          at,
          outcome,
          end,
          coupons: list.length,
        })),
      coupons,
      storage: { state: 'ok', databaseBytes: 12_345_678, freeBytes: 9_876_543_210 },
      sample: { newestDay: this.#calendar.dayOf(now), isOld: false },
      ...this.statusChange,
    };
  }

  subscribe(listener: (event: ShopEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  idempotent(request: IdempotentRequest, run: () => string): StoredAnswer {
    const known = this.#answers.get(request.key);
    if (known !== undefined) {
      return known.bodyDigest === request.bodyDigest
        ? { state: 'stored', answer: known.answer }
        : { state: 'other-body' };
    }
    const answer = run();
    this.#answers.set(request.key, { bodyDigest: request.bodyDigest, answer });
    return { state: 'fresh', answer };
  }

  lastStrip(): LastStrip | null {
    return this.#lastStrip;
  }

  #outcomeFor(card: string): VisitOutcome {
    if (!/^6340\d{14}$/.test(card)) return 'not-a-card';
    if (!isKnown(card)) return 'unknown-card';
    if (this.#optedOut.has(card)) return 'opted-out';
    if (this.#served.has(card)) return 'capped';
    return this.#printer().state === 'ready' ? 'printing' : 'no-printer';
  }

  #issue(visit: VisitId, at: Instant): VisitAnswer['coupons'] {
    const today = this.#calendar.dayOf(at);
    return OFFERS.flatMap(({ name, slot, off }, index) => {
      const serial = parseSerial(`${this.#till}${String(this.#running * 10 + index).padStart(5, '0')}37715`);
      if (serial === null) return [];
      const reward = { kind: 'amount', amountCents: cents(off) } as const;
      this.#coupons.set(serial, {
        gcn: this.#gcn,
        serial,
        visit,
        place: index + 1,
        slot,
        productCode: `64000000000${index}`,
        productName: name,
        reward,
        issuedAt: at,
        validFrom: addDays(today, 1),
        validTo: addDays(today, 14),
        state: 'printed',
        redeemedAt: null,
      });
      return [{ serial, slot, productName: name, reward, state: 'printed' as const }];
    });
  }

  #print(visit: VisitId, at: Instant, serials: readonly Serial[]): void {
    this.#tell({ kind: 'strip-begun', at, visit, scanToFirstByteMs: 6 });
    const parts = OFFERS.map(
      ({ name }, index) => `${name}\n${'|'.repeat(42)}\n${'|'.repeat(42)}\n${serials[index] ?? ''}\n`,
    );
    const text = [`Kulmakauppa, Kuusitie 4         ${isoDay(this.#calendar.dayOf(at))}\n`, ...parts].join(
      `${'- '.repeat(21)}\n`,
    );
    this.#lastStrip = { visit, text, png: () => Promise.resolve(simulatedPicture(text)) };
    this.#tell({ kind: 'strip-ended', at, visit, end: 'printed', coupons: serials.length });
  }

  #tryToRedeem(code: string): RedeemOutcome {
    const serial = parseSerial(code);
    const coupon = serial === null ? undefined : this.#coupons.get(serial);
    if (coupon === undefined) return { outcome: 'unknown-coupon', otherTill: null };
    if (coupon.redeemedAt !== null) return { outcome: 'already-used', coupon, usedAt: coupon.redeemedAt };
    const now = this.#clock.now();
    const today = this.#calendar.dayOf(now);
    if (today < coupon.validFrom) return { outcome: 'not-yet-valid', coupon };
    if (today > coupon.validTo) return { outcome: 'expired', coupon };
    const redeemed: Coupon = { ...coupon, state: 'redeemed', redeemedAt: now };
    this.#coupons.set(coupon.serial, redeemed);
    return { outcome: 'redeemed', coupon: redeemed };
  }

  #basketOutcome(basket: FinalBasket): BasketAnswer['outcome'] {
    if (basket.isVoid) return 'voided';
    if (basket.card === null) return 'anonymous';
    return isKnown(basket.card) ? 'recorded' : 'unknown-card';
  }

  #printer(): PrinterStatus {
    if (this.#faults.has('unplugged')) return { state: 'offline', why: 'unplugged at the till page' };
    if (this.#faults.has('cover-open')) return { state: 'cover-open' };
    if (this.#faults.has('paper-out')) return { state: 'paper-out' };
    return { state: 'ready' };
  }

  #tell(event: ShopEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
