// What the daemon and the program that holds a device file say to each other.

export type FromProgram =
  | { readonly kind: 'opened' }
  /** It cannot be opened, or it was lost: nothing more comes. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** So many bytes more were taken by the device. */
  | { readonly kind: 'took'; readonly count: number }
  | { readonly kind: 'received'; readonly bytes: Uint8Array };

/** To be written; the next piece is sent when all of this one was taken. */
export type ToProgram = { readonly bytes: Uint8Array };
