// The judge: the ledger beside the paper, coupon by coupon, and the visits beside the cards that were held up.
import type { StripEnd } from '../../../src/domain/visit.ts';
import type { Answered } from './counter-hand.ts';
import { COPY, type Drawn, type KeptPaper } from './kept-paper.ts';
import type { CouponRow, LedgerRows } from './ledger-rows.ts';
import type { SentCard } from './scanner-hand.ts';

export type Evidence = {
  readonly ledger: LedgerRows;
  readonly paper: KeptPaper;
  readonly sent: readonly SentCard[];
  readonly answered: readonly Answered[];
  /** A customer's row in the store, by our number. */
  readonly rowOf: readonly number[];
  /** When something the ledger dates was, by our clock; up to two seconds early. */
  readonly realMsOf: (shopInstant: number) => number;
  /** The line was noisy or the printer's answers missing or late then. */
  readonly wasUnclear: (atMs: number) => boolean;
  /** Nothing is on its way any more. */
  readonly isOver: boolean;
};

export type Verdict = {
  readonly wrongs: readonly string[];
  readonly states: ReadonlyMap<string, number>;
  readonly ends: ReadonlyMap<string, number>;
  /** Why coupons are unknown, and how many. */
  readonly whyUnknown: ReadonlyMap<string, number>;
  readonly copiesOnPaper: number;
  /** A new roll was put in between a coupon's name and its serial. */
  readonly parted: number;
  readonly owed: number;
  readonly unanswered: number;
};

/** The daemon's clock begins a moment after the one it is set by, and a strip is written down when it has ended. */
const DOUBT_MS = 3_000;

export function judge(of: Evidence): Verdict {
  const { ledger, paper } = of;
  const wrongs: string[] = [];
  const onPaper = Map.groupBy(paper.all, ({ serial }) => serial);
  const endOf = new Map(ledger.visits.map(({ id, end }) => [id, end]));
  const coupons = new Map(ledger.coupons.map((coupon) => [coupon.serial, coupon]));
  const states = new Map<string, number>();
  const whyUnknown = new Map<string, number>();
  let parted = 0;
  let copiesOnPaper = 0;

  for (const coupon of ledger.coupons) {
    count(states, coupon.state);
    const end = endOf.get(coupon.visit) ?? null;
    const drawn = onPaper.get(coupon.serial) ?? [];
    copiesOnPaper += drawn.filter(({ isCopy }) => isCopy).length;
    wrongs.push(...wrongsOfCoupon({ coupon, drawn, end, copies: ledger.copies.get(coupon.visit) ?? 0 }, of));
    if (coupon.wasPrinted && drawn.length > 0 && !drawn.some((one) => isWhole(one, coupon))) {
      if (drawn.some(({ hasTwoRolls }) => hasTwoRolls)) parted++;
      else
        wrongs.push(`${coupon.serial} is ${coupon.state} and not whole: ${drawn[0]?.text ?? 'still in the printer'}`);
    }
    if (coupon.state !== 'unknown') continue;
    const why = whyIsUnknown(coupon, drawn, of);
    if (why === null) wrongs.push(`${coupon.serial} is unknown, and the printer said in time that it is out`);
    else count(whyUnknown, why);
  }
  for (const { serial } of paper.all)
    if (!coupons.has(serial)) wrongs.push(`serial ${serial} is on paper and in no ledger`);
  for (const stranger of paper.strangers) wrongs.push(`the bars "${stranger}" are no coupon's`);
  wrongs.push(...mixedStrips(paper, coupons));
  const heard = cardsHeard(of);
  wrongs.push(...heard.wrongs);
  if (heard.unanswered > 1 + heard.owed * MOST_UNHEARD) wrongs.push(`${heard.unanswered} cards were not heard`);
  const ends = new Map<string, number>();
  for (const { end } of ledger.visits) if (end !== null) count(ends, end);
  if (of.isOver && ledger.openJobs + ledger.openCopies > 0)
    wrongs.push(`${ledger.openJobs} strips and ${ledger.openCopies} copies never ended`);
  return { wrongs, states, ends, whyUnknown, copiesOnPaper, parted, owed: heard.owed, unanswered: heard.unanswered };
}

/** A machine that stands still for a fifth of a second makes a scan doubtful, and it is not believed. */
const MOST_UNHEARD = 0.03;

type Case = {
  readonly coupon: CouponRow;
  readonly drawn: readonly Drawn[];
  readonly end: StripEnd | null;
  readonly copies: number;
};

