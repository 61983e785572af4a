// A laid-out strip as plain text, to be read and compared.
import type { CouponCode } from '../../src/domain/strip.ts';
import type { ReceiptElement, ReceiptPart } from '../../src/receipt/elements.ts';

/** Double width is shown by spacing the letters; a symbol by bars with its content written out; a cut by a broken line. */
export function toText(parts: readonly ReceiptPart[], columns: number): string {
  const lines = parts.flatMap((part) => part.elements.flatMap((element) => linesOf(element, columns)));
  return `${lines.map((text) => text.trimEnd()).join('\n')}\n`;
}

/** The code as it stands for: element string with its brackets, or thirteen digits. */
export function codeText(code: CouponCode): string {
  switch (code.kind) {
    case 'gs1':
      return code.elementString;
    case 'ean13':
      return code.digits;
  }
}

function linesOf(element: ReceiptElement, columns: number): string[] {
  switch (element.kind) {
    case 'line':
      return [element.runs.map(({ text, width }) => (width === 2 ? spaced(text) : text)).join('')];
    case 'symbol':
      return ['|'.repeat(columns), ...inPieces(codeText(element.code), columns)];
    case 'qr':
      return ['[QR]', ...inPieces(element.text, columns)];
    case 'feed':
      return [];
    case 'cut':
      return [(element.cut === 'full' ? '=' : '- ').repeat(columns).slice(0, columns)];
  }
}

function spaced(text: string): string {
  return [...text].map((letter) => `${letter} `).join('');
}

function inPieces(text: string, columns: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += columns) pieces.push(text.slice(at, at + columns));
  return pieces;
}
