// What must hold of a printer's fault whenever it comes: before the scan, before the first byte, in the middle of a strip.
import { describe, expect, it } from 'vitest';
import type { SimulatedFaults } from '../../src/printer/simulated/faults.ts';
import { results } from '../printer/a-till-printer.ts';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';
import { expectTruth as expectLedgerTrue, PLACES_IN_A_STRIP } from './a-broken-strip.ts';
import {
  BROKEN_IN_THE_THIRD,
  brokenInTheThird,
  expectNextStripWhole,
  expectTruth,
  inTheThirdPart,
  NOTHING,
  printerOn,
} from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

export type Fault = Partial<SimulatedFaults>;
export type Told = {
  readonly fault: Fault;
  /** What the cashier is told. */
  readonly state: string;
};

function mendedOf(fault: Fault): Fault {
  return Object.fromEntries(Object.keys(fault).map((name) => [name, false]));
}

/** Not a byte is sent, nothing is counted as given, and when it is over the next customer's strip comes by itself. */
export function holdsBeforeTheFirstByte({ fault, state }: Told): void {
  describe.concurrent.each(WAYS)('before the first byte, over %s', (way) => {
    it(`nothing is sent, the cashier is told "${state}", and the next strip comes when it is over`, async () => {
      await using till = await printerOn(way);
      await till.untilReady();
      till.device.set(fault);
      const refused = await till.print();
      expect(refused.status.state).toBe(state);
      expect(results(refused)).toEqual(NOTHING);
      expect(refused).toMatchObject({ end: 'failed', bytes: 0, firstByteMs: null });
      expect(till.device.pieces).toEqual([]);
      expect(till.device.hanging).toBeNull();
      if (fault.unplugged === true) await till.cable.plugIn();
      else till.device.set(mendedOf(fault));
      await expectNextStripWhole(till);
      expect(till.device.problems).toEqual([]);
    });
  });
}

/** The cashier hears of it at the scan, and the next scan prints at once. */
export function holdsAtTheScan({ fault }: Told): void {
  describe('at the scan', () => {
    it('known: no printer, no serials, and printed at the rescan as soon as it is mended', async () => {
      await using till = await openTill();
      till.device.set(fault);
      await till.pass(2_000);
      expect(till.scan(CARDS.anna).outcome).toBe('no-printer');
      expect(till.serialsUsed).toBe(0);
      till.device.set(mendedOf(fault));
      await till.pass(2_000);
      const again = till.scan(CARDS.anna);
      expect(again.outcome).toBe('printing');
      await till.pass(15_000);
      expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(again.visit)]);
    });

    it('found only when the strip was to begin: it failed, and the rescan prints at once', async () => {
      await using till = await openTill();
      till.device.set(fault);
      const first = till.scan(CARDS.anna);
      expect(first.outcome).toBe('printing');
      await till.pass(1_500);
      expect(till.states(first.visit)).toEqual(Array(6).fill('failed'));
      till.device.set(mendedOf(fault));
      await till.pass(2_000);
      const again = till.scan(CARDS.anna);
      expect(again.outcome).toBe('printing');
      await till.pass(15_000);
      expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(again.visit)]);
    });
  });
}

/** Two coupons are out, one may be, the others never will be; and nothing of it comes with the next customer's strip. */
export function holdsInAStrip({ fault, state }: Told): void {
  describe.concurrent.each(WAYS)('in the middle of a strip, over %s', (way) => {
    it(`the printer says what came out, the cashier is told "${state}", and the next strip is whole`, async () => {
      const { till: printer, broken } = await brokenInTheThird(way, fault);
      await using till = printer;
      expect(results(broken)).toEqual(BROKEN_IN_THE_THIRD);
      expect(broken.end).toBe('partly-printed');
      expect(broken.status.state).toBe(state);
      expectTruth(broken, till);
      if (fault.unplugged === true) await till.cable.plugIn();
      else till.device.set(mendedOf(fault));
      await expectNextStripWhole(till);
    });
  });

  describe('in the ledger', () => {
    it.each(PLACES_IN_A_STRIP)('%i bytes into a strip: the truth, nothing twice, the next is served', async (bytes) => {
      await using till = await openTill();
      till.device.setAfterBytes(bytes, fault);
      const anna = till.scan(CARDS.anna);
      await till.pass(60_000);
      expect(till.record(anna.visit).end).not.toBeNull();
      expectLedgerTrue(till, [anna.visit]);
      const told = till.states(anna.visit);

      till.device.set(mendedOf(fault));
      await till.pass(60_000);
      expectLedgerTrue(till, [anna.visit]);
      expect(till.states(anna.visit)).toEqual(told);

      const carl = await till.serve(CARDS.carl);
      expect(till.states(carl.visit)).toEqual(Array(6).fill('printed'));
      expect(till.handedOver.at(-1)?.serials).toEqual(till.serials(carl.visit));
      expectLedgerTrue(till, [anna.visit, carl.visit]);
    });
  });
}

/** Mended while it is waited for, the strip goes on where it was and comes out whole. */
export function holdsWhenMendedSoon({ fault, state }: Told): void {
  describe.concurrent.each(WAYS)('mended soon, over %s', (way) => {
    it(`"${state}" is told meanwhile, the strip goes on where it was, and comes out whole`, async () => {
      await using till = await printerOn(way);
      await till.untilReady();
      const told: string[] = [];
      till.printer.onStatus((status) => {
        told.push(status.state);
        if (status.state === state) till.device.set(mendedOf(fault));
      });
      till.device.setAfterBytes(inTheThirdPart(till), fault);
      expect((await till.print()).end).toBe('printed');
      expect(told).toEqual(['printing', state, 'printing', 'ready']);
      expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
    });
  });
}
