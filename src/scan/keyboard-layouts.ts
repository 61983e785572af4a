// Which character a key stands for: a keyboard tells places, and the country it is set to makes characters of them.

/** Set in the scanner as "keyboard country"; what it comes with is `us`. `fi` is Sweden's layout as well. */
export const KEYBOARD_LAYOUTS = ['us', 'fi', 'fr'] as const;
export type KeyboardLayout = (typeof KEYBOARD_LAYOUTS)[number];

export type Keystroke = { readonly key: number; readonly shift: boolean; readonly altGr: boolean };

/** Null where the key types nothing, or nothing of ASCII (å, é, £): no card has it in its number. */
export function characterOf(layout: KeyboardLayout, { key, shift, altGr }: Keystroke): string | null {
  const common = COMMON.get(key);
  if (common !== undefined) return altGr ? null : common;
  const { plain, shifted, alternative } = LAYOUTS[layout];
  const row = altGr ? alternative : shift ? shifted : plain;
  const place = PLACES.indexOf(key);
  const character = place < 0 ? ' ' : row[place];
  return character === undefined || character === ' ' ? null : character;
}

type Rows = { readonly plain: string; readonly shifted: string; readonly alternative: string };

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * Usages of the HID Usage Tables, chapter 10, in the order of the rows below: 26 letter keys, ten digit keys, then
 * - = [ ] \ # ; ' ` , . / as a US keyboard has them, and the key that only other countries have beside the left Shift.
 */
const PLACES = [...range(0x04, 0x1d), ...range(0x1e, 0x27), ...range(0x2d, 0x38), 0x64];

/** The same everywhere: Enter, Tab, the space bar and the keypad. */
const COMMON: ReadonlyMap<number, string> = new Map([
  [0x28, '\r'],
  [0x2b, '\t'],
  [0x2c, ' '],
  [0x54, '/'],
  [0x55, '*'],
  [0x56, '-'],
  [0x57, '+'],
  [0x58, '\r'],
  ...range(0x59, 0x62).map((key): [number, string] => [key, String((key - 0x58) % 10)]),
  [0x63, '.'],
]);

const NO_LETTERS = ' '.repeat(26);

/** A blank: nothing, a dead key, or a character beyond ASCII. */
const LAYOUTS: Readonly<Record<KeyboardLayout, Rows>> = {
  us: {
    plain: "abcdefghijklmnopqrstuvwxyz1234567890-=[]\\\\;'`,./\\",
    shifted: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()_+{}||:"~<>?|',
    alternative: NO_LETTERS,
  },
  fi: {
    plain: "abcdefghijklmnopqrstuvwxyz1234567890+   ''   ,.-<",
    shifted: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ!"# %&/()=?   **   ;:_>',
    alternative: `${NO_LETTERS} @ $  {[]}\\           |`,
  },
  fr: {
    plain: 'qbcdefghijkl,noparstuvzxyw& "\'(- _  )= $**m  ;:!<',
    shifted: 'QBCDEFGHIJKL?NOPARSTUVZXYW1234567890 +    M% ./ >',
    alternative: `${NO_LETTERS}  #{[| \\^@]}`,
  },
};
