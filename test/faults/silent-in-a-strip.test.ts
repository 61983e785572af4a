// A printer that says nothing more in the middle of a strip: somebody is called at once, long before the strip is given up.
import { describe, expect, it } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';

/** A change is to be known within it. */
const NOTICED_MS = 3_000;

describe.each([{ deaf: true }, { stalled: true }])('%o', (fault) => {
  it('is told as silent within three seconds, while its strip may still come out', async () => {
    await using till = await openTill();
    till.device.setAfterBytes(480, fault);
    const { visit } = till.scan(CARDS.anna);
    await till.pass(NOTICED_MS);
    expect(till.printer.status().state).toBe('silent');
    expect(till.record(visit).end).toBeNull();
  });
});

it('one that comes to itself prints the rest, and is called silent no longer', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { stalled: true });
  const { visit } = till.scan(CARDS.anna);
  await till.pass(4_000);
  till.device.set({ stalled: false });
  await till.pass(3_000);
  expect(till.record(visit).end).toBe('printed');
  expect(till.printer.status().state).toBe('ready');
});

it('one that has lost its memory is called silent no longer once it answers, though its strip is waited for in vain', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { deaf: true });
  const { visit } = till.scan(CARDS.anna);
  await till.pass(3_000);
  till.device.set({ deaf: false });
  await till.pass(3_000);
  expect(till.printer.status().state).toBe('printing');
  await till.pass(20_000);
  expect(till.record(visit).end).toBe('partly-printed');
  expect(till.printer.status().state).toBe('ready');
});
