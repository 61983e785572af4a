// Which code goes on the paper: the GS1 one where it fits, a pointer where it does not.
import { EAN13_MODULE_DOTS, GS1_MODULE_DOTS, ean13Modules, fitsPaper, gs1128Modules } from './symbol-width.ts';
import type { Paper } from './symbol-width.ts';

/** `value` is not single-use: the till deducts by itself and never asks us. */
export const CODE_KINDS = ['gs1', 'pointer', 'value'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

/** Digits of (17)YYMMDD(255)GCN+serial without brackets. */
export const ELEMENT_STRING_DIGITS = 36;

/** The kind to print on this paper; null where not even an EAN-13 fits. */
export function chooseCodeKind({ wanted, paper }: { wanted: CodeKind; paper: Paper }): CodeKind | null {
  const gs1 = { modules: gs1128Modules(ELEMENT_STRING_DIGITS), moduleDots: GS1_MODULE_DOTS };
  if (wanted === 'gs1' && fitsPaper({ ...gs1, ...paper })) return 'gs1';
  if (!fitsPaper({ modules: ean13Modules(), moduleDots: EAN13_MODULE_DOTS, ...paper })) return null;
  return wanted === 'value' ? 'value' : 'pointer';
}
