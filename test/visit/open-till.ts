// A till as the daemon puts it together, from real parts, with a simulated printer and a clock that stands still until told.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { z } from 'zod';
import { openShop, type Shop } from '../../src/app.ts';
import { makeDesk, makeTill } from '../../src/app-till.ts';
import { configSchema, type Config } from '../../src/config/schema.ts';
import type { Desk } from '../../src/desk.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { cardNumber, parseSerial, type Serial, type VisitId } from '../../src/domain/ids.ts';
import type { VisitRecord } from '../../src/domain/visit.ts';
import { PRINTER_LIMITS, type PrinterLimits } from '../../src/printer/limits.ts';
import type { Transport } from '../../src/printer/link.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { writeOut } from '../../src/printer/simulated/picture.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import type { WriteTrouble } from '../../src/store/write-trouble.ts';
import { finalBasketSchema } from '../../src/till/final-basket.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import type { Answer, VisitNews } from '../../src/visit.ts';
import type { ShopEvent } from '../../src/web/desk.ts';
import { calendar, fillCornerShop, NOW, timeOf } from './corner-shop.ts';

type Special = {
  /** Its number; "01" where nobody says otherwise. Tills opened in one file of tests are tills of one shop, with one key. */
  readonly till?: string;
  /** What the shop has configured otherwise than usual. */
  readonly visit?: z.input<typeof configSchema>['visit'];
  readonly holdout?: z.input<typeof configSchema>['holdout'];
  readonly coupons?: z.input<typeof configSchema>['coupons'];
  readonly policy?: z.input<typeof configSchema>['policy'];
  readonly history?: z.input<typeof configSchema>['history'];
  /** The shop has no model yet. */
  readonly isUntrained?: boolean;
  /** The printer stands at the end of a real cable, and has a clock of its own: that of the shop still stands still. */
  readonly cable?: CabledPrinter;
};

export type CabledPrinter = {
  readonly device: SimulatedPrinter;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  readonly pullOut: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
};

/** Longer than any strip takes to print. */
const STRIP_MS = 15_000;

export async function openTill(special: Special = {}): Promise<OpenTill> {
  const folder = join(tests, `till-${opened++}`);
  cpSync(await shopAsItIs(), folder, { recursive: true });
  if (special.isUntrained === true) rmSync(join(folder, 'data', 'models'), { recursive: true });
  const clock = new SimulatedClock(NOW);
  const config = configOf(folder, special);
  const shop = openShop(config, { clock, report: fail });
  const cable = special.cable ?? noCable({ device: new SimulatedPrinter({ profile: shop.profile }), clock });
  const till = new OpenTill({ folder, config, clock, shop, cable });
  await till.begin();
  return till;
}

type Parts = {
  readonly folder: string;
  readonly config: Config;
  readonly clock: SimulatedClock;
  readonly shop: Shop;
  readonly cable: CabledPrinter;
};

function noCable({ device, clock }: { device: SimulatedPrinter; clock: Clock }): CabledPrinter {
  const limits = PRINTER_LIMITS;
  const set = (unplugged: boolean) => (): Promise<void> => Promise.resolve(device.set({ unplugged }));
  const transport = simulatedTransport({ printer: device, clock, limits });
  return { device, clock, limits, transport, pullOut: set(true), plugIn: set(false) };
}

/** Everything that stands on one stretch of paper up to a full cut: what one person is handed. */
export type HandedOver = { readonly serials: readonly Serial[]; readonly text: string };

export class OpenTill implements AsyncDisposable {
  readonly clock: SimulatedClock;
  readonly shop: Shop;
  readonly device: SimulatedPrinter;
  readonly desk: Desk;
  readonly news: VisitNews[] = [];
  readonly events: ShopEvent[] = [];
  /** What went wrong where nobody waited for an answer. */
  readonly reported: Error[] = [];
  readonly printer: EscposPrinter;
  readonly trouble: WriteTrouble;
  readonly config: Config;
  readonly #parts: Parts;
  readonly #watching = new AbortController();

  constructor(parts: Parts) {
    const { clock, shop, cable } = parts;
    this.#parts = parts;
    this.config = parts.config;
    this.clock = clock;
    this.shop = shop;
    this.device = cable.device;
    shop.latestInstant.observe({ now: clock.now(), isSynchronised: true });
    shop.ledger.atStart(clock.now());
    const startsAfterBreak = shop.ledger.mayHang();
    this.printer = new EscposPrinter({ profile: shop.profile, ...cable, startsAfterBreak });
    const report = (error: Error) => void this.reported.push(error);
    const at = makeTill({ shop, printer: this.printer, isClockDoubtful: shop.isClockDoubtful, report });
    // Nobody asks these tills how they are: test/web and the end-to-end tests do.
    const status = () => fail(new Error('nobody asks for the status'));
    this.trouble = at.trouble;
    this.desk = makeDesk({ shop, at, status, sample: null });
    this.desk.onNews((news) => this.news.push(news));
    this.desk.subscribe((event) => this.events.push(event));
  }

