// Names and their sizes, worked out by hand.
import { describe, expect, it } from 'vitest';
import { fitName, nameAndSize } from '../../src/receipt/name-and-size.ts';
import { printableText } from '../../src/receipt/printable-text.ts';

describe('the size in a name', () => {
  const cases = [
    ['Arla kevytmaito 1 l', 'Arla kevytmaito', '1 l'],
    ['Mustapekka-juusto 300 g', 'Mustapekka-juusto', '300 g'],
    ['Kivennäisvesi 6 x 0,33 l', 'Kivennäisvesi', '6 x 0,33 l'],
    ['Ruispala 9 kpl/495 g', 'Ruispala', '9 kpl/495 g'],
    ['Lohifilee n. 400 g', 'Lohifilee', 'n. 400 g'],
    ['MAITO 1L', 'MAITO', '1L'],
    ['Olut 4,5% 0,33 l', 'Olut 4,5%', '0,33 l'],
    ['Vitamiini B12 100 tabl', 'Vitamiini B12', '100 tabl'],
    ['Maito 1 l laktoositon', 'Maito laktoositon', '1 l'],
    ['Banaani', 'Banaani', null],
    ['7 veljestä leipä', '7 veljestä leipä', null],
    ['WC-paperi 8 rll', 'WC-paperi', '8 rll'],
  ] as const;
  for (const [text, name, size] of cases) {
    it(`of "${text}" is ${size === null ? 'not told' : `"${size}"`}`, () => {
      expect(nameAndSize(text)).toEqual({ name, size });
    });
  }
});

describe('a name on its lines', () => {
  const cases = [
    ['Arla kevytmaito 1 l', [27, 42], ['Arla kevytmaito 1 l']],
    ['Kuusipiha kahvi tumma paahto 500 g', [27, 42], ['Kuusipiha kahvi tumma', 'paahto 500 g']],
    ['Halla kivennäisvesi 6 x 0,33 l', [22, 32], ['Halla kivennäisvesi', '6 x 0,33 l']],
  ] as const;
  for (const [text, widths, lines] of cases) {
    it(`puts "${text}" on ${lines.length}`, () => {
      expect(fitName(text, widths)).toEqual(lines);
    });
  }

  it('is shortened before its size where it is too long', () => {
    expect(fitName('Kahvinkeitinsuodatinpaperi 100 kpl', [13])).toEqual(['Kahv. 100 kpl']);
  });

  it('takes its size along to the end when the end of the name is cut off', () => {
    expect(fitName('Maito 1 l laktoositon luomu', [16])).toEqual(['Maito lakto. 1 l']);
  });
});

describe('a name from elsewhere', () => {
  const cases = [
    ['Cafe\u0301 cre\u0300me', 'Café crème'],
    ['Kauraa 🌾 ja 👩‍👩‍👧 perhe', 'Kauraa ja perhe'],
    ['A\u001b@\u001dV\u0000B', 'A @ V B'],
    ['10\u00a0% \u22125 €', '10 % -5 €'],
    ['\u202eolut\u200b', 'olut'],
    ['𝕏-juoma', '?-juoma'],
  ] as const;
  for (const [text, expected] of cases) {
    it(`becomes "${expected}"`, () => {
      expect(printableText(text)).toBe(expected);
    });
  }
});
