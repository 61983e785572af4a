// A keyboard's reports become the characters a scanner typed; whatever is not clearly one becomes noise.
//
//   report  │ modifiers │ 0 │ key │ key │ key │ key │ key │ key │    (USB HID 1.11, appendix B.1: 8 bytes)
//           00 00 21 00 00 00 00 00 -> "4"   00 00 00 … -> released   02 00 04 00 … -> "A"   00 00 28 00 … -> CR
import { characterOf, type KeyboardLayout } from './keyboard-layouts.ts';
import { SCAN_LIMITS } from './limits.ts';

/** Stands where a character was typed that cannot be known: no scan with it in it is believed. */
export const NOISE = 0x00;

const REPORT_BYTES = 8;
const CTRL = 0x11;
const SHIFT = 0x22;
const LEFT_ALT = 0x04;
const ALT_GR = 0x40;
const GUI = 0x88;
/** "Too many keys", "self-test failed", "undefined": the keyboard itself does not know what is pressed. */
const LAST_ERROR_KEY = 0x03;
const NUM_LOCK = 0x53;
const KEYPAD_1 = 0x59;
const KEYPAD_0 = 0x62;

export class HidReports {
  readonly #layout: KeyboardLayout;
  readonly #report = new Uint8Array(REPORT_BYTES);
  #length = 0;
  #lastByteMs = 0;
  #held: ReadonlySet<number> = new Set();
  /** Digits of a character's number, typed on the keypad while Alt is held; null while it is not. */
  #altDigits: string | null = null;

  constructor(layout: KeyboardLayout) {
    this.#layout = layout;
  }

  /** Reports in any chunks; the answer are ASCII bytes. A report begun and not gone on with for a while is dropped. */
  push({ bytes, atMs }: { bytes: Uint8Array; atMs: number }): Uint8Array {
    if (this.#length > 0 && atMs - this.#lastByteMs > SCAN_LIMITS.gapMs) this.#length = 0;
    this.#lastByteMs = atMs;
    const typed: number[] = [];
    for (const byte of bytes) {
      this.#report[this.#length++] = byte;
      if (this.#length < REPORT_BYTES) continue;
      this.#length = 0;
      const character = this.#take();
      if (character !== null) typed.push(character);
    }
    return Uint8Array.from(typed);
  }

  #take(): number | null {
    const [modifiers = 0, reserved = 0, ...keys] = this.#report;
    const pressed = new Set(keys.filter((key) => key !== 0));
    // The second byte is 0 in every report: this one is not aligned, or no keyboard's.
    if (reserved !== 0 || [...pressed].some((key) => key <= LAST_ERROR_KEY)) return NOISE;
    const fresh = [...pressed].filter((key) => !this.#held.has(key) && key !== NUM_LOCK);
    this.#held = pressed;
    const [key] = fresh;
    if (key === undefined) return this.#endAlt(modifiers);
    // Which of two keys came first a report does not say.
    if (fresh.length > 1 || (modifiers & GUI) !== 0) return NOISE;
    if ((modifiers & LEFT_ALT) !== 0) return this.#altKey(key);
    const shift = (modifiers & SHIFT) !== 0;
    const altGr = (modifiers & ALT_GR) !== 0;
    const character = characterOf(this.#layout, { key, shift, altGr });
    if (character === null) return NOISE;
    const code = character.charCodeAt(0);
    // Ctrl-] is GS, as terminals have it: how scanners type the separator of a GS1 symbol.
    return (modifiers & CTRL) === 0 || code < 0x40 ? code : code & 0x1f;
  }

  #altKey(key: number): number | null {
    if (key < KEYPAD_1 || key > KEYPAD_0) return NOISE;
    this.#altDigits = `${this.#altDigits ?? ''}${(key - KEYPAD_1 + 1) % 10}`.slice(-4);
    return null;
  }

  /** Alt let go: the number typed meanwhile is a character of ASCII, whatever the keyboard's country. */
  #endAlt(modifiers: number): number | null {
    if (this.#altDigits === null || (modifiers & LEFT_ALT) !== 0) return null;
    const code = Number(this.#altDigits);
    this.#altDigits = null;
    return code <= 0x7f ? code : NOISE;
  }
}
