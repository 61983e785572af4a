// One sentence a cashier can read out for every outcome: why, and how to go on.
import { dateOf, type LocalDay } from './calendar.ts';
import type { OtherTill, RedeemOutcome } from './coupon.ts';
import type { Language } from './language.ts';
import type { VisitOutcome } from './visit.ts';

/** `nextStripOn`: where the customer is capped. */
export type VisitDetails = { readonly nextStripOn: LocalDay | null };

export function visitSentence(outcome: VisitOutcome, language: Language, details: VisitDetails): string {
  const date = details.nextStripOn === null ? null : dateText(details.nextStripOn);
  return VISIT_SENTENCES[language][outcome].replace('{date}', date ?? '…');
}

export function redeemSentence(result: RedeemOutcome, language: Language, dayOf: (at: number) => LocalDay): string {
  const sentence = REDEEM_SENTENCES[language][result.outcome];
  switch (result.outcome) {
    case 'unknown-coupon':
      return result.otherTill === null ? sentence : otherTillSentence(result.otherTill, language);
    case 'already-used':
      return sentence.replace('{date}', dateText(dayOf(result.usedAt)));
    case 'not-yet-valid':
      return sentence.replace('{date}', dateText(result.coupon.validFrom));
    case 'expired':
      return sentence.replace('{date}', dateText(result.coupon.validTo));
    case 'redeemed':
    case 'void':
    case 'scan-the-code':
      return sentence;
  }
}

function otherTillSentence({ till, isSigned }: OtherTill, language: Language): string {
  return OTHER_TILL_SENTENCES[language][isSigned ? 'signed' : 'serial'].replace('{till}', till);
}

/** "22.11.2026", as Finnish and Finland Swedish write it; unambiguous enough for English too. */
function dateText(day: LocalDay): string {
  const { year, month, day: dayOfMonth } = dateOf(day);
  return `${dayOfMonth}.${month}.${year}`;
}

const VISIT_SENTENCES: Record<Language, Record<VisitOutcome, string>> = {
  fi: {
    printing: 'Kupongit tulostuvat.',
    queued: 'Kupongit tulostuvat, kun on niiden vuoro.',
    repeat: 'Tämä kortti luettiin juuri; kupongit on jo käsitelty.',
    capped: 'Asiakas on jo saanut kuponkinsa; seuraavat aikaisintaan {date}.',
    'opted-out': 'Asiakas ei halua kuponkeja; KUPONGIT-kortti kumoaa tämän.',
    'held-out': 'Tälle asiakkaalle ei tulosteta kuponkeja (vertailuryhmä).',
    'unknown-card': 'Korttia ei tunneta; tarkista, että se on tämän kaupan kortti.',
    'blocked-card': 'Kortti on suljettu; ohjaa asiakas asiakaspalveluun.',
    'not-a-card': 'Tämä ei ole kanta-asiakaskortti; lue kortti uudelleen.',
    'nothing-to-offer': 'Tälle asiakkaalle ei ole nyt tarjottavaa.',
    'no-printer': 'Tulostin ei ole valmis; tarkista paperi, kansi ja kaapeli ja lue kortti uudelleen.',
  },
  sv: {
    printing: 'Kupongerna skrivs ut.',
    queued: 'Kupongerna skrivs ut när det blir deras tur.',
    repeat: 'Kortet lästes nyss; kupongerna är redan behandlade.',
    capped: 'Kunden har redan fått sina kuponger; nästa tidigast {date}.',
    'opted-out': 'Kunden vill inte ha kuponger; KUPONGER-kortet ångrar det.',
    'held-out': 'Den här kunden får inga kuponger (kontrollgrupp).',
    'unknown-card': 'Kortet är okänt; kontrollera att det är butikens kort.',
    'blocked-card': 'Kortet är spärrat; hänvisa kunden till kundtjänst.',
    'not-a-card': 'Det här är inget stamkundskort; läs kortet på nytt.',
    'nothing-to-offer': 'Det finns inget att erbjuda den här kunden nu.',
    'no-printer': 'Skrivaren är inte klar; kontrollera papper, lucka och kabel och läs kortet på nytt.',
  },
  en: {
    printing: 'The coupons are printing.',
    queued: 'The coupons print when their turn comes.',
    repeat: 'This card was read a moment ago; its coupons are already seen to.',
    capped: 'This customer has had their coupons; the next ones from {date}.',
    'opted-out': 'This customer wants no coupons; the START card undoes it.',
    'held-out': 'No coupons are printed for this customer (comparison group).',
    'unknown-card': 'The card is not known; check that it is a card of this shop.',
    'blocked-card': 'The card is blocked; send the customer to customer service.',
    'not-a-card': 'This is not a loyalty card; scan the card again.',
    'nothing-to-offer': 'There is nothing to offer this customer now.',
    'no-printer': 'The printer is not ready; check paper, cover and cable, then scan the card again.',
  },
};

const REDEEM_SENTENCES: Record<Language, Record<RedeemOutcome['outcome'], string>> = {
  fi: {
    redeemed: 'Kuponki hyväksytty.',
    'unknown-coupon': 'Kuponkia ei tunneta; tarkista numero.',
    'scan-the-code': 'Numero ei riitä tälle kupongille; lue sen viivakoodi.',
    'not-yet-valid': 'Kuponki on voimassa vasta {date} alkaen.',
    expired: 'Kuponki vanheni {date}.',
    'already-used': 'Kuponki on jo käytetty {date}.',
    void: 'Kuponki on mitätöity.',
  },
  sv: {
    redeemed: 'Kupongen godkänd.',
    'unknown-coupon': 'Kupongen är okänd; kontrollera numret.',
    'scan-the-code': 'Numret räcker inte för den här kupongen; läs in dess streckkod.',
    'not-yet-valid': 'Kupongen gäller först från {date}.',
    expired: 'Kupongen gick ut {date}.',
    'already-used': 'Kupongen användes redan {date}.',
    void: 'Kupongen är makulerad.',
  },
  en: {
    redeemed: 'Coupon accepted.',
    'unknown-coupon': 'The coupon is not known; check the number.',
    'scan-the-code': 'The number is not enough for this coupon; scan its bar code.',
    'not-yet-valid': 'The coupon is valid from {date} only.',
    expired: 'The coupon expired on {date}.',
    'already-used': 'The coupon was already used on {date}.',
    void: 'The coupon has been made void.',
  },
};

const OTHER_TILL_SENTENCES: Record<Language, Record<'signed' | 'serial', string>> = {
  fi: {
    signed: 'Kupongin on tulostanut kassa {till}; lunasta se siellä.',
    serial:
      'Kuponkia ei tunneta tällä kassalla; tarkista numero. Jos se on oikein, kuponki on kassan {till}: lunasta se siellä.',
  },
  sv: {
    signed: 'Kupongen är utskriven vid kassa {till}; lös in den där.',
    serial:
      'Kupongen är okänd i den här kassan; kontrollera numret. Om det stämmer är kupongen från kassa {till}: lös in den där.',
  },
  en: {
    signed: 'This coupon was printed by till {till}; redeem it there.',
    serial:
      'The coupon is not known at this till; check the number. If it is right, till {till} printed it: redeem it there.',
  },
};
