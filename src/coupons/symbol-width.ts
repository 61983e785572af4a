// How wide a symbol is, in modules and dots: a receipt printer prints nothing at all where the bars do not fit.

/** Modules of a Code 128 character; its stop character has two more. */
const CODE128_CHARACTER = 11;
const CODE128_STOP = 13;
/** Guards, twelve digits of seven modules, the middle guard; the first digit is in the parity. */
const EAN13_MODULES = 95;

/** Both quiet zones together, for either symbology (GS1-128 asks for 10 + 10, EAN-13 for 11 + 7). */
export const QUIET_MODULES = 20;
/** 0,25 mm at 8 dots/mm: GS1-128's smallest. */
export const GS1_MODULE_DOTS = 2;
/** 0,375 mm at 8 dots/mm: two dots would be below EAN-13's 80 %. */
export const EAN13_MODULE_DOTS = 3;

/** GS1-128 in set C all through: start, FNC1, pairs of digits, check, stop. The bars alone. */
export function gs1128Modules(digits: number): number {
  if (!Number.isInteger(digits) || digits < 2 || digits % 2 === 1) {
    throw new RangeError(`Set C takes digits in pairs; got ${digits}.`);
  }
  return CODE128_CHARACTER * (1 + 1 + digits / 2 + 1) + CODE128_STOP;
}

export function ean13Modules(): number {
  return EAN13_MODULES;
}

export type Symbol = { readonly modules: number; readonly moduleDots: number };
export type Paper = {
  /** What the head can reach. */
  readonly printableDots: number;
  /** The whole width: the unprinted margin counts as quiet zone. */
  readonly paperDots: number;
};

export function fitsPaper({ modules, moduleDots, printableDots, paperDots }: Symbol & Paper): boolean {
  return modules * moduleDots <= printableDots && (modules + QUIET_MODULES) * moduleDots <= paperDots;
}
