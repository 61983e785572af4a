// The strip as the customer holds it: golden texts, and what must be true of every strip on every width.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { StripCoupon } from '../../src/domain/strip.ts';
import type { ReceiptElement } from '../../src/receipt/elements.ts';
import { layOutStrip, serialInFours } from '../../src/receipt/strip-layout.ts';
import { codeText, toText } from './as-text.ts';
import { couponOf, day, euros, SIX, stripOf } from './sample-strip.ts';

const WIDTHS = [28, 32, 42, 48, 64];

const sizes = fc.constantFrom(
  '1 l',
  '300 g',
  '6 x 0,33 l',
  '9 kpl/495 g',
  '1,5 l',
  '12x50ml',
  '100 m',
  '0,532 kg',
  '24-pack',
);
const words = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    'Kevytmaito',
    'Pitkänimisenerikoiskahvilapullasekoitus '.repeat(5),
    '',
    'Aamiaismurot rusina kaneli omena',
  ),
);
const rewards = fc.oneof(
  fc.integer({ min: 30, max: 999_990 }).map((amount) => euros(amount / 100)),
  fc.constantFrom(5, 10, 12.5, 50).map((percent) => ({ kind: 'percent', percent }) as const),
);
const coupons = fc.record({
  name: words,
  size: sizes,
  reward: rewards,
  reason: fc.constantFrom('bought-often', 'bought-before', 'new', 'popular'),
  serial: fc.stringMatching(/^\d{12}$/),
});
const settings = {
  given: fc.array(coupons, { minLength: 1, maxLength: 6 }),
  shopName: words,
  shopAddress: words,
  columns: fc.constantFrom(...WIDTHS),
  language: fc.constantFrom(...LANGUAGES),
  isCopy: fc.boolean(),
  isSpecimen: fc.boolean(),
};

describe('a strip of six', () => {
  for (const language of LANGUAGES) {
    for (const columns of [32, 42]) {
      it(`reads right in ${language} on ${columns} columns`, async () => {
        const text = toText(layOutStrip({ strip: stripOf(SIX, language), columns }), columns);
        await expect(text).toMatchFileSnapshot(`golden/strip-${language}-${columns}.txt`);
      });
    }
  }

  it('is a header, six coupons and a footer, parted by partial cuts and ended by the one full cut', () => {
    const parts = layOutStrip({ strip: stripOf(SIX, 'fi'), columns: 42 });
    expect(parts.map(({ serial }) => serial)).toEqual([null, ...SIX.map(({ serial }) => serial), null]);
    const cuts = parts.map(({ elements }) =>
      elements.filter((element) => element.kind === 'cut').map(({ cut }) => cut),
    );
    expect(cuts).toEqual([...Array.from({ length: 7 }, () => ['partial']), ['full']]);
    expect(parts.every(({ elements }) => elements.at(-1)?.kind === 'cut')).toBe(true);
  });

  it('prints the name tall and the amount big, at the ends of one line', () => {
    const [, milk] = layOutStrip({ strip: stripOf(SIX, 'fi'), columns: 42 });
    expect(milk?.elements[0]).toEqual({
      kind: 'line',
      runs: [
        { text: 'Kotipelto kevytmaito 1 l'.padEnd(28), width: 1, height: 2, bold: false },
        { text: '-0,30 €', width: 2, height: 2, bold: false },
      ],
    });
  });

  it('marks every piece of a specimen and of a copy, because the pieces are torn apart', () => {
    for (const [columns, language] of [
      [42, 'fi'],
      [32, 'sv'],
    ] as const) {
      const parts = layOutStrip({ strip: { ...stripOf(SIX, language), isCopy: true, isSpecimen: true }, columns });
      const words = language === 'fi' ? ['MALLI', 'KOPIO'] : ['PROV', 'KOPIA'];
      for (const part of parts) for (const word of words) expect(toText([part], columns)).toContain(word);
    }
  });
});

describe('the headline', () => {
  const milk = (reward: StripCoupon['reward']): StripCoupon =>
    couponOf({ productName: 'Maito 1 l', reward, reason: 'bought-often', serial: '010000112345' });
  const cases = [
    [[euros(0.3), euros(1.2)], 'fi', '2 ETUA, YHT. 1,50 €'],
    [[euros(0.3)], 'fi', '1 ETU, 0,30 €'],
    [[euros(0.3), { kind: 'percent', percent: 10 }], 'fi', '2 ETUA, VÄH. 0,30 €'],
    [[{ kind: 'percent', percent: 10 }], 'fi', '1 ETU'],
    [[euros(0.3), euros(1.2)], 'sv', '2 FÖRMÅNER, 1,50 €'],
    [[euros(0.3), euros(1.2)], 'en', '2 COUPONS, €1.50 OFF'],
    [[euros(0.3), { kind: 'percent', percent: 10 }], 'en', '2 COUPONS, €0.30+ OFF'],
  ] as const;
  for (const [rewards, language, expected] of cases) {
    it(`says "${expected}"`, () => {
      const strip = stripOf(rewards.map(milk), language);
      const [head] = layOutStrip({ strip, columns: 42 });
      const big = head?.elements.flatMap(runsOf).find(({ width }) => width === 2);
      expect(big?.text).toBe(expected);
    });
  }
});

