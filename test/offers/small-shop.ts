// A shop of a few products for the offers' tests.
import { localDay, type LocalDay } from '../../src/domain/calendar.ts';
import { productId, type ProductId } from '../../src/domain/ids.ts';
import { cents } from '../../src/domain/money.ts';
import type { Product, ProductFlag } from '../../src/domain/product.ts';
import type { RankedProduct, Ranking } from '../../src/domain/ranking.ts';
import { chooseSix, USUAL_STRIP, type ChooseSix } from '../../src/offers/choose-six.ts';
import { policyFrom } from '../../src/offers/policy.ts';
import { defaultRules } from '../../src/offers/rewards.ts';

export const TODAY: LocalDay = localDay(20_000);

export function productOf(given: {
  id: number;
  category?: string | null;
  department?: string | null;
  price?: number | null;
  flags?: readonly ProductFlag[];
}): Product {
  const { id, category = `category ${id}`, department = 'Ruoka', price = 400, flags = [] } = given;
  return {
    id: productId(id),
    code: String(id),
    name: `Tuote ${id} 1 l`,
    category,
    department,
    priceCents: price === null ? null : cents(price),
    flags,
  };
}

export function ranked(id: number, probability: number): RankedProduct {
  return { product: productId(id), probability, reasons: [] };
}

/** Ids from `from`, likelier first. */
export function list(from: number, count: number): RankedProduct[] {
  return Array.from({ length: count }, (_, i) => ranked(from + i, 0.9 - i * 0.01));
}

export function choose(
  given: Partial<Omit<ChooseSix, 'ranking' | 'productOf'>> & {
    ranking: Partial<Ranking>;
    products?: readonly Product[];
  },
) {
  const { ranking, products = [], ...rest } = given;
  const known = new Map<ProductId, Product>(products.map((product) => [product.id, product]));
  return chooseSix({
    ...USUAL_STRIP,
    explorationShare: 0,
    policy: policyFrom({ '*': 'ok' }),
    rules: defaultRules(14),
    recent: [],
    today: TODAY,
    draw: () => 0.5,
    ...rest,
    ranking: { habitual: [], new: [], popular: [], ...ranking },
    productOf: (id) => known.get(id) ?? productOf({ id }),
  });
}

export function ids(choice: ReturnType<typeof choose>): number[] {
  return choice.offers.map(({ product }) => product.id);
}