  /** The printer is found before the first card is held up. */
  async begin(): Promise<void> {
    this.printer.start(this.#watching.signal);
    await this.clock.advance(100);
  }

  scan(card: string): Answer {
    return this.desk.serve({ text: card, source: 'scanner' });
  }

  /** Scans and lets the strip, if there is one, come out. */
  async serve(card: string): Promise<Answer> {
    const answer = this.scan(card);
    await this.pass(STRIP_MS);
    return answer;
  }

  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** The shop goes on at another time, and its clock is right. */
  goTo(time: string): void {
    this.clock.setTo(timeOf(time));
    this.shop.latestInstant.observe({ now: this.clock.now(), isSynchronised: true });
  }

  record(visit: VisitId): VisitRecord {
    return this.desk.visit(visit) ?? fail(new Error(`no visit ${visit}`));
  }

  states(visit: VisitId): readonly string[] {
    return this.record(visit).coupons.map(({ state }) => state);
  }

  serials(visit: VisitId): readonly Serial[] {
    return this.record(visit).coupons.map(({ serial }) => serial);
  }

  /** How often the store holds coupons of any state: serials used up. */
  get serialsUsed(): number {
    return Object.values(this.shop.ledger.counts().coupons).reduce((sum, count) => sum + count, 0);
  }

  /** What came off the printer so far, strip by strip, each with what stands on it. */
  get handedOver(): readonly HandedOver[] {
    return this.device.strips.map((pieces) => handedOver(pieces, this.device));
  }

  /** Every serial on paper, the paper that still hangs from the printer included, in the order of the roll. */
  get serialsOnPaper(): readonly Serial[] {
    const { hanging, pieces } = this.device;
    return [...pieces, ...(hanging === null ? [] : [hanging])].flatMap((piece) => serialsOf(piece));
  }

  /** @param sale at this till, as it numbers its sales; null where it does not tell */
  redeem(code: string, sale: string | null = null) {
    return this.desk.redeem({ code, basket: sale, till: null });
  }

  customer(card: string) {
    return this.shop.customers.findByCard(cardNumber(card)) ?? fail(new Error(`nobody has the card ${card}`));
  }

  /** A till's final basket, as it comes in over HTTP. */
  sell(sale: { number: string; till?: string; card?: string; products?: readonly string[]; isVoid?: boolean }) {
    const body = finalBasketSchema({ calendar, believedNow: () => this.clock.now() }).parse({
      till: sale.till ?? '01',
      sale: sale.number,
      at: calendar.isoLocal(this.clock.now()),
      card: sale.card ?? null,
      lines: (sale.products ?? []).map((product) => ({ product, quantity: 1, price: 3 })),
      void: sale.isVoid ?? false,
    });
    return this.desk.recordBasket(body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.desk.close();
    await this.pass(STRIP_MS);
    this.#watching.abort();
    await this.pass(0);
    this.shop[Symbol.dispose]();
  }

  /** The power goes: what is on disk in this moment is all that is left, and the printer keeps its paper and its place. */
  async cutPower(): Promise<OpenTill> {
    const { config, folder, cable } = this.#parts;
    const left = join(tests, `till-${opened++}`);
    cpSync(folder, left, { recursive: true });
    // The dead till's connection breaks with it; what it goes on doing, it does to its own store and nobody sees.
    await cable.pullOut();
    await this[Symbol.asyncDispose]();
    await cable.plugIn();
    const clock = new SimulatedClock(this.clock.now());
    const again: Config = { ...config, data: join(left, 'data') };
    const shop = openShop(again, { clock, report: fail });
    const standsStill = cable.clock === this.clock;
    const way = standsStill ? noCable({ device: this.device, clock }) : cable;
    const till = new OpenTill({ folder: left, config: again, clock, shop, cable: way });
    await till.begin();
    return till;
  }
}

export function serialsOf(piece: SimulatedPrinter['pieces'][number]): readonly Serial[] {
  return piece.marks.flatMap((mark) => {
    if (mark.kind !== 'symbol') return [];
    // A symbol that swallowed what followed it on a broken line is bars on paper, and no coupon for any till.
    const [, last12 = ''] = /^\D*17\d{6}255\d{13}(\d{12})\D*$/.exec(mark.content) ?? [];
    const serial = parseSerial(last12);
    return serial === null ? [] : [serial];
  });
}

function handedOver(pieces: SimulatedPrinter['pieces'], { profile }: SimulatedPrinter): HandedOver {
  return { serials: pieces.flatMap(serialsOf), text: writeOut({ pieces, profile }) };
}

function configOf(folder: string, { till, visit, coupons, holdout, policy, history }: Special): Config {
  return configSchema.parse({
    data: join(folder, 'data'),
    secrets: join(folder, 'secrets'),
    shop: { name: 'Kulmakauppa', address: 'Kuusitie 4' },
    till: { id: till ?? '01' },
    visit,
    coupons,
    policy,
    history,
    holdout: holdout ?? { customersPercent: 0 },
  });
}

function fail(error: Error): never {
  throw error;
}

const tests = mkdtempSync(join(tmpdir(), 'tillcat-visit-'));
let opened = 0;
let asItIs: Promise<string> | null = null;

/** Made once for each file of tests; every till gets a copy. */
function shopAsItIs(): Promise<string> {
  asItIs ??= makeShop();
  return asItIs;
}

async function makeShop(): Promise<string> {
  const folder = join(tests, 'as-it-is');
  mkdirSync(join(folder, 'secrets'), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'secrets', 'shop.key'), new Uint8Array(32).fill(7), { mode: 0o600 });
  using shop = openShop(configOf(folder, {}), { clock: new SimulatedClock(NOW), report: fail });
  await fillCornerShop(shop);
  return folder;
}

afterAll(() => {
  rmSync(tests, { recursive: true, force: true });
});
