// A till at work, to be killed or starved: days of visits, redemptions and imports; each thing acknowledged is told in a file.
// Usage: node busy-till.ts FOLDER FIRST_DAY DAYS [SYNCHRONOUS]
//
// FOLDER/acks gets one JSON line a fact, written before anything else happens; what is told there must never be lost.
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makePrinter } from '../../src/app-devices.ts';
import { makeTill } from '../../src/app-till.ts';
import type { Printer } from '../../src/printer/printer.ts';
import { serveScan } from '../../src/visit.ts';
import { readAcks, type Ack } from './acks.ts';
import { basketCode, cardOf, CUSTOMERS, customerCode, openSoakShop, purchasesOn, SoakClock } from './soak-shop.ts';

const [folder = '', first = '0', days = '1', synchronous = ''] = process.argv.slice(2);
const VISITS_A_DAY = 2;

const clock = new SoakClock(Number(first));
using shop = openSoakShop(folder, clock);
// The controls of the power cuts: settings that are known to lose coupons.
if (synchronous !== '') shop.db.pragma(`synchronous = ${synchronous}`);
// A coupon of each strip is used the day after, and one in the next life: a backup made in between knows it as unused.
const kept = readAcks(join(folder, 'acks')).flatMap((ack) => (ack.kind === 'answered' ? ack.serials.slice(1, 2) : []));
const fromEarlier = kept.slice(-VISITS_A_DAY);
const acks = openSync(join(folder, 'acks'), 'a', 0o600);
const acknowledge = (ack: Ack): void => void writeSync(acks, `${JSON.stringify(ack)}\n`);

const left = shop.ledger.atStart(clock.now());
const { printer: real } = makePrinter({
  config: shop.config,
  profile: shop.profile,
  clock,
  startsAfterBreak: left.length > 0,
});
/** The moment the first byte may leave: from here on the strip is on paper, as far as anybody can know. */
const printer: Printer = {
  profile: real.profile,
  status: () => real.status(),
  checkStatus: () => real.checkStatus(),
  onStatus: (listener) => real.onStatus(listener),
  start: (signal) => real.start(signal),
  identify: () => real.identify(),
  print: (job) => {
    const serials = shop.ledger.couponsOf(job.visit).map((coupon) => coupon.serial);
    acknowledge({ kind: 'paper', visit: job.visit, serials });
    return real.print(job);
  },
};
const { till, turns } = makeTill({
  shop,
  printer,
  isClockDoubtful: () => false,
  report: (error) => {
    throw error;
  },
});
const watching = new AbortController();
real.start(watching.signal);
await real.checkStatus();
acknowledge({ kind: 'started', day: Number(first) });

for (let day = Number(first); day < Number(first) + Number(days); day++) {
  clock.setDay(day);
  const toRedeem: string[] = [];
  for (let place = 0; place < VISITS_A_DAY; place++) {
    const customer = (day * VISITS_A_DAY + place) % CUSTOMERS;
    const answer = serveScan({ ...till, announce: () => undefined }, { text: cardOf(customer), source: 'scanner' });
    const serials = answer.coupons.map((coupon) => coupon.serial);
    acknowledge({ kind: 'answered', visit: answer.visit, outcome: answer.outcome, serials });
    const [serial] = serials;
    if (serial !== undefined) toRedeem.push(serial);
    while (!turns.isFree) await new Promise((resolve) => setImmediate(resolve));
  }
  shop.intake().takePurchases(purchasesOn(day));
  acknowledge({ kind: 'imported', customer: customerCode(0), basket: basketCode(day, 0), day });
  // Valid from the day after.
  clock.setDay(day + 1);
  for (const serial of [...toRedeem, ...fromEarlier.splice(0)]) {
    const { outcome } = shop.redeem({ code: serial, basket: `sale-${serial}` });
    if (outcome === 'redeemed') acknowledge({ kind: 'redeemed', serial });
  }
  // The first one's sale is taken back.
  const [serial] = toRedeem;
  if (serial !== undefined) {
    acknowledge({ kind: 'giving-back', serial });
    const at = clock.now();
    shop.ledger.giveBack({ till: shop.till, sale: `sale-${serial}`, day: shop.dayOf(at), at });
    acknowledge({ kind: 'given-back', serial });
  }
}
watching.abort();
acknowledge({ kind: 'ended' });