describe('the words of a strip', () => {
  it('do not claim this card was looked at when the offers are the same for everybody', () => {
    const popular = couponOf({
      productName: 'Maito 1 l',
      reward: euros(0.3),
      reason: 'popular',
      serial: '010000112345',
    });
    const text = toText(layOutStrip({ strip: stripOf([popular], 'fi'), columns: 42 }), 42);
    expect(text).toContain('Suosittu tässä kaupassa');
    expect(text).not.toContain('tämän kortin');
  });

  it('name both years of a validity over New Year', () => {
    const strip = { ...stripOf(SIX, 'fi'), validFrom: day(2026, 12, 23), validTo: day(2027, 1, 6) };
    expect(toText(layOutStrip({ strip, columns: 64 }), 64)).toContain('voimassa 23.12.2026-6.1.2027.');
  });

  it('count the remembered time in weeks where it is whole weeks', () => {
    const text = (memoryDays: number): string =>
      toText(layOutStrip({ strip: { ...stripOf(SIX, 'en'), memoryDays }, columns: 64 }), 64);
    expect(text(56)).toContain('Chosen from 8 weeks of purchases');
    expect(text(7)).toContain('Chosen from 1 week of purchases');
    expect(text(30)).toContain('Chosen from 30 days of purchases');
    expect(text(182)).toContain('Chosen from 26 weeks of purchases');
  });
});

describe('every strip, whatever the names', () => {
  it('keeps every line within the columns, big letters counting double', () => {
    fc.assert(
      fc.property(fc.record(settings), (made) => {
        const parts = layOutStrip({ strip: stripFrom(made), columns: made.columns });
        for (const runs of parts.flatMap(({ elements }) => elements.map(runsOf))) {
          const columns = runs.reduce((sum, { text, width }) => sum + [...text].length * width, 0);
          expect(columns).toBeLessThanOrEqual(made.columns);
          for (const { text } of runs) expect(text).not.toMatch(/[\p{C}\u2212\u00a0]/u);
        }
        for (const text of toText(parts, made.columns).split('\n'))
          expect(text.length).toBeLessThanOrEqual(made.columns);
      }),
      { numRuns: 150 },
    );
  });

  it('has on every coupon its serial, its reward, its code and the size of its product', () => {
    fc.assert(
      fc.property(fc.record(settings), (made) => {
        const strip = stripFrom(made);
        const parts = layOutStrip({ strip, columns: made.columns });
        strip.coupons.forEach((coupon, index) => {
          const part = parts[index + 1];
          const lines = (part?.elements ?? []).map((element) => runsOf(element).map(({ text }) => text));
          expect(part?.serial).toBe(coupon.serial);
          expect(lines.flat().join('\n')).toContain(serialInFours(coupon.serial));
          expect(lines.flat().join('\n')).toContain(made.given[index]?.size);
          expect(lines.flat().some((text) => /^-.*\d/.test(text))).toBe(true);
          const codes = part?.elements.flatMap((element) =>
            element.kind === 'symbol' ? [codeText(element.code)] : [],
          );
          expect(codes).toEqual([codeText(coupon.code)]);
        });
      }),
      { numRuns: 150 },
    );
  });
});

function stripFrom(made: {
  given: readonly {
    name: string;
    size: string;
    reward: StripCoupon['reward'];
    reason: StripCoupon['reason'];
    serial: string;
  }[];
  shopName: string;
  shopAddress: string;
  language: (typeof LANGUAGES)[number];
  isCopy: boolean;
  isSpecimen: boolean;
}) {
  const list = made.given.map(({ name, size, ...rest }) => couponOf({ ...rest, productName: `${name} ${size}` }));
  const { shopName, shopAddress, isCopy, isSpecimen } = made;
  return { ...stripOf(list, made.language), shopName, shopAddress, isCopy, isSpecimen };
}

function runsOf(element: ReceiptElement) {
  return element.kind === 'line' ? element.runs : [];
}
