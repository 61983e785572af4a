// A line of the purchase file as one line item.
import type { Instant, ShopCalendar } from '../../domain/calendar.ts';
import { cents } from '../../domain/money.ts';
import { saleTimeProblem } from '../../domain/sale-time.ts';
import type { PurchaseRow } from '../../domain/shop-rows.ts';
import { codeCell, moneyCell, quantityCell, type Line } from './cell.ts';
import type { LineCells } from './line-cells.ts';

export const PURCHASE_FILE = {
  columns: ['customer', 'basket', 'time', 'product', 'quantity', 'price'],
  required: ['customer', 'basket', 'time', 'product'],
  masked: ['customer'],
} as const;

/** @param by.now null while the clock is not believed */
export function purchaseLine(
  cells: LineCells,
  { calendar, now }: { calendar: ShopCalendar; now: Instant | null },
): Line<PurchaseRow> {
  const customer = codeCell(cells.text('customer'));
  if ('reason' in customer) return cells.refuse('customer', customer.reason);
  const basket = codeCell(cells.text('basket'));
  if ('reason' in basket) return cells.refuse('basket', basket.reason);
  const product = codeCell(cells.text('product'));
  if ('reason' in product) return cells.refuse('product', product.reason);
  const at = calendar.parse(cells.text('time'));
  if (at === null) return cells.refuse('time', 'is not an ISO 8601 time');
  const problem = saleTimeProblem({ at, now });
  if (problem !== null) return cells.refuse('time', problem);
  const quantity = quantityCell(cells.text('quantity'));
  if ('reason' in quantity) return cells.refuse('quantity', quantity.reason);
  const price = moneyCell(cells.text('price'));
  if ('reason' in price) return cells.refuse('price', price.reason);
  if (price.value !== null && price.value < 0) return cells.refuse('price', 'is below zero');
  return {
    row: {
      customerCode: customer.value,
      basketCode: basket.value,
      at,
      productCode: product.value,
      quantityMilli: quantity.value,
      priceCents: price.value === null ? null : cents(price.value),
    },
  };
}
