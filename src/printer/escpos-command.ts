// The commands a stream is made of, as they were read out of ESC/POS or Star line mode; those of other programs that we never
// send have names too.
export type EscposCommand =
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'line-feed' }
  /** NUL: prints nothing and changes nothing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'initialise' }
  | { readonly kind: 'code-page'; readonly slot: number }
  | { readonly kind: 'national-set'; readonly set: number }
  | { readonly kind: 'align'; readonly to: 'left' | 'centre' | 'right' }
  | { readonly kind: 'bold'; readonly isOn: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'feed-steps'; readonly steps: number }
  | { readonly kind: 'feed-lines'; readonly lines: number }
  /** null: the printer's own. */
  | { readonly kind: 'line-spacing'; readonly steps: number | null }
  | { readonly kind: 'symbol-text'; readonly place: number }
  | { readonly kind: 'symbol-height'; readonly dots: number }
  | { readonly kind: 'symbol-module'; readonly dots: number }
  | {
      readonly kind: 'symbol';
      /** As GS k numbers them. */
      readonly symbology: number;
      readonly data: Uint8Array;
      /** null: as it was set before. */
      readonly look: { readonly moduleDots: number; readonly heightDots: number } | null;
    }
  /** GS ( k: `code` 49 is QR; `function` 80 stores data, 81 prints what is stored, the others set how. */
  | { readonly kind: 'two-dimensional'; readonly code: number; readonly function: number; readonly data: Uint8Array }
  /** A picture the shop has stored in the printer itself, by its two key letters. */
  | { readonly kind: 'logo'; readonly key: string }
  /** `feedSteps` null: where the paper stands. */
  | { readonly kind: 'cut'; readonly cut: 'partial' | 'full'; readonly feedSteps: number | null }
  | { readonly kind: 'cancel-kanji' }
  | { readonly kind: 'ask-in-turn'; readonly about: number }
  | { readonly kind: 'ask-identity'; readonly about: number }
  /** GS ( H 48: answered in turn with the same four characters. */
  | { readonly kind: 'ask-process'; readonly id: string }
  /** Star's ETB: counted when everything before it was printed. */
  | { readonly kind: 'count' }
  | { readonly kind: 'reset-count' }
  /** Star's CAN: what is not printed never is, and everything is set anew. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'automatic-status'; readonly mask: number }
  | { readonly kind: 'real-time'; readonly function: number; readonly argument: number }
  /** A pulse that opens the cash drawer. */
  | { readonly kind: 'drawer' }
  /** Dots sent by the host. */
  | { readonly kind: 'picture'; readonly name: string }
  /** A command of the language that we know by its length only. */
  | { readonly kind: 'foreign'; readonly name: string }
  | { readonly kind: 'unknown'; readonly bytes: Uint8Array };
