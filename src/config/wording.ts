// The leaves of the configuration, each with the sentence that says what would be right.
import { z } from 'zod';

/** Text of a pattern; `must` finishes "KEY: VALUE …", as in "must be two digits in quotes". */
export function text(pattern: RegExp, must: string) {
  return z.string({ error: must }).regex(pattern, { error: must });
}

/** Text that may be a path or a name, on one line and not empty. */
export function line(longest: number) {
  return text(new RegExp(`^[^\\p{Cc}]{1,${longest}}$`, 'u'), `must be text of 1 to ${longest} characters on one line`);
}

export function whole({ from, to, unit }: { from: number; to: number; unit: string }) {
  const must = `must be a whole number from ${from} to ${to}${unit === '' ? '' : ` (${unit})`}`;
  return z.int({ error: must }).min(from, { error: must }).max(to, { error: must });
}

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `must be one of ${words.join(', ')}` });
}
