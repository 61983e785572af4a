// The disk is made read-only, or has no page left, under a till that serves: told by its name, nothing half done, over by itself.
import { describe, expect, test } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';

const FAULTS = [
  [
    'read-only',
    (till: OpenTill) => void till.shop.db.pragma('query_only = on'),
    (till: OpenTill) => void till.shop.db.pragma('query_only = off'),
    /attempt to write a readonly database/,
  ],
  [
    'full',
    (till: OpenTill) => {
      const pages = Number(till.shop.db.pragma('page_count', { simple: true }));
      till.shop.db.pragma(`max_page_count = ${pages}`);
    },
    (till: OpenTill) => void till.shop.db.pragma('max_page_count = 1000000'),
    /database or disk is full/,
  ],
] as const;

describe.each(FAULTS)('%s', (_, breakIt, mendIt, words) => {
  /** A disk is full when something does not fit any more: until then there may be room in pages there are. */
  async function scanUntilRefused(till: OpenTill): Promise<Error> {
    const cards = [CARDS.bertta, CARDS.carl, ...Array.from({ length: 12 }, (__, i) => `neighbour-${i}`)];
    for (const card of cards) {
      try {
        await till.serve(card);
      } catch (thrown) {
        if (thrown instanceof Error) return thrown;
      }
    }
    return expect.fail('everything was written');
  }

  test('whoever scans is told so, not a byte is printed, and the next scan after it has passed prints', async () => {
    await using till = await openTill();
    breakIt(till);
    const error = await scanUntilRefused(till);
    expect(error).toMatchObject({ code: 'STORE_NOT_WRITABLE' });
    expect(error.message).toMatch(words);
    const [strips, serials] = [till.device.strips.length, till.serialsUsed];
    expect(till.trouble.isThere()).toBe(true);
    await till.pass(60_000);
    expect(till.device.strips).toHaveLength(strips);
    expect(till.serialsUsed).toBe(serials);

    mendIt(till);
    await till.pass(2_000);
    expect(till.trouble.isThere()).toBe(false);
    const anna = await till.serve(CARDS.anna);
    expect(till.states(anna.visit)).toEqual(Array(6).fill('printed'));
    expect(new Set(till.serialsOnPaper).size).toBe(till.serialsUsed);
  });

  test('a coupon handed in meanwhile is neither used nor lost: it is good once it can be written down', async () => {
    await using till = await openTill();
    const { visit } = await till.serve(CARDS.anna);
    const [serial = ''] = till.serials(visit);
    till.goTo('2026-11-23T10:00');
    till.shop.db.pragma('query_only = on');
    expect(() => till.redeem(serial)).toThrow(/cannot be written/);
    expect(() => till.desk.idempotent({ key: 'k', bodyDigest: 'd' }, () => till.redeem(serial).outcome)).toThrow(
      /cannot be written/,
    );
    till.shop.db.pragma('query_only = off');
    expect(till.redeem(serial).outcome).toBe('redeemed');
    expect(till.redeem(serial).outcome).toBe('already-used');
  });
});
