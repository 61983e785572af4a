// The latest strip for those who look at it, and no work for a customer who waits for paper.
import { expect, test } from 'vitest';
import { parseTillId, visitId } from '../../src/domain/ids.ts';
import { lastStripOf } from '../../src/last-strip.ts';

test('a strip is drawn when somebody looks, and only once', async () => {
  const till = parseTillId('01');
  if (till === null) throw new Error('01 is a till.');
  let drawn = 0;
  const look = () => ({ text: `strip ${++drawn}`, picture: () => Uint8Array.of(drawn) });
  const strip = lastStripOf({ visit: visitId(till, 7), look });
  expect(strip.visit).toBe('01-000007');
  expect(drawn).toBe(0);
  expect(strip.text).toBe('strip 1');
  expect(await strip.png()).toEqual(Uint8Array.of(1));
  expect(drawn).toBe(1);
});
