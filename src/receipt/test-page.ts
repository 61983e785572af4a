// The page of `printer test`: what a hand holds up to see that width, characters, a code and the cutter are right.
import type { ReceiptElement, ReceiptPart } from './elements.ts';

/** GS1's demonstration number, expired: no till can take it for a coupon. */
const TEST_CODE = '(17)000101(255)9501101000009000000000000';
const SYMBOL_HEIGHT_MM = 9;

/** `columns`: of the printer's paper; the ruler is exactly as wide. */
export function testPage({
  model,
  columns,
  hasWideCode,
}: {
  model: string;
  columns: number;
  hasWideCode: boolean;
}): ReceiptPart {
  const elements: ReceiptElement[] = [
    line('TillCAT', { width: 2, height: 2 }),
    line(model.slice(0, columns)),
    line(ruler(columns)),
    line('åäö ÅÄÖ é ü ß € % - & " ('.slice(0, columns)),
    line('0123456789 ABCabc'.slice(0, columns), { width: 1, height: 2 }),
    {
      kind: 'symbol',
      code: hasWideCode ? { kind: 'gs1', elementString: TEST_CODE } : { kind: 'ean13', digits: '2900000000001' },
      heightMm: SYMBOL_HEIGHT_MM,
    },
    line(''),
    { kind: 'cut', cut: 'full' },
  ];
  return { serial: null, elements };
}

function line(text: string, size: { width: 1 | 2; height: 1 | 2 } = { width: 1, height: 1 }): ReceiptElement {
  return { kind: 'line', runs: text === '' ? [] : [{ text, ...size, bold: false }] };
}

/** "----+----1----+----2": a figure under every tenth column; a line that breaks shows that the profile is too wide. */
function ruler(columns: number): string {
  let text = '';
  for (let column = 1; column <= columns; column++) {
    if (column % 10 === 0) text += String((column / 10) % 10);
    else text += column % 5 === 0 ? '+' : '-';
  }
  return text;
}
