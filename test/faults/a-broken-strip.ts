// What must hold of a strip that was broken off, whatever broke it: the ledger tells the truth, and nothing comes out twice.
import { expect } from 'vitest';
import type { VisitId } from '../../src/domain/ids.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';

/** Bytes after which another part of a strip is under way: header and six coupons, some 200 bytes each. */
export const PLACES_IN_A_STRIP = [30, 250, 600, 1_150];

/** Bytes after which all six coupons are out and the last cut is not, known from a strip that was not broken off. */
export async function placeInTheFooter(card: string): Promise<number> {
  await using till = await openTill();
  const before = till.device.bytesReceived;
  let whole = 0;
  till.desk.onNews(({ kind }) => {
    if (kind === 'ended') whole = till.device.bytesReceived - before;
  });
  await till.serve(card);
  return whole - 20;
}

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
