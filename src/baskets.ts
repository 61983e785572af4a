// The final basket of a sale: into its customer's history, and a word to the strip that waits for its payment.
import type { Instant } from './domain/calendar.ts';
import type { Clock } from './domain/clock.ts';
import type { Customer } from './domain/customer.ts';
import type { Serial, TillId } from './domain/ids.ts';
import { toError } from './domain/to-error.ts';
import type { DaysGrowth } from './days-growth.ts';
import type { Customers } from './store/customers.ts';
import type { IdempotentAnswers } from './store/idempotency.ts';
import type { Ledger } from './store/ledger.ts';
import type { Purchases } from './store/purchases.ts';
import type { FinalBasket } from './till/final-basket.ts';
import { saleEnded, type Till } from './visit.ts';
import { releasedBy, type Sale } from './waiting.ts';
import type { BasketAnswer } from './web/desk.ts';

export type BasketParts = {
  readonly clock: Clock;
  readonly believedNow: () => Instant;
  readonly tillId: TillId;
  readonly till: Till;
  readonly customers: Customers;
  readonly purchases: Purchases;
  readonly ledger: Pick<Ledger, 'giveBack'>;
  readonly answers: Pick<IdempotentAnswers, 'forgetUses'>;
  readonly growth: Pick<DaysGrowth, 'learn' | 'unlearn'>;
  /** Done once the sale is on disk; not at all where it does not get there. */
  readonly whenCommitted: (effect: () => void) => void;
};

/** The same basket again changes nothing; a sale taken back gives back the coupons used in it, whoever's card was shown. */
export function takeBasket(parts: BasketParts, basket: FinalBasket): BasketAnswer {
  const { till, purchases, whenCommitted } = parts;
  const found = customerOf(parts, basket);
  const sale: Sale = { buyer: buyerOf(found), isVoid: basket.isVoid };
  // What is paid at another till is history and nothing more: nobody there holds up a card to us.
  const isOurs = basket.till === parts.tillId;
  const released = isOurs ? releasedBy(till, sale) : null;
  if (isOurs) whenCommitted(() => queueMicrotask(() => saleEnded(till, sale)));
  const nothing = { lines: 0, visit: null, givenBack: [] } as const;
  if (basket.isVoid) return { ...nothing, outcome: 'voided', givenBack: takeBack(parts, { basket, buyer: found }) };
  if (typeof found === 'string') return { ...nothing, outcome: found, visit: released };
  const recorded = purchases.recordSale({ customer: found.id, ...basket });
  if (recorded === 'unknown-customer') return { ...nothing, outcome: 'unknown-card' };
  if (recorded.taken > 0) whenCommitted(() => queueMicrotask(() => learn(parts, found, basket)));
  return { ...nothing, outcome: 'recorded', lines: recorded.taken, visit: released };
}

/** All of it or nothing: the purchases out of the history, the coupons good again. */
function takeBack(parts: BasketParts, { basket, buyer }: { basket: FinalBasket; buyer: Buyer }): readonly Serial[] {
  const { till, ledger, answers, purchases, growth, whenCommitted } = parts;
  return till.atomically(() => {
    const givenBack = ledger.giveBack({ ...basket, at: parts.believedNow() });
    answers.forgetUses(givenBack);
    if (typeof buyer !== 'string' && purchases.takeBackSale({ customer: buyer.id, ...basket }) > 0)
      whenCommitted(() => growth.unlearn());
    return givenBack;
  });
}

/** The index grows by the day's baskets; the night builds them in. */
function learn({ growth, clock, till }: BasketParts, customer: Customer, { at }: FinalBasket): void {
  try {
    growth.learn({ customer: customer.id, boughtAt: at, now: clock.now() });
  } catch (thrown) {
    // The sale is stored; the next round reads it from there.
    growth.unlearn();
    till.report(toError(thrown));
  }
}

type Buyer = Customer | 'anonymous' | 'unknown-card' | 'not-a-card';

function customerOf({ till, customers }: BasketParts, { card }: FinalBasket): Buyer {
  if (card === null) return 'anonymous';
  const reading = till.readCard(card);
  if (reading.kind !== 'card') return 'not-a-card';
  return customers.findByCard(reading.number) ?? 'unknown-card';
}

/** A card that is nobody's is not the card that was held up to us. */
function buyerOf(found: Buyer): Sale['buyer'] {
  if (typeof found !== 'string') return found;
  return found === 'anonymous' ? 'unseen' : 'unknown';
}