function wrongsOfCoupon({ coupon, drawn, end, copies }: Case, { isOver, answered }: Evidence): readonly string[] {
  const wrongs: string[] = [];
  const { serial, state } = coupon;
  const originals = drawn.filter(({ isCopy }) => !isCopy);
  const marked = drawn.length - originals.length;
  if (originals.length > 1) wrongs.push(`${serial} is on paper ${originals.length} times`);
  if (marked > copies) wrongs.push(`${serial} is on ${marked} copies, and ${copies} were asked for`);
  for (const { isCopy, hasTwoRolls, text } of drawn)
    if (text !== null && !hasTwoRolls && text.includes(COPY) !== isCopy)
      wrongs.push(`${serial}: its piece is marked wrongly`);
  for (const one of drawn)
    if (one.gcn !== coupon.gcn || one.expiry !== coupon.expiry) wrongs.push(`${serial}: the bars say other terms`);
  if (coupon.wasPrinted && drawn.length === 0) wrongs.push(`${serial} is ${state} and not on paper`);
  // A copy may bring out what had failed; before one was asked for, failed is failed.
  if (coupon.wasFailed && originals.length > 0) wrongs.push(`${serial} failed and is on paper`);
  if (coupon.wasFailed && copies === 0 && drawn.length > 0)
    wrongs.push(`${serial} failed and is on a copy nobody asked for`);
  if (state === 'issued' && (isOver || end !== null))
    wrongs.push(`${serial} was issued and what became of it nobody says`);
  const told = answered.find(({ serials }) => serials.includes(serial));
  if (told !== undefined && Number(told.visit.slice(3)) !== coupon.visit)
    wrongs.push(`${serial} was answered to another visit`);
  return wrongs;
}

/** Name, bars and serial on one piece of paper. */
function isWhole({ text }: Drawn, { serial, name }: CouponRow): boolean {
  return (
    text !== null && text.includes(serial.replace(/(.{4})(?=.)/g, '$1 ')) && (name === null || text.includes(name))
  );
}

function whyIsUnknown({ unknown }: CouponRow, drawn: readonly Drawn[], of: Evidence): string | null {
  if (unknown === null) return null;
  if (unknown.source === 'restart') return 'the daemon was killed or stopped in the strip';
  const [original] = drawn;
  if (original === undefined) return 'sent, and never printed';
  const { answeredAtMs, atMs } = original;
  if (answeredAtMs === null) return 'printed, and the printer never came to say so';
  const closedAtMs = of.realMsOf(unknown.at);
  if (of.wasUnclear(atMs) || of.wasUnclear(answeredAtMs)) return 'printed, and the answer late, missing or in noise';
  if (closedAtMs - answeredAtMs < DOUBT_MS) return 'printed, and said so when nobody waited any more';
  return null;
}

/** What is handed over in one motion is one customer's. */
function mixedStrips(paper: KeptPaper, coupons: ReadonlyMap<string, CouponRow>): readonly string[] {
  const wrongs: string[] = [];
  for (const [strip, drawn] of Map.groupBy(paper.all, (one) => one.strip)) {
    if (strip === null) continue;
    const visits = new Set(drawn.map(({ serial }) => coupons.get(serial)?.visit));
    if (visits.size > 1) wrongs.push(`strip ${strip} has coupons of ${visits.size} visits`);
  }
  return wrongs;
}

/** Each visit is of a card that was held up, in that order; and of those that had to be heard, how many were. */
function cardsHeard({ ledger, sent, answered, rowOf }: Evidence): {
  wrongs: string[];
  owed: number;
  unanswered: number;
} {
  const wrongs: string[] = [];
  const heard = new Set<SentCard>();
  let next = 0;
  for (const { id, customer } of ledger.visits.filter(({ source }) => source === 'scanner')) {
    if (customer === null) continue;
    const at = sent.findIndex((card, i) => i >= next && rowOf[card.customer] === customer);
    const card = sent[at];
    if (card === undefined) {
      wrongs.push(`visit ${id} is of a card that nobody held up`);
      continue;
    }
    heard.add(card);
    next = at + 1;
  }
  const visitors = new Map(ledger.visits.map(({ id, customer }) => [id, customer]));
  for (const { visit, customer } of answered)
    if (visitors.get(Number(visit.slice(3))) !== rowOf[customer])
      wrongs.push(`${visit} was answered to another's card`);
  const visitOf = new Map(ledger.visits.map((visit) => [visit.id, visit]));
  for (const { serial, visit, customer } of ledger.coupons)
    if (visitOf.get(visit)?.customer !== customer) wrongs.push(`${serial} is not of its visit's customer`);
  const settled = performance.now() - 5_000;
  const owed = sent.filter((card) => card.isOwedAVisit && card.atMs < settled);
  const unanswered = owed.filter((card) => !heard.has(card));
  return { wrongs, owed: owed.length, unanswered: unanswered.length };
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
