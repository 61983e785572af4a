// What a keyboard's reports mean: the characters of a card, or noise, and never a wrong character.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HidReports, NOISE } from '../../src/scan/hid-reports.ts';
import { KEYBOARD_LAYOUTS, type KeyboardLayout } from '../../src/scan/keyboard-layouts.ts';
import { SCAN_LIMITS } from '../../src/scan/limits.ts';
import { ENTER, RELEASED, report, typed } from './a-typing-scanner.ts';

const CARD = '634004021188884413';

function read(bytes: Uint8Array, layout: KeyboardLayout = 'us'): string {
  return Buffer.from(new HidReports(layout).push({ bytes, atMs: 0 })).toString('latin1');
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('reports written down from the HID usage tables', () => {
  test.each([
    [
      '634 and Enter',
      '0000230000000000 0000000000000000 0000200000000000 0000000000000000 0000210000000000 0000000000000000 0000280000000000',
      '634\r',
    ],
    ['the same without a release between different keys', '0000230000000000 0000200000000000 0000210000000000', '634'],
    ['the same key twice, released between', '00001e0000000000 0000000000000000 00001e0000000000', '11'],
    ['one key held and reported again', '00001e0000000000 00001e0000000000', '1'],
    ['a key pressed before the last one is released', '00001e0000000000 00001e1f00000000 00001f0000000000', '12'],
    [
      ']C0 with Shift before and after the key',
      '0000300000000000 0200000000000000 0200060000000000 0200000000000000 0000270000000000',
      ']C0',
    ],
    ['right Shift', '2000040000000000', 'A'],
    [
      'the keypad with NumLock switched on first',
      '0000530000000000 0000000000000000 0000590000000000 0000620000000000 0000580000000000',
      '10\r',
    ],
    ['Ctrl-], the separator of a GS1 symbol', '0100000000000000 0100300000000000', '\x1d'],
    [
      'Alt and 5 4 on the keypad',
      '0400000000000000 04005d0000000000 0400000000000000 04005c0000000000 0400000000000000 0000000000000000',
      '6',
    ],
    ['Tab', '00002b0000000000', '\t'],
  ])('%s', (_what, reports, text) => {
    expect(read(hex(reports))).toBe(text);
  });

  test.each([
    ['too many keys at once', '0000010101010101'],
    ['two new keys in one report, of which nobody knows the order', '00001e1f00000000'],
    ['a key no layout has', '00003a0000000000'],
    ['a character with the Windows key', '0800040000000000'],
    ['Caps Lock', '0000390000000000'],
    ['a letter while Alt is held', '0400040000000000'],
    ['a second byte that is not 0', '0012040000000000'],
  ])('%s is noise', (_what, reports) => {
    expect(read(hex(reports))).toBe(String.fromCharCode(NOISE));
  });
});

test.each<[KeyboardLayout, string]>([
  ['us', ']C1(17)261206;K-42_x/Z'],
  ['fi', ']C1(17)261206;K-42_x/Z'],
  ['fr', ']C1(17)261206;K-42_x/Z'],
])('a scanner set to the layout %s types %s', (layout, text) => {
  expect(read(typed(text, layout), layout)).toBe(text);
});

test('a layout that is not the configured one does not pass for the right card where it differs', () => {
  expect(read(typed(CARD, 'fr'), 'us')).not.toContain(CARD);
  expect(read(typed('K-42', 'fi'), 'us')).toBe('K/42');
});

test('any chunking of the same reports types the same', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789AZaz-]'), maxLength: 20 });
  fc.assert(
    fc.property(text, fc.constantFrom(...KEYBOARD_LAYOUTS), fc.array(fc.nat(20)), (words, layout, sizes) => {
      const sent = Buffer.concat([typed(words, layout), ENTER]);
      const reports = new HidReports(layout);
      let heard = '';
      let from = 0;
      for (const size of [...sizes, sent.length]) {
        const bytes = sent.subarray(from, from + size);
        heard += Buffer.from(reports.push({ bytes, atMs: 0 })).toString('latin1');
        from += size;
      }
      expect(heard).toBe(`${words}\r`);
    }),
  );
});

test('a report that was never finished does not shift the next ones', () => {
  const reports = new HidReports('us');
  reports.push({ bytes: report(0x1e).subarray(0, 5), atMs: 0 });
  const later = reports.push({ bytes: typed('634'), atMs: SCAN_LIMITS.gapMs + 1 });
  expect(Buffer.from(later).toString()).toBe('634');
});

test('random bytes type ASCII or noise, and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 800 }), (bytes) => {
      for (const code of new HidReports('us').push({ bytes, atMs: 0 })) expect(code).toBeLessThan(0x80);
    }),
  );
  expect(read(RELEASED)).toBe('');
});
