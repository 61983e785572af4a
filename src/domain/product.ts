// A product as the shop's product file describes it.
import type { ProductId } from './ids.ts';
import type { Cents } from './money.ts';

/** Never printed and never a trigger, whatever the configuration says (Reg. (EU) 2016/127 art. 10; Finnish Tobacco Act). */
export const FORBIDDEN_CLASSES = ['infant-formula', 'tobacco', 'nicotine'] as const;
/** Blocked by default, and never a feature of the ranking. */
export const SENSITIVE_CLASSES = ['alcohol', 'medicine', 'gambling', 'health', 'discreet'] as const;
export const PRODUCT_FLAGS = [...FORBIDDEN_CLASSES, ...SENSITIVE_CLASSES, 'ok'] as const;

export type ProductFlag = (typeof PRODUCT_FLAGS)[number];
export type HardClass = Exclude<ProductFlag, 'ok'>;

export type Product = {
  readonly id: ProductId;
  /** The shop's own code, usually a GTIN; text, because leading zeros count. */
  readonly code: string;
  readonly name: string;
  readonly category: string | null;
  readonly department: string | null;
  readonly priceCents: Cents | null;
  readonly flags: readonly ProductFlag[];
};

export function parseProductFlag(text: string): ProductFlag | null {
  return PRODUCT_FLAGS.find((flag) => flag === text) ?? null;
}
