// What a till's customer display or cashier line has room for: every outcome in twenty characters.
import { dateOf, type LocalDay } from './calendar.ts';
import type { Language } from './language.ts';
import type { PrinterStatus } from './printer-status.ts';
import type { VisitOutcome } from './visit.ts';

/** The narrowest line displays at tills have twenty places. */
export const CASHIER_LINE_LENGTH = 20;

/** @param of.nextStripOn where the customer is capped  @param of.printer says why, where there is no printer */
export function cashierLine(of: {
  outcome: VisitOutcome;
  language: Language;
  nextStripOn: LocalDay | null;
  printer: PrinterStatus;
}): string {
  const { outcome, language, nextStripOn, printer } = of;
  if (outcome === 'no-printer') return PRINTER_LINES[language][printer.state];
  if (outcome === 'capped' && nextStripOn !== null) {
    const { month, day } = dateOf(nextStripOn);
    return `${NEXT[language]} ${day}.${month}.`;
  }
  return LINES[language][outcome];
}

const NEXT: Record<Language, string> = { fi: 'Seuraavat', sv: 'Nästa', en: 'Next ones' };

const LINES: Record<Language, Record<Exclude<VisitOutcome, 'no-printer'>, string>> = {
  fi: {
    printing: 'Kupongit tulostuvat',
    queued: 'Kupongit jonossa',
    repeat: 'Luettu jo',
    capped: 'Kupongit jo saatu',
    'opted-out': 'Ei halua kuponkeja',
    'held-out': 'Ei kuponkeja',
    'unknown-card': 'Tuntematon kortti',
    'blocked-card': 'Kortti suljettu',
    'not-a-card': 'Ei kelpaa kortiksi',
    'nothing-to-offer': 'Ei tarjottavaa nyt',
  },
  sv: {
    printing: 'Kuponger skrivs ut',
    queued: 'Kuponger i kö',
    repeat: 'Redan läst',
    capped: 'Kuponger redan givna',
    'opted-out': 'Vill ej ha kuponger',
    'held-out': 'Inga kuponger',
    'unknown-card': 'Okänt kort',
    'blocked-card': 'Kortet är spärrat',
    'not-a-card': 'Inget stamkundskort',
    'nothing-to-offer': 'Inget att erbjuda nu',
  },
  en: {
    printing: 'Coupons printing',
    queued: 'Coupons waiting',
    repeat: 'Already read',
    capped: 'Coupons already had',
    'opted-out': 'Wants no coupons',
    'held-out': 'No coupons',
    'unknown-card': 'Unknown card',
    'blocked-card': 'Card is blocked',
    'not-a-card': 'Not a loyalty card',
    'nothing-to-offer': 'Nothing to offer now',
  },
};

/** What the cashier can do something about; `ready` where the one who scanned has no printer of ours. */
const PRINTER_LINES: Record<Language, Record<PrinterStatus['state'], string>> = {
  fi: {
    ready: 'Ei tulostinta tässä',
    printing: 'Tulostin varattu',
    'paper-low': 'Ei tulostinta tässä',
    'paper-out': 'Kuponkipaperi loppu',
    'cover-open': 'Tulostinkansi auki',
    'cutter-jammed': 'Leikkuri jumissa',
    'head-hot': 'Tulostin kuuma',
    silent: 'Tulostin ei vastaa',
    offline: 'Tulostin on poissa',
    none: 'Ei tulostinta',
  },
  sv: {
    ready: 'Ingen skrivare här',
    printing: 'Skrivaren upptagen',
    'paper-low': 'Ingen skrivare här',
    'paper-out': 'Kupongpapper slut',
    'cover-open': 'Skrivarluckan öppen',
    'cutter-jammed': 'Kniven har fastnat',
    'head-hot': 'Skrivaren är het',
    silent: 'Skrivaren svarar ej',
    offline: 'Skrivaren är borta',
    none: 'Ingen skrivare',
  },
  en: {
    ready: 'No printer here',
    printing: 'Printer is busy',
    'paper-low': 'No printer here',
    'paper-out': 'Coupon paper is out',
    'cover-open': 'Printer cover open',
    'cutter-jammed': 'Cutter is jammed',
    'head-hot': 'Printer is too hot',
    silent: 'Printer is silent',
    offline: 'Printer is away',
    none: 'No printer',
  },
};
