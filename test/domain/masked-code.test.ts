// What may be shown of a card number.
import { expect, test } from 'vitest';
import { maskedCode } from '../../src/domain/masked-code.ts';

test.each([
  ['634000000000004417', '..4417'],
  ['12345678', '..5678'],
  ['1234567', '..'],
  ['4417', '..'],
  ['', '..'],
])('%s is shown as %s: four characters of a long one, none of a short one', (code, shown) => {
  expect(maskedCode(code)).toBe(shown);
});
