// Figures for Prometheus: counted from the shop's events, read from the daemon's state at each scrape.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { COUPON_STATES } from '../domain/coupon.ts';
import { canPrint } from '../domain/printer-status.ts';
import { VISIT_OUTCOMES } from '../domain/visit.ts';
import type { DaemonStatus, ShopEvent, TillDesk } from './desk.ts';
import { BASKET_OUTCOMES } from './desk.ts';
import { REDEEM_OUTCOMES } from './redemption-answer.ts';

export type ShopMetrics = { readonly register: Registry; readonly end: () => void };

const DECISION_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5];
const FIRST_BYTE_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 45];

/** The names are part of the contract; README lists them. */
export function shopMetrics(desk: TillDesk, { salesToReview }: { salesToReview: () => number }): ShopMetrics {
  const register = new Registry();
  const registers = [register];
  const labelNames = ['outcome'];

  const visits = new Counter({
    name: 'tillcat_visits_total',
    help: 'Cards held up, by what came of it.',
    registers,
    labelNames,
  });
  const strips = new Counter({
    name: 'tillcat_strips_total',
    help: 'Strips, by how they ended.',
    registers,
    labelNames: ['end'],
  });
  const redemptions = new Counter({
    name: 'tillcat_redemptions_total',
    help: 'Tries to redeem a coupon, by outcome.',
    registers,
    labelNames,
  });
  const baskets = new Counter({
    name: 'tillcat_baskets_total',
    help: 'Final baskets, by outcome.',
    registers,
    labelNames,
  });
  const reprints = new Counter({
    name: 'tillcat_reprints_total',
    help: 'Copies of strips asked for, by reason and outcome.',
    registers,
    labelNames: ['reason', 'outcome'],
  });
  const decisions = new Histogram({
    name: 'tillcat_decision_seconds',
    help: 'From a known card to six chosen offers.',
    registers,
    buckets: DECISION_BUCKETS,
  });
  const firstBytes = new Histogram({
    name: 'tillcat_scan_to_first_byte_seconds',
    help: 'From the scan to the first byte for the printer, waiting in the queue included.',
    registers,
    buckets: FIRST_BYTE_BUCKETS,
  });
  for (const outcome of VISIT_OUTCOMES) visits.inc({ outcome }, 0);
  for (const outcome of REDEEM_OUTCOMES) redemptions.inc({ outcome }, 0);
  for (const outcome of BASKET_OUTCOMES) baskets.inc({ outcome }, 0);
  for (const end of ['printed', 'partly-printed', 'failed', 'unknown', 'dropped']) strips.inc({ end }, 0);
  addStateGauges(register, desk);
  new Gauge({
    name: 'tillcat_sales_to_review',
    help: 'Sales of four weeks in which coupons were used otherwise than by their customer.',
    registers,
    collect() {
      this.set(salesToReview());
    },
  });
  addLostScans(register, desk);

  const count = (event: ShopEvent): void => {
    switch (event.kind) {
      case 'visit':
        visits.inc({ outcome: event.outcome });
        if (event.decisionMs !== null) decisions.observe(event.decisionMs / 1000);
        return;
      case 'strip-begun':
        firstBytes.observe(event.scanToFirstByteMs / 1000);
        return;
      case 'strip-ended':
        strips.inc({ end: event.end });
        return;
      case 'redemption':
        redemptions.inc({ outcome: event.outcome });
        return;
      case 'reprint':
        reprints.inc({ reason: event.reason, outcome: event.outcome });
        return;
      case 'basket':
        baskets.inc({ outcome: event.outcome });
        return;
      case 'status':
        return;
    }
  };
  return { register, end: desk.subscribe(count) };
}

/** A count the device itself keeps, since the start of the daemon. */
function addLostScans(register: Registry, desk: TillDesk): void {
  new Counter({
    name: 'tillcat_scanner_lost_total',
    help: 'What the scanner sent that was no whole scan.',
    registers: [register],
    collect() {
      const { scanner } = desk.status();
      this.reset();
      this.inc(scanner.state === 'ready' ? scanner.lost : 0);
    },
  });
}

function addStateGauges(register: Registry, desk: TillDesk): void {
  const plain: readonly { name: string; help: string; value: (status: DaemonStatus) => number }[] = [
    {
      name: 'tillcat_printer_ready',
      help: '1 while a strip can be printed.',
      value: (s) => Number(canPrint(s.printer.status) || s.printer.status.state === 'printing'),
    },
    {
      name: 'tillcat_scanner_ready',
      help: '1 while the scanner is connected.',
      value: (s) => Number(s.scanner.state === 'ready'),
    },
    {
      name: 'tillcat_clock_doubtful',
      help: '1 while the clock is not believed.',
      value: (s) => Number(s.clock.state === 'doubtful'),
    },
    {
      name: 'tillcat_model_age_days',
      help: "Age of the model's purchases; -1 without a model.",
      value: (s) => s.model?.ageDays ?? -1,
    },
    { name: 'tillcat_queue_length', help: 'Strips waiting for their turn.', value: (s) => s.queueLength },
    { name: 'tillcat_customers', help: 'Customers known.', value: (s) => s.customers },
    { name: 'tillcat_products', help: 'Products known.', value: (s) => s.products },
    { name: 'tillcat_database_bytes', help: 'Size of the database.', value: (s) => s.storage.databaseBytes },
    {
      name: 'tillcat_storage_free_bytes',
      help: 'Room left where the database lies.',
      value: (s) => s.storage.freeBytes,
    },
  ];
  for (const { name, help, value } of plain) {
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        this.set(value(desk.status()));
      },
    });
  }
  new Gauge({
    name: 'tillcat_coupons',
    help: 'Coupons in the ledger, by state.',
    registers: [register],
    labelNames: ['state'],
    collect() {
      const { coupons } = desk.status();
      for (const state of COUPON_STATES) this.set({ state }, coupons[state]);
    },
  });
  new Gauge({
    name: 'tillcat_printer_state',
    help: 'Always 1; the label names the state of the printer.',
    registers: [register],
    labelNames: ['state'],
    collect() {
      this.reset();
      this.set({ state: desk.status().printer.status.state }, 1);
    },
  });
  new Gauge({
    name: 'tillcat_info',
    help: 'Always 1; the labels name version and till.',
    registers: [register],
    labelNames: ['version', 'till'],
    collect() {
      const { version, till } = desk.status();
      this.set({ version, till }, 1);
    },
  });
}
