// The simulated desk's shop: a few cards to try, and the six products everybody is offered.
import type { SampleDesk } from './desk.ts';

export const CARDS: SampleDesk['cardsToTry'] = [
  { card: '634000000000000015', words: { fi: 'Lapsiperhe', sv: 'Barnfamilj', en: 'Family' } },
  { card: '634000000000000023', words: { fi: 'Opiskelija', sv: 'Student', en: 'Student' } },
  { card: '634000000000000031', words: { fi: 'Eläkeläispariskunta', sv: 'Pensionärspar', en: 'Retired couple' } },
  { card: '634000000000000049', words: { fi: 'Kävi kolmesti', sv: 'Tre besök', en: 'Came three times' } },
  { card: '634000000000000056', words: { fi: 'Ei halua kuponkeja', sv: 'Vill inte ha', en: 'Opted out' } },
];
/** GS1's demonstration range. */
export const REFERENCE = '950110100001';
export const OPTED_OUT = '634000000000000056';
export const OFFERS = [
  { name: 'Kulman kevytmaito 1 l', slot: 'habitual', off: 30, probability: 0.82 },
  { name: 'Ruisleipä, viipaloitu 6 kpl', slot: 'habitual', off: 40, probability: 0.64 },
  { name: 'Kahvi, vaalea paahto 500 g', slot: 'habitual', off: 90, probability: 0.51 },
  { name: 'Banaani, irto', slot: 'habitual', off: 30, probability: 0.47 },
  { name: 'Mustapekka-juusto 300 g', slot: 'new', off: 120, probability: 0.12 },
  { name: 'Kauramurot ja mustikka 450 g', slot: 'new', off: 60, probability: 0.09 },
] as const;

export function isKnown(card: string): boolean {
  return CARDS.some((known) => known.card === card);
}
