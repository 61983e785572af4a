// A little invented shop taken in by the program's own commands: sixty products, forty customers, eight weeks of habits.
import { addDays, instant, isoDay, ShopCalendar } from '../../src/domain/calendar.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';

const PRODUCTS = 60;
const CUSTOMERS = 40;
const CATEGORIES = 12;
const WEEKS = 8;
const BASKET = 10;
/** The shop's, which says nothing of a time zone. */
const calendar = new ShopCalendar('Europe/Helsinki');

/** "2026-11-21": so many days from the shop's today, which begins two or three hours before the world's. */
export function dayFromToday(days: number): string {
  return isoDay(addDays(calendar.dayOf(instant(Date.now())), days));
}

/** The card of customer 0, 1, 2 …: eighteen digits, the last one Luhn's. */
export function cardOf(customer: number): string {
  const digits = `6340${String(customer).padStart(13, '0')}`;
  let sum = 0;
  for (const [i, digit] of [...digits].reverse().entries()) {
    const weighed = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

export function customersCsv(count: number): string {
  const rows = Array.from({ length: count }, (_, customer) => `C${customer},${cardOf(customer)},fi`);
  return `customer,card,language\n${rows.join('\n')}\n`;
}

/** Everybody buys ten products every week, neighbours nearly the same ones; the last visit is two days ago. */
export function purchasesCsv(): string {
  const rows: string[] = [];
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    for (let week = 0; week < WEEKS; week++) {
      for (let line = 0; line < BASKET; line++) {
        // In some weeks one of the ten is left out, in each week one stranger is in.
        const isLeftOut = (line + week) % 7 === 3;
        const product = line === BASKET - 1 ? (customer * 7 + week * 11) % PRODUCTS : (customer * 3 + line) % PRODUCTS;
        if (isLeftOut) continue;
        rows.push(
          `C${customer},B${week},${dayFromToday(-2 - week * 7)}T17:20,P${product},1,${(1 + product / 20).toFixed(2)}`,
        );
      }
    }
  }
  return `customer,basket,time,product,quantity,price\n${rows.join('\n')}\n`;
}

/** @param nameOf what stands on a product's packet, already quoted for CSV where it needs to be */
export function productsCsv(nameOf: (product: number) => string = (product) => `Näkkileipä ${product} 300 g`): string {
  const rows = Array.from(
    { length: PRODUCTS },
    (_, product) =>
      `P${product},${nameOf(product)},Ryhmä ${product % CATEGORIES},Osasto,${(1 + product / 20).toFixed(2)}`,
  );
  return `product,name,category,department,price\n${rows.join('\n')}\n`;
}

/** Made, taken in and trained as of yesterday, so that coupons of yesterday's strips are good today. */
export async function makeSmallShop({
  keys = {},
  nameOf,
}: {
  keys?: Record<string, unknown>;
  nameOf?: (product: number) => string;
} = {}): Promise<ShopFolder> {
  const shop = await makeShopFolder(keys);
  await shop.must('import', 'products', shop.write('products.csv', productsCsv(nameOf)));
  await shop.must('import', 'customers', shop.write('customers.csv', customersCsv(CUSTOMERS)));
  await shop.must('import', 'purchases', shop.write('purchases.csv', purchasesCsv()));
  await shop.must('train', '--as-of', dayFromToday(-1));
  return shop;
}
