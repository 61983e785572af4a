// Text on paper: what the printer's pages hold, and the nearest thing to what they do not.
import fc from 'fast-check';
import thermal from 'node-thermal-printer';
import { describe, expect, it } from 'vitest';
import { CODE_PAGE_NAMES, decodeByte } from '../../src/printer/code-pages.ts';
import type { CodePageName } from '../../src/printer/code-pages.ts';
import { encodeText, firstPage, printableText } from '../../src/printer/text.ts';
import { STRIP_TEXTS } from '../../src/receipt/texts.ts';
import { profileNamed } from './a-till-printer.ts';

const onEpson = profileNamed('epson-tm-t20iii');
const onZj = profileNamed('zj-5870');
const onNoEuro = profileNamed('no-euro');
const PROFILES = [onEpson, onZj, onNoEuro, profileNamed('epson-tm-m30iii'), profileNamed('citizen-ct-s651')];

describe('printable text', () => {
  it.each([
    ['Pågen äöÄÖåé', 'Pågen äöÄÖåé'],
    ['a\u0308o\u0308 e\u0301', 'äö é'],
    ['Ben & Jerry’s – 1…', "Ben & Jerry's - 1..."],
    ['\u22120,30 €', '-0,30 €'],
    ['Žatec', 'Žatec'],
    ['ﬁlmi \u2116 5', 'filmi No 5'],
    ['🍌 banaani 👩‍👩‍👧', ' banaani '],
    ['evil\u001b@\u001dV\u0000x', 'evil@Vx'],
    ['a\u202Eb\u2066c\u200Bd\u00ADe\uFEFF', 'abcde'],
    ['two\nlines\tand\u00A0blanks', 'two lines and blanks'],
    ['日本', '??'],
    ['\uD800x', 'x'],
  ])('%j is printed as %j', (text, printed) => {
    expect(printableText(text, onEpson)).toBe(printed);
  });

  it('says EUR and Z where no page has the sign', () => {
    expect(printableText('0,30 € Žatec', onNoEuro)).toBe('0,30 EUR Zatec');
    expect(printableText('0,30 € Žatec', onZj)).toBe('0,30 € Žatec');
  });

  it('says what was bought as it is written, on one line of 58 mm paper, with the pages of every printer', () => {
    const printers = ['epson-tm-t88v', 'star-tsp143'].map(profileNamed);
    for (const texts of Object.values(STRIP_TEXTS)) {
      for (const reason of [texts.reason['bought-often'], texts.reason['bought-before']]) {
        expect(reason.length).toBeLessThanOrEqual(32);
        for (const profile of [...PROFILES, ...printers]) expect(printableText(reason, profile)).toBe(reason);
      }
    }
  });

  it('sends no byte that is a command, only pages the printer has, and nothing else than it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...PROFILES), (text, profile) => {
        const runs = encodeText({ text, profile, page: firstPage(profile) });
        const slots = profile.codePages.map(({ page }) => page);
        for (const run of runs) {
          expect(slots).toContain(run.page);
          for (const byte of run.bytes) expect(byte >= 0x20 && byte !== 0x7f).toBe(true);
        }
        const decoded = runs.map((run) => [...run.bytes].map((byte) => decodeByte(run.page, byte)).join('')).join('');
        expect(decoded).toBe(printableText(text, profile));
        expect(printableText(decoded, profile)).toBe(decoded);
      }),
      { numRuns: 150 },
    );
  });

  it('changes the page only where it must', () => {
    const runs = encodeText({ text: 'äö Žatec ž 5 € ä', profile: onEpson, page: 'CP858' });
    expect(runs.map((run) => run.page)).toEqual(['CP858', 'CP1252']);
  });
});

describe('our code pages', () => {
  const libraryNames: Partial<Record<CodePageName, string>> = {
    CP437: 'PC437_USA',
    CP850: 'PC850_MULTILINGUAL',
    CP858: 'PC858_EURO',
    CP865: 'PC865_NORDIC',
    CP852: 'PC852_LATIN2',
    CP1252: 'WPC1252',
    CP1257: 'WPC1257_BALTIC_RIM',
    'ISO8859-15': 'ISO8859_15_LATIN9',
  };

  it.each(CODE_PAGE_NAMES)('%s agrees with the library’s, byte for byte', (page) => {
    for (let byte = 0x80; byte <= 0xff; byte++) {
      const character = decodeByte(page, byte);
      if (character === '\uFFFD') continue;
      const out = new thermal.printer({ type: thermal.types.EPSON, interface: '' });
      out.setCharacterSet(libraryNames[page] ?? '');
      out.print(character);
      expect([...out.getBuffer().subarray(3)], `${page} ${character}`).toEqual([byte]);
    }
  });
});
