// A strip as receipt/ would lay it out, with names that are hard to print, for the printer's tests.
import { gs1CheckDigit, parseSerial } from '../../src/domain/ids.ts';
import type { Serial } from '../../src/domain/ids.ts';
import type { CouponCode } from '../../src/domain/strip.ts';
import type { ReceiptElement, ReceiptPart } from '../../src/receipt/elements.ts';

export const NAMES = [
  'Arla kevytmaito 1 l',
  'Crème fraîche 200 g',
  'Pågen Åkerö ÄÖ 500 g',
  'Jalapeño-juusto 300 g',
  'Fazer Sininen 200 g',
  'Żubrówka-kakku – 1 kpl',
];

export function serial(running: number): Serial {
  const parsed = parseSerial(
    `01${String(running).padStart(5, '0')}${String((running * 31_337) % 100_000).padStart(5, '0')}`,
  );
  if (parsed === null) throw new Error('not a serial');
  return parsed;
}

export function gs1Code(of: Serial): CouponCode {
  return { kind: 'gs1', elementString: `(17)261206(255)9501101000017${of}` };
}

export function ean13Code(of: Serial): CouponCode {
  const digits = `21${of.slice(2)}`;
  return { kind: 'ean13', digits: digits + gs1CheckDigit(digits) };
}

export function line(text: string, size: { width?: 1 | 2; height?: 1 | 2; bold?: boolean } = {}): ReceiptElement {
  return { kind: 'line', runs: [{ text, width: 1, height: 1, bold: false, ...size }] };
}

/** Header, six coupons parted by partial cuts, footer with the full cut. */
export function strip({
  columns,
  codeOf,
}: {
  columns: number;
  codeOf: (of: Serial) => CouponCode;
}): readonly ReceiptPart[] {
  const header: ReceiptPart = {
    serial: null,
    elements: [
      line('Kulmakauppa, Kuusitie 4'.padEnd(columns - 10) + '22.11.2026'),
      line('6 ETUA, 4,90 €', { width: 2, height: 2 }),
      line('Ensi käynnille, 23.11.-6.12.2026.'.slice(0, columns)),
      { kind: 'cut', cut: 'partial' },
    ],
  };
  const coupons = NAMES.map((name, i) => couponPart({ name, serial: serial(i + 1), columns, codeOf }));
  const footer: ReceiptPart = {
    serial: null,
    elements: [line('Et halua kuponkeja?'), line('Sano se kassalla.'), { kind: 'cut', cut: 'full' }],
  };
  return [header, ...coupons, footer];
}

type CouponOnPaper = {
  readonly name: string;
  readonly serial: Serial;
  readonly columns: number;
  readonly codeOf: (of: Serial) => CouponCode;
};

function couponPart({ name, serial: of, columns, codeOf }: CouponOnPaper): ReceiptPart {
  const amount = '-0,30 €';
  const shown = name.slice(0, columns - amount.length * 2 - 1);
  return {
    serial: of,
    elements: [
      {
        kind: 'line',
        runs: [
          { text: shown.padEnd(columns - amount.length * 2), width: 1, height: 2, bold: false },
          { text: amount, width: 2, height: 2, bold: true },
        ],
      },
      line('Ostat tätä usein'),
      { kind: 'symbol', code: codeOf(of), heightMm: 9 },
      line(`${of.slice(0, 4)} ${of.slice(4, 8)} ${of.slice(8)}`),
      { kind: 'cut', cut: 'partial' },
    ],
  };
}
