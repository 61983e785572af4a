// A till on a night on which the clocks change: everybody has shopped in the weeks before it, and the model is of the day before.
import { addDays, instant, type Instant } from '../../src/domain/calendar.ts';
import { cents } from '../../src/domain/money.ts';
import { calendar, CARDS, codeOf, timeOf } from '../visit/corner-shop.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';

export const SPRING = '2027-03-28';
export const AUTUMN = '2026-10-25';
/** Customers enough for every visit of a night. */
export const COMERS = [CARDS.anna, CARDS.bertta, CARDS.carl] as const;

const NEIGHBOURS = Array.from({ length: 12 }, (_, i) => `neighbour-${i}`);
const HABITS = ['Maito 1 l', 'Ruisleipä', 'Juusto 300 g', 'Kahvi 500 g', 'Mehu 1 l', 'Jogurtti'];
/** What the neighbours buy too, and the three do not. */
const NEWS = ['Hillo 400 g', 'Näkkileipä', 'Riisi 1 kg', 'Suklaa 200 g'];
const DAYS = [1, 4, 8, 11, 15, 18, 22, 25, 29, 32, 36, 39, 43, 46, 50, 53];

export async function openTillBefore(date: string): Promise<OpenTill> {
  const till = await openTill();
  const day = calendar.dayOf(timeOf(date));
  till.goTo(`${date}T00:00`);
  const intake = till.shop.intake();
  for (const customerCode of ['anna', 'bertta', 'carl', ...NEIGHBOURS]) {
    const names = customerCode.startsWith('neighbour') ? [...HABITS, ...NEWS] : HABITS;
    intake.takePurchases(
      DAYS.flatMap((daysAgo) =>
        names.map((name) => ({
          customerCode,
          basketCode: `${date}-${daysAgo}`,
          at: instant(calendar.startOf(addDays(day, -daysAgo)) + 12 * 3_600_000),
          productCode: codeOf(name),
          quantityMilli: 1000,
          priceCents: cents(300),
        })),
      ),
    );
  }
  await till.shop.train({ asOf: till.clock.now(), signal: new AbortController().signal, onProgress: () => undefined });
  till.shop.model.refresh();
  return till;
}

export function justBefore(at: Instant): Instant {
  return instant(at - 1);
}
