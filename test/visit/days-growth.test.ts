// The day's sales count at once, and the same way after a restart and in a preview: same input, same six.
import { describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../src/app.ts';
import { cardNumber } from '../../src/domain/ids.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { basket, CARDS, codeOf, timeOf } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

const ALL = ['Maito 1 l', 'Ruisleipä', 'Juusto 300 g', 'Kahvi 500 g', 'Mehu 1 l', 'Jogurtti'];
const NEWS = ['Hillo 400 g', 'Näkkileipä', 'Riisi 1 kg', 'Suklaa 200 g'];
/** Who comes today; nobody of them is asked about but the few. */
const SHOPPERS = [CARDS.bertta, CARDS.carl, CARDS.few, CARDS.newcomer, 'neighbour-0', 'neighbour-5', 'neighbour-9'];

/** All that a decision says, but for how long it took. */
function decided(shop: Shop, card: string) {
  const { choice, ranking, model } = shop.decide(customerOf(shop, card), shop.clock.now());
  return { choice, ranking, model };
}

function customerOf(shop: Shop, card: string) {
  const found = shop.customers.findByCard(cardOf(card));
  if (found === null) throw new Error(`nobody has the card ${card}`);
  return found;
}

const cardOf = (card: string): Parameters<Shop['customers']['findByCard']>[0] => cardNumber(card);

/** Another process on the same store, which has seen none of the day: a restarted daemon, a preview, `explain`. */
function fresh(till: OpenTill): Shop {
  return openShop(till.shop.config, { clock: till.clock, report: (error) => expect.unreachable(error.message) });
}

function mustAgree(till: OpenTill): void {
  using other = fresh(till);
  for (const card of [CARDS.anna, CARDS.few, CARDS.newcomer, 'neighbour-3'])
    expect(decided(other, card)).toEqual(decided(till.shop, card));
}

async function sell(till: OpenTill, of: { number: string; card: string; names: readonly string[]; isVoid?: boolean }) {
  const { names, ...sale } = of;
  till.sell({ ...sale, products: names.map(codeOf) });
  await till.pass(1000);
}

describe('what was sold since the model’s day', () => {
  it('changes what is new to others at once', async () => {
    await using till = await openTill();
    const before = decided(till.shop, CARDS.anna);
    for (const [i, card] of SHOPPERS.entries())
      await sell(till, { number: `${i}`, card, names: [...ALL, 'Suklaa 200 g'] });
    expect(till.shop.growth.size).toBe(SHOPPERS.length);
    expect(decided(till.shop, CARDS.anna).ranking.new).not.toEqual(before.ranking.new);
  });

  it('tells nothing by what today’s policy calls sensitive, whatever it was called when the model was trained', async () => {
    const rankedNew = async (more: readonly string[]) => {
      await using till = await openTill({ policy: { categories: { '*': 'ok', 'Suklaa 200 g': 'health' } } });
      for (const [i, card] of SHOPPERS.entries()) await sell(till, { number: `${i}`, card, names: [...ALL, ...more] });
      return decided(till.shop, CARDS.anna).ranking.new;
    };
    expect(await rankedNew(['Suklaa 200 g'])).toEqual(await rankedNew([]));
    expect(await rankedNew(['Hillo 400 g'])).not.toEqual(await rankedNew([]));
  });

  it('is known after a restart, and to a preview: at any time of a day of sales', async () => {
    await using till = await openTill();
    const random = seededRandom(9);
    for (let sale = 0; sale < 40; sale++) {
      const card = SHOPPERS[random.between(0, SHOPPERS.length - 1)] ?? '';
      const names = [...ALL, ...NEWS].filter(() => random.between(0, 2) === 0);
      await sell(till, { number: `${sale}`, card, names: names.length > 0 ? names : ALL });
      if (sale % 5 === 0) mustAgree(till);
    }
    expect(till.shop.growth.size).toBe(SHOPPERS.length);
  });

  it('a preview shows the strip that prints, and so does the one after a power cut', async () => {
    await using till = await openTill();
    for (const [i, card] of SHOPPERS.entries())
      await sell(till, { number: `${i}`, card, names: [...ALL, NEWS[i % 4] ?? ''] });
    using other = fresh(till);
    const previewed = decided(other, CARDS.anna).choice.offers.map(({ product }) => product.name);
    await using again = await till.cutPower();
    const { visit } = await again.serve(CARDS.anna);
    expect(again.record(visit).coupons.map(({ productName }) => productName)).toEqual(previewed);
  });

  it('counts by the day it is asked on: at midnight what falls out of the window falls out for all', async () => {
    await using till = await openTill();
    for (const [i, card] of SHOPPERS.entries())
      await sell(till, { number: `${i}`, card, names: [...ALL, NEWS[i % 4] ?? ''] });
    till.goTo('2026-11-23T08:00');
    mustAgree(till);
    till.goTo('2026-12-02T08:00');
    mustAgree(till);
    expect(till.shop.growth.size).toBe(0);
  });

  it.each(['a sale taken back', 'sales brought in by an import', 'a sale the till dates a little ahead'])(
    '%s is known everywhere within a minute',
    async (what) => {
      await using till = await openTill();
      for (const [i, card] of SHOPPERS.entries())
        await sell(till, { number: `${i}`, card, names: [...ALL, 'Hillo 400 g'] });
      decided(till.shop, CARDS.anna);
      if (what === 'a sale taken back') {
        await sell(till, { number: '3', card: SHOPPERS[3] ?? '', names: [...ALL, 'Hillo 400 g'], isVoid: true });
      } else if (what === 'sales brought in by an import') {
        using other = fresh(till);
        const sold = basket({ customerCode: 'neighbour-11', daysAgo: 0, names: [...ALL, ...NEWS] });
        other.intake().takePurchases(sold.map((row) => ({ ...row, at: timeOf('2026-11-22T16:00:01') })));
      } else {
        till.sell({ number: '99', card: 'neighbour-7', products: [...ALL, ...NEWS].map(codeOf) });
        await till.pass(1000);
      }
      till.shop.lookForNews();
      mustAgree(till);
    },
  );

  it('what was sold before the model’s day waits for the night, here and everywhere', async () => {
    await using till = await openTill();
    const late = basket({ customerCode: 'neighbour-2', daysAgo: 1, names: [...ALL, ...NEWS] });
    till.shop.intake().takePurchases(late);
    till.shop.lookForNews();
    expect(till.shop.growth.size).toBe(0);
    mustAgree(till);
  });
});
