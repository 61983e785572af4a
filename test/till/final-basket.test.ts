// What a till may send as the final basket of a sale, and what becomes of it.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { instant, isoDay, ShopCalendar } from '../../src/domain/calendar.ts';
import { tillMessages } from '../../src/till/till-messages.ts';

const calendar = new ShopCalendar('Europe/Helsinki');
const NOW = instant(Date.UTC(2026, 10, 22, 14, 5));
const { finalBasket } = tillMessages({ calendar, believedNow: () => NOW });
const sale = (change: object) => ({ till: '01', sale: '4711', at: '2026-11-22T16:05', lines: [], ...change });
const line = (product: string, quantity: number, price?: number) =>
  price === undefined ? { product, quantity } : { product, quantity, price };

describe('a final basket', () => {
  it('becomes a sale with its own name, day and lines in whole cents and thousandths', () => {
    const basket = finalBasket.parse(sale({ card: '634012', lines: [line('0641', 0.532, 1.15), line('22', 2)] }));
    expect(basket).toEqual({
      till: '01',
      sale: '4711',
      at: instant(Date.UTC(2026, 10, 22, 14, 5)),
      day: basket.day,
      basketCode: '01/2026-11-22/4711',
      card: '634012',
      isVoid: false,
      lines: [
        { productCode: '0641', quantityMilli: 532, priceCents: 115 },
        { productCode: '22', quantityMilli: 2000, priceCents: null },
      ],
    });
  });

  it('belongs to the shop-local day, whatever offset the till writes', () => {
    const basket = finalBasket.parse(sale({ at: '2026-11-22T22:30:00Z' }));
    expect(isoDay(basket.day)).toBe('2026-11-23');
    expect(basket.basketCode).toBe('01/2026-11-23/4711');
  });

  it('is anonymous without a card, and final unless it says void', () => {
    expect(finalBasket.parse(sale({ card: null })).card).toBeNull();
    expect(finalBasket.parse(sale({ void: true })).isVoid).toBe(true);
  });

  test.each([
    ['a line taken back within the sale is gone', [line('a', 1, 2), line('a', -1, -2)], []],
    ['of two lines the later one is taken back', [line('a', 1, 2), line('a', 1, 3), line('a', -1)], [['a', 1000, 200]]],
    ['half a line taken back leaves half its price', [line('a', 2, 3), line('a', -1)], [['a', 1000, 150]]],
    ['goods from an earlier sale take nothing off this one', [line('a', -1), line('b', 1, 1)], [['b', 1000, 100]]],
    ['more given back than bought leaves none', [line('a', 1), line('a', -3)], []],
    ['a deposit paid out is nothing bought', [line('a', 1, 2), line('deposit', 1, -0.4)], [['a', 1000, 200]]],
    ['goods for nothing are bought all the same', [line('a', 1, 0)], [['a', 1000, 0]]],
  ])('%s', (_name, lines, expected) => {
    const taken = finalBasket.parse(sale({ lines })).lines;
    expect(taken.map((each) => [each.productCode, each.quantityMilli, each.priceCents])).toEqual(expected);
  });

  test.each([
    [{ till: '1' }, 'till', 'two digits'],
    [{ till: 1 }, 'till', 'text'],
    [{ sale: '' }, 'sale', 'printable'],
    [{ sale: 'a b' }, 'sale', 'printable'],
    [{ at: '22.11.2026' }, 'at', 'ISO 8601'],
    [{ at: '2026-02-30' }, 'at', 'ISO 8601'],
    [{ at: '1926-11-22T16:05' }, 'at', 'before 1970'],
    [{ at: '2206-11-22T16:05' }, 'at', "in the future: it is 2026-11-22 by this machine's clock"],
    [{ at: '2026-11-23T16:06' }, 'at', 'in the future'],
    [{ lines: [line('a', 0)] }, 'lines.0.quantity', 'not be 0'],
    [{ lines: [line('a', 1e9)] }, 'lines.0.quantity', 'at most'],
    [{ lines: [{ product: 22, quantity: 1 }] }, 'lines.0.product', 'text'],
    [{ lines: [{ ...line('a', 1), pirce: 2 }] }, 'lines.0', 'pirce'],
    [{ viod: true }, '', 'viod'],
    [{ lines: Array.from({ length: 1001 }, () => line('a', 1)) }, 'lines', 'at most 1000'],
  ])('refuses %j and names the place', (change, place, words) => {
    const result = finalBasket.safeParse(sale(change));
    expect(result.success).toBe(false);
    const issues = result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
    expect(issues.join('\n')).toContain(words);
    expect(issues.some((issue) => issue.startsWith(`${place}: `))).toBe(true);
  });

  it('never leaves a line of nothing, and never gives home more than was bought', () => {
    const anyLine = fc.record({
      product: fc.constantFrom('a', 'b', 'c'),
      quantity: fc
        .integer({ min: -5000, max: 5000 })
        .filter((milli) => milli !== 0)
        .map((milli) => milli / 1000),
      price: fc.integer({ min: -10_000, max: 10_000 }).map((amount) => amount / 100),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (lines) => {
        const taken = finalBasket.parse(sale({ lines })).lines;
        for (const product of ['a', 'b', 'c']) {
          const netMilli = lines
            .filter((each) => each.product === product && (each.quantity < 0 || each.price >= 0))
            .reduce((sum, each) => sum + Math.round(each.quantity * 1000), 0);
          const home = taken.filter((each) => each.productCode === product);
          expect(home.every((each) => each.quantityMilli > 0 && (each.priceCents ?? 0) >= 0)).toBe(true);
          expect(home.reduce((sum, each) => sum + each.quantityMilli, 0)).toBe(Math.max(0, netMilli));
        }
      }),
    );
  });
});
