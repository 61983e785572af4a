// What must hold of a strip that was broken off, whatever broke it: the ledger tells the truth, and nothing comes out twice.
import { expect } from 'vitest';
import type { VisitId } from '../../src/domain/ids.ts';
import type { OpenTill } from '../visit/open-till.ts';

/** Bytes after which each part of a strip is under way; header, six coupons, footer, some 120 to 160 bytes each. */
export const PLACES_IN_A_STRIP = [30, 200, 480, 800, 1_150];

/** Printed is on paper, once; failed is not, and never will be; unknown may be. No strip mixes two visits. */
export function expectTruth(till: OpenTill, visits: readonly VisitId[]): void {
  const onPaper = till.serialsOnPaper;
  expect(new Set(onPaper).size).toBe(onPaper.length);
  const coupons = visits.flatMap((visit) => till.record(visit).coupons);
  for (const { serial, state } of coupons) {
    if (state === 'printed') expect(onPaper).toContain(serial);
    if (state === 'failed') expect(onPaper).not.toContain(serial);
    expect(['printed', 'failed', 'unknown']).toContain(state);
  }
  for (const { serials } of till.handedOver) {
    const whose = visits.filter((visit) => till.serials(visit).some((serial) => serials.includes(serial)));
    expect(whose.length).toBeLessThanOrEqual(1);
  }
}
