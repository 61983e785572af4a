// Money is whole cents; it becomes text only at the edge of the paper or the page.
import type { Brand } from './ids.ts';
import type { Language } from './language.ts';

export type Cents = Brand<number, 'Cents'>;

export function cents(amount: number): Cents {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Money is whole cents; got ${amount}.`);
  return amount as Cents;
}

/** "0,30" in Finnish and Swedish, "0.30" in English; a hyphen stands for minus (U+2212 is in no code page). */
export function amountText(amount: Cents, language: Language): string {
  const whole = Math.floor(Math.abs(amount) / 100);
  const rest = String(Math.abs(amount) % 100).padStart(2, '0');
  return `${amount < 0 ? '-' : ''}${whole}${language === 'en' ? '.' : ','}${rest}`;
}
