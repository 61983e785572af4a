// A card as somebody reads it off the plastic into a terminal.
import { expect, test } from 'vitest';
import { findCustomer } from '../../src/cli/customer.ts';
import { cardNumber } from '../../src/domain/ids.ts';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';

test('the groups it is printed in may be typed, and what is unknown is told masked', async () => {
  await using till = await openTill();
  const typed = CARDS.anna.replaceAll(/.{4}/g, '$& ');
  const { customer, card } = findCustomer(till.shop, { words: [` ${typed}`] });
  expect(card).toBe(CARDS.anna);
  expect(customer).toEqual(till.shop.customers.findByCard(cardNumber(CARDS.anna)));
  expect(() => findCustomer(till.shop, { words: ['6340 9999 8888'] })).toThrow('No customer has the card ..8888');
});
