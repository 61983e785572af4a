// Line items as numbers in parallel arrays: eleven million of them fit a till's memory, and sums over them do not allocate.

/** Ordered by customer, day, basket, product. Only the first `count` places hold lines. */
export type PurchaseTable = {
  readonly count: number;
  /** CustomerId of each line. */
  readonly customer: Int32Array;
  /** LocalDay of each line. */
  readonly day: Int32Array;
  /** Basket's row in the store; equal numbers are one sale. */
  readonly basket: Int32Array;
  /** ProductId of each line. */
  readonly product: Int32Array;
  /** Thousandths of a piece or a kilogram. */
  readonly quantityMilli: Int32Array;
};

export const NO_PURCHASES: PurchaseTable = {
  count: 0,
  customer: new Int32Array(0),
  day: new Int32Array(0),
  basket: new Int32Array(0),
  product: new Int32Array(0),
  quantityMilli: new Int32Array(0),
};
