// What a training says it was trained on: everything it has read, and nothing it has made of that.
import { expect, it } from 'vitest';
import { linesIn } from '../store/shop-of-tests.ts';
import { NOW } from './corner-shop.ts';
import { openTill } from './open-till.ts';

it('its customers are those whose purchases were read, also those who bought too little to be likened to anybody', async () => {
  await using till = await openTill();
  const { signal } = new AbortController();
  const { summary, card, model } = await till.shop.train({ asOf: NOW, signal, onProgress: () => undefined });
  // Five regulars, twelve neighbours, and one who came twice for two products.
  expect(summary.customers).toBe(18);
  expect(model.customers).toHaveLength(17);
  expect(summary.lines).toBe(linesIn(till.shop.db));
  expect(card).toContain(`of 18 customers and ${summary.products} products`);
});
