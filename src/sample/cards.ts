// The sample shop's cards: the default card grammar, prefix 6340, 18 digits, the last one by Luhn.
import { cardNumber, type CardNumber } from '../domain/ids.ts';
import { seededRandom, seedFor } from './random.ts';

export const SAMPLE_CARD = { prefix: '6340', length: 18, check: 'luhn' } as const;

/** Three digits of running number, so that the last four, which are all a page shows, tell cards apart. */
const RUNNING_DIGITS = 3;

/** @param running 0 to 999; each has one card per seed */
export function sampleCard(running: number, seed: number): CardNumber {
  const random = seededRandom(seedFor(seed, 'card', running));
  const drawn = SAMPLE_CARD.length - SAMPLE_CARD.prefix.length - RUNNING_DIGITS - 1;
  let body: string = SAMPLE_CARD.prefix;
  for (let i = 0; i < drawn; i++) body += String(random.between(0, 9));
  // 441, 478, 515 …: 37 and 1000 have no common factor, so no two are alike.
  body += String((running * 37 + 441) % 10 ** RUNNING_DIGITS).padStart(RUNNING_DIGITS, '0');
  return cardNumber(`${body}${luhnDigit(body)}`);
}

/** The check digit by ISO/IEC 7812-1: every second digit from the right is doubled. */
function luhnDigit(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
