// Money and percent as the customer reads them on paper.
import type { Language } from '../domain/language.ts';
import { amountText, type Cents } from '../domain/money.ts';
import type { Reward } from '../domain/offer.ts';
import { NO_BREAK } from './wrap-words.ts';

/** "4,90 €" in Finnish and Swedish, "€4.90" in English; another currency by its code. The space does not break. */
export function moneyText(amount: { cents: Cents; currency: string }, language: Language): string {
  const number = amountText(amount.cents, language);
  const isEuro = amount.currency === 'EUR';
  if (language === 'en') return isEuro ? `€${number}` : `${amount.currency}${NO_BREAK}${number}`;
  return `${number}${NO_BREAK}${isEuro ? '€' : amount.currency}`;
}

/** What the coupon takes off: "-0,30 €", "-10 %". */
export function rewardText(reward: Reward, currency: string, language: Language): string {
  switch (reward.kind) {
    case 'amount':
      return `-${moneyText({ cents: reward.amountCents, currency }, language)}`;
    case 'percent':
      return language === 'en' ? `-${reward.percent}%` : `-${String(reward.percent).replace('.', ',')}${NO_BREAK}%`;
  }
}
