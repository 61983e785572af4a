// How wide a code is on paper, counted beside a second implementation.
import bwipjs from 'bwip-js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseCodeKind } from '../../src/coupons/choose-code.ts';
import { ean13Modules, fitsPaper, gs1128Modules } from '../../src/coupons/symbol-width.ts';

const EIGHTY_MM = { printableDots: 576, paperDots: 640 };
const FIFTY_EIGHT_MM = { printableDots: 384, paperDots: 464 };

/** bwip-js's own bars and spaces, in modules. */
function modulesOf(options: { bcid: string; text: string }): number {
  const [symbol] = bwipjs.raw(options);
  if (symbol === undefined || !('sbs' in symbol)) throw new Error('bwip-js drew no bars.');
  return [...symbol.sbs].reduce((sum, width) => sum + width, 0);
}

it('counts 244 modules for day, coupon number and serial, as bwip-js does', () => {
  expect(gs1128Modules(36)).toBe(244);
  expect(modulesOf({ bcid: 'gs1-128', text: '(17)261206(255)9501101000018482109377715' })).toBe(244);
});

it('counts as bwip-js does for other lengths and for EAN-13', () => {
  expect(gs1128Modules(16)).toBe(modulesOf({ bcid: 'gs1-128', text: '(01)09501101530003' }));
  expect(gs1128Modules(24)).toBe(modulesOf({ bcid: 'gs1-128', text: '(01)09501101530003(17)261206' }));
  expect(ean13Modules()).toBe(modulesOf({ bcid: 'ean13', text: '2901123456782' }));
});

it('takes digits in pairs only', () => {
  for (const digits of [0, 1, 35, 2.5]) expect(() => gs1128Modules(digits)).toThrow(RangeError);
});

it.each([
  // 488 bars of 576; 528 with quiet zones of 640
  ['the GS1 code on 80 mm', 244, 2, EIGHTY_MM, true],
  ['the GS1 code on 58 mm', 244, 2, FIFTY_EIGHT_MM, false],
  // 285 of 384; 345 of 464
  ['EAN-13 on 58 mm', 95, 3, FIFTY_EIGHT_MM, true],
  ['bars exactly as wide as the head', 244, 2, { printableDots: 488, paperDots: 528 }, true],
  ['bars a dot wider than the head', 244, 2, { printableDots: 487, paperDots: 640 }, false],
  ['quiet zones a dot wider than the paper', 244, 2, { printableDots: 488, paperDots: 527 }, false],
])('%s', (_what, modules, moduleDots, paper, fits) => {
  expect(fitsPaper({ modules, moduleDots, ...paper })).toBe(fits);
});

it('prints the GS1 code where it fits and a pointer where it does not', () => {
  expect(chooseCodeKind({ wanted: 'gs1', paper: EIGHTY_MM })).toBe('gs1');
  expect(chooseCodeKind({ wanted: 'gs1', paper: FIFTY_EIGHT_MM })).toBe('pointer');
  expect(chooseCodeKind({ wanted: 'pointer', paper: EIGHTY_MM })).toBe('pointer');
  expect(chooseCodeKind({ wanted: 'value', paper: FIFTY_EIGHT_MM })).toBe('value');
  expect(chooseCodeKind({ wanted: 'gs1', paper: { printableDots: 200, paperDots: 240 } })).toBeNull();
});

it('never chooses a wider code on narrower paper', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 900 }), fc.nat(100), (dots, margin) => {
      const kind = chooseCodeKind({ wanted: 'gs1', paper: { printableDots: dots, paperDots: dots + margin } });
      if (kind === 'gs1') expect(dots).toBeGreaterThanOrEqual(488);
      if (kind === 'pointer') expect(dots).toBeGreaterThanOrEqual(285);
    }),
  );
});
