// A scanner in keyboard mode, as the HID specification lets it type: a report pressed, a report released, for each character.
import { characterOf, type KeyboardLayout } from '../../src/scan/keyboard-layouts.ts';

export const RELEASED = Buffer.alloc(8);

export function report(key: number, modifiers = 0): Buffer {
  return Buffer.from([modifiers, 0, key, 0, 0, 0, 0, 0]);
}

/** The reports of a text on a layout, Enter not included. */
export function typed(text: string, layout: KeyboardLayout = 'us'): Buffer {
  return Buffer.concat([...text].flatMap((character) => [keystroke(character, layout), RELEASED]));
}

export const ENTER = Buffer.concat([report(0x28), RELEASED]);

function keystroke(character: string, layout: KeyboardLayout): Buffer {
  for (let key = 0x04; key < 0x65; key++) {
    for (const modifiers of [0x00, 0x02, 0x40]) {
      const stroke = { key, shift: modifiers === 0x02, altGr: modifiers === 0x40 };
      if (characterOf(layout, stroke) === character) return report(key, modifiers);
    }
  }
  throw new RangeError(`no key types ${character} on ${layout}`);
}
