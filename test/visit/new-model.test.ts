// A model that the night's training has put in place, or gone back to, is taken up by the running till within a minute.
import { expect, it } from 'vitest';
import { openShop } from '../../src/app.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { cardNumber } from '../../src/domain/ids.ts';
import { keepHouse, ROUND_MS } from '../../src/housekeeping.ts';
import { calendar, CARDS, NOW, TODAY } from './corner-shop.ts';
import { openTill } from './open-till.ts';

it('a running till takes up the new model without a restart, and the old one when it is gone back to', async () => {
  await using till = await openTill();
  const { shop, clock } = till;
  const stop = new AbortController();
  const chores = {
    watchClock: () => Promise.resolve(),
    isClockDoubtful: () => true,
    expire: () => undefined,
    purge: () => Promise.resolve(),
    lookForNews: () => shop.lookForNews(),
    isQuiet: () => true,
    report: (error: Error) => expect.unreachable(error.message),
  };
  const kept = keepHouse(chores, { clock, calendar, signal: stop.signal });
  const anna = shop.customers.findByCard(cardNumber(CARDS.anna));
  if (anna === null) throw new Error('Anna is known here');
  const modelNow = () => shop.decide(anna, clock.now()).model;
  const old = modelNow();

  using nightly = openShop(shop.config, { clock, report: (error) => expect.unreachable(error.message) });
  const asOf = calendar.startOf(addDays(TODAY, -1));
  const { summary } = await nightly.train({ asOf, signal: stop.signal, onProgress: () => undefined });
  expect(modelNow()).toBe(old);
  await till.pass(ROUND_MS);
  expect(modelNow()).toBe(summary.model);

  expect(nightly.goBackToModelBefore()).toBe(old);
  await till.pass(ROUND_MS);
  expect(modelNow()).toBe(old);
  expect(clock.now()).toBeGreaterThan(NOW);
  stop.abort();
  await kept;
});
