// A visit's explanation, asked for afterwards, is what was chosen and left out then, word for word what the command says.
import { expect, it } from 'vitest';
import { explainChoice } from '../../src/offers/explain-choice.ts';
import { CARDS } from './corner-shop.ts';
import { openTill } from './open-till.ts';

it('the six and the runners-up of a visit are told with their reasons, after a restart too', async () => {
  await using till = await openTill();
  const anna = till.customer(CARDS.anna);
  const { choice, model } = till.shop.decide(anna, till.clock.now());
  const told = explainChoice({ choice, language: 'fi' });
  const { visit } = await till.serve(CARDS.anna);
  await using again = await till.cutPower();
  const explained = again.desk.explain({ visit, language: 'fi' });
  expect(explained?.model).toBe(model);
  expect(explained?.offers.map(({ productName, words, reasons }) => [productName, words, reasons])).toEqual(
    told.offers.map(({ name, words, reasons }) => [name, words, reasons]),
  );
  expect(explained?.runnersUp.map(({ productName, slot, words }) => [productName, slot, words])).toEqual(
    told.runnersUp.map(({ name, slot, words }) => [name, slot, words]),
  );
  expect(explained?.offers).toHaveLength(6);
  expect(explained?.offers.every(({ words }) => words !== '')).toBe(true);
  // Six habits and four news: two and two of them had no place.
  expect(explained?.runnersUp.map(({ slot }) => slot)).toEqual(['habitual', 'habitual', 'new', 'new']);
});

it('of a visit at which nothing was chosen there is nothing to explain', async () => {
  await using till = await openTill();
  const { visit } = await till.serve(CARDS.optedOut);
  expect(till.desk.explain({ visit, language: 'en' })).toBeNull();
});
