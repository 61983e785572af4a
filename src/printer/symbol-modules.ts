// Bar code data as a printer draws it: decoded from the command's bytes by the symbologies' own rules, not by our sender's.

export type DrawnSymbol = {
  /** Dark and light modules from the first bar to the last. */
  readonly modules: readonly boolean[];
  /** What a scanner would say, FNC1 as "]". */
  readonly content: string;
};

/** The symbol GS k m n draws; null where a real printer draws nothing. */
export function drawSymbol(symbology: number, data: Uint8Array): DrawnSymbol | null {
  if (symbology === 67) return drawEan13(data);
  return symbology === 73 ? drawCode128(data) : null;
}

// ISO/IEC 15420, table 1: widths of space, bar, space, bar of each digit in set A; set B is set C mirrored, set C is A in bars.
const EAN_WIDTHS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'] as const;
function drawEan13(data: Uint8Array): DrawnSymbol | null {
  const digits = Buffer.from(data).toString('latin1');
  if (!/^\d{12,13}$/.test(digits)) return null;
  const whole = digits.slice(0, 12) + eanCheck(digits.slice(0, 12));
  if (digits.length === 13 && digits !== whole) return null;
  const left = [...whole.slice(1, 7)].map((digit, i) => eanDigit(Number(digit), isSetB(Number(whole[0]), i + 1)));
  const right = [...whole.slice(7)].map((digit) => widths(EAN_WIDTHS[Number(digit)] ?? '', true));
  const modules = [
    ...widths('111', true),
    ...left.flat(),
    ...widths('11111', false),
    ...right.flat(),
    ...widths('111', true),
  ];
  return { modules, content: whole };
}

function eanDigit(digit: number, mirrored: boolean): readonly boolean[] {
  const pattern = EAN_WIDTHS[digit] ?? '';
  return widths(mirrored ? [...pattern].reverse().join('') : pattern, false);
}

function isSetB(firstDigit: number, place: number): boolean {
  return (LEFT_SET_B[firstDigit] ?? '')[place - 1] === 'B';
}

/** ISO/IEC 15420, table 3. */
const LEFT_SET_B = [
  'AAAAAA',
  'AABABB',
  'AABBAB',
  'AABBBA',
  'ABAABB',
  'ABBAAB',
  'ABBBAA',
  'ABABAB',
  'ABABBA',
  'ABBABA',
] as const;

function eanCheck(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

/** ISO/IEC 15417, table 1: bar, space, bar, space, bar, space of values 0 to 105. */
const CODE128_WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ');
const CODE128_STOP = '2331112';
const START = { A: 103, B: 104, C: 105 } as const;
const CHANGE_TO = { A: 101, B: 100, C: 99 } as const;
const FNC1_VALUE = 102;

type CodeSet = keyof typeof START;

/** GS k 73: the data names its sets itself, "{A", "{B" or "{C", and must begin with one. */
function drawCode128(data: Uint8Array): DrawnSymbol | null {
  const values: number[] = [];
  let content = '';
  let set: CodeSet | null = null;
  for (let i = 0; i < data.length; i++) {
    const byte = data[i] ?? 0;
    const special = byte === 0x7b ? String.fromCharCode(data[++i] ?? 0) : null;
    if (special === 'A' || special === 'B' || special === 'C') {
      values.push(set === null ? START[special] : CHANGE_TO[special]);
      set = special;
    } else if (set === null) return null;
    else if (special === '1') {
      values.push(FNC1_VALUE);
      content += ']';
    } else if (special !== null && special !== '{') return null;
    else {
      const value = valueIn(set, byte);
      if (value === null) return null;
      values.push(value);
      content += set === 'C' ? String(value).padStart(2, '0') : String.fromCharCode(byte);
    }
  }
  if (values.length < 2) return null;
  const check = values.reduce((sum, value, i) => sum + value * Math.max(1, i), 0) % 103;
  const pattern = [...values, check].map((value) => CODE128_WIDTHS[value] ?? '').join('') + CODE128_STOP;
  return { modules: widths(pattern, true), content };
}

function valueIn(set: CodeSet, byte: number): number | null {
  if (set === 'C') return byte <= 99 ? byte : null;
  if (set === 'B') return byte >= 0x20 && byte <= 0x7f ? byte - 0x20 : null;
  if (byte >= 0x20 && byte <= 0x5f) return byte - 0x20;
  return byte < 0x20 ? byte + 0x40 : null;
}

/** Elements of alternating colour, as many modules wide as each figure says. */
function widths(figures: string, startsDark: boolean): readonly boolean[] {
  return [...figures].flatMap((figure, i) => Array<boolean>(Number(figure)).fill((i % 2 === 0) === startsDark));
}
