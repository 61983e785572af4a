// The page of `printer test`: what a hand holds up to see that width, characters, a code and the cutter are right.
import type { ReceiptElement, ReceiptPart } from './elements.ts';
import { wrapWords } from './wrap-words.ts';

/** GS1's demonstration number, expired: no till can take it for a coupon. */
const TEST_CODE = '(17)000101(255)9501101000009000000000000';
const SYMBOL_HEIGHT_MM = 9;
/** Above and beneath a QR code: four of its widest modules. */
const QUIET: ReceiptElement = { kind: 'feed', millimetres: 3.5 };

export type TestPage = {
  readonly model: string;
  /** The profile's name. */
  readonly profile: string;
  /** Of the printer's paper; the ruler is exactly as wide. */
  readonly columns: number;
  readonly hasWideCode: boolean;
  /** The printer draws QR codes by itself. */
  readonly hasQr: boolean;
  /** From the head to the blade; null where one tears by hand. */
  readonly cutterDistanceMm: number | null;
};

/** Two pieces, so that the cut between them shows whether the blade's distance in the profile is right. */
export function testPage(of: TestPage): readonly ReceiptPart[] {
  const { columns, cutterDistanceMm } = of;
  const say = (text: string): ReceiptElement[] => wrapWords(text, () => columns).map((words) => line(words));
  const cutter =
    cutterDistanceMm === null
      ? [line('Tear here.')]
      : say(
          `The cut must fall between the two rows of arrows. Profile: the blade is ${cutterDistanceMm} mm from the head.`,
        );
  return [
    {
      serial: null,
      elements: [
        line('TillCAT', { width: 2, height: 2 }),
        ...say(`${of.model}, profile ${of.profile}`),
        line(ruler(columns)),
        ...say('The ruler is one whole line, to the last figure.'),
        ...say('åäö ÅÄÖ é ü ß € % - & " ( # @ [ ] { }'),
        ...say('Žiža Škoda Łódź: these may have lost their marks, åäö must not.'),
        line('0123456789 ABC', { width: 1, height: 2 }),
        line('-0,30 €', { width: 2, height: 2 }),
        ...say('The scanner must read this code:'),
        {
          kind: 'symbol',
          code: of.hasWideCode ? { kind: 'gs1', elementString: TEST_CODE } : { kind: 'ean13', digits: '2900000000001' },
          heightMm: SYMBOL_HEIGHT_MM,
        },
        ...(of.hasQr ? [...say('And so must a phone, letters and all:'), QUIET, qr(of.profile), QUIET] : []),
        ...cutter,
        line('^'.repeat(columns)),
        { kind: 'cut', cut: 'partial' },
      ],
    },
    {
      serial: null,
      elements: [line('v'.repeat(columns)), ...say('And this is the last line.'), { kind: 'cut', cut: 'full' }],
    },
  ];
}

/** Letters beyond ASCII: a length counted in characters would cut them off. */
function qr(profile: string): ReceiptElement {
  return { kind: 'qr', text: `TillCAT, ${profile}: åäö €` };
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
