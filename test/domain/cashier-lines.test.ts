// What fits on a till's narrowest display: one line for every outcome, in every language.
import { describe, expect, test } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { CASHIER_LINE_LENGTH, cashierLine } from '../../src/domain/cashier-lines.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { PrinterStatus } from '../../src/domain/printer-status.ts';
import { VISIT_OUTCOMES } from '../../src/domain/visit.ts';

const READY: PrinterStatus = { state: 'ready' };
const FAULTS: readonly PrinterStatus[] = [
  READY,
  { state: 'printing' },
  { state: 'paper-low' },
  { state: 'paper-out' },
  { state: 'cover-open' },
  { state: 'cutter-jammed' },
  { state: 'head-hot' },
  { state: 'silent' },
  { state: 'offline', why: 'unplugged' },
  { state: 'none' },
];

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(VISIT_OUTCOMES)('%s has a line of at most twenty characters', (outcome) => {
    for (const printer of FAULTS) {
      // The longest date there is: 31.12.
      for (const nextStripOn of [null, localDay(20_818)]) {
        const line = cashierLine({ outcome, language, nextStripOn, printer });
        expect(line).toMatch(/^[A-ZÅÄÖ][\p{L}\d .-]+$/u);
        expect(line.length).toBeLessThanOrEqual(CASHIER_LINE_LENGTH);
      }
    }
  });

  test('each fault of the printer has a line of its own', () => {
    const lines = FAULTS.slice(3).map((printer) =>
      cashierLine({ outcome: 'no-printer', language, nextStripOn: null, printer }),
    );
    expect(new Set(lines).size).toBe(lines.length);
  });
});

test('a capped customer is told the day', () => {
  const of = { outcome: 'capped', nextStripOn: localDay(20_786), printer: READY } as const;
  expect(cashierLine({ ...of, language: 'fi' })).toBe('Seuraavat 29.11.');
  expect(cashierLine({ ...of, language: 'sv' })).toBe('Nästa 29.11.');
  expect(cashierLine({ ...of, language: 'en' })).toBe('Next ones 29.11.');
});
