// A copy of a strip: a cashier's deliberate act with a reason, because a strip never prints again by itself.
import type { VisitId } from './ids.ts';
import type { Language } from './language.ts';

/** Words and no free text: a reason must be countable, and name nobody. */
export const REPRINT_REASONS = ['torn', 'unreadable', 'incomplete', 'not-received', 'other'] as const;
export type ReprintReason = (typeof REPRINT_REASONS)[number];

/** Only `copying` uses paper, now or when its turn comes. */
export const REPRINT_OUTCOMES = ['copying', 'still-printing', 'nothing-left', 'too-many', 'no-printer'] as const;
export type ReprintOutcome = (typeof REPRINT_OUTCOMES)[number];

export type Reprint = {
  readonly visit: VisitId;
  readonly outcome: ReprintOutcome;
  /** Coupons on the copy: those that can still be used, with the serials they had. */
  readonly coupons: number;
  /** Copies of this strip so far, this one included. */
  readonly copies: number;
};

export function reprintSentence(outcome: ReprintOutcome, language: Language): string {
  return SENTENCES[language][outcome];
}

const SENTENCES: Record<Language, Record<ReprintOutcome, string>> = {
  fi: {
    copying: 'Kopio tulostuu. Kukin kuponki käy yhä vain kerran.',
    'still-printing': 'Kupongit tulostuvat vielä; katso ensin, mitä tulostimesta tulee.',
    'nothing-left': 'Näissä kupongeissa ei ole enää mitään käytettävää.',
    'too-many': 'Näistä kupongeista on jo tehty sallitut kopiot.',
    'no-printer': 'Tulostin ei ole valmis; katso paperi ja kansi.',
  },
  sv: {
    copying: 'Kopian skrivs ut. Varje kupong gäller ändå bara en gång.',
    'still-printing': 'Kupongerna skrivs ut just nu; se först vad som kommer ut.',
    'nothing-left': 'Av dessa kuponger kan inget användas längre.',
    'too-many': 'Av dessa kuponger har de tillåtna kopiorna redan gjorts.',
    'no-printer': 'Skrivaren är inte klar; se efter papper och lucka.',
  },
  en: {
    copying: 'The copy is printing. Each coupon still counts once only.',
    'still-printing': 'The coupons are still printing; see first what comes out.',
    'nothing-left': 'Nothing on these coupons can be used any more.',
    'too-many': 'These coupons have been copied as often as is allowed.',
    'no-printer': 'The printer is not ready; look at paper and cover.',
  },
};
