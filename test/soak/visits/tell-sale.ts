// A sale as the till tells it when the customer has paid; now and then twice, as a till that heard no answer does.
import { z } from 'zod';
import { basketOf, cardOf, dayStart } from '../soak-shop.ts';

const answerSchema = z.object({ outcome: z.string(), lines: z.number() });

/** @returns the lines of it. @throws Error where they were not recorded */
export async function tellSale(address: string, { customer, day }: { customer: number; day: number }): Promise<number> {
  const lines = basketOf(customer, day).map(({ productCode, quantityMilli, priceCents }) => ({
    product: productCode,
    quantity: quantityMilli / 1000,
    price: (priceCents ?? 0) / 100,
  }));
  const body = JSON.stringify({
    till: '01',
    sale: `S${day}-${customer}`,
    at: new Date(dayStart(day)).toISOString(),
    card: cardOf(customer),
    lines,
  });
  for (let times = customer % 50 === 0 ? 2 : 1; times > 0; times--) {
    const response = await fetch(`${address}/api/v1/baskets`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    const answer = answerSchema.parse(await response.json());
    if (answer.outcome !== 'recorded' || answer.lines !== lines.length)
      throw new Error(`the sale of customer ${customer} on day ${day}: ${JSON.stringify(answer)}`);
  }
  return lines.length;
}
