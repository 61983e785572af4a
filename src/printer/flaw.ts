// What can be wrong with a stream of bytes, so that a printer of this profile would not print what was meant.

export const FLAW_KINDS = [
  /** No command of the language. */
  'unknown-command',
  /** A command of the language that no strip needs. */
  'foreign-command',
  /** Opens the cash drawer. */
  'drawer',
  /** Dots of the host's: seconds on a serial line. */
  'picture',
  /** A letter before any code page was chosen: the printer's own switches decide what it prints. */
  'no-page',
  /** A code page this printer does not have. */
  'wrong-page',
  /** A byte that prints nothing certain in its page. */
  'unprintable',
  /** Bytes that are one character in UTF-8 and two or three on paper. */
  'utf8',
  /** High bytes while the firmware reads them as Chinese. */
  'chinese',
  /** National characters in place of # $ @ and brackets. */
  'national-set',
  /** More columns than the paper has. */
  'line-width',
  /** A cut where the paper does not stand at the start of a line: it is ignored, or prints first. */
  'cut-in-line',
  /** The blade goes through what was printed. */
  'cut-through',
  'no-cutter',
  /** A symbol in the middle of a line. */
  'symbol-in-line',
  /** A symbol the printer does not draw by itself. */
  'symbol-kind',
  /** Data its symbology does not allow: nothing is printed. */
  'symbol-data',
  /** Bars wider than the head, or with their quiet zones wider than the paper, or modules the printer does not take. */
  'symbol-width',
  /** A length that says something else than what follows. */
  'length',
  /** A real-time command in the middle of data: it is obeyed at once. */
  'real-time-in-data',
  /** The stream ends within a command or a line. */
  'unfinished',
  /** Commands and letters are well, and say something else than the strip does. */
  'wrong-words',
] as const;
export type FlawKind = (typeof FLAW_KINDS)[number];

export type Flaw = {
  readonly kind: FlawKind;
  /** Place of the command's first byte in the stream. */
  readonly at: number;
  readonly problem: string;
};
