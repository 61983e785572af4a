// A serial line as bytes: opened once, used once, forgotten after an error and opened anew.

/** An open line. It ends by `close` or by itself (`onLost`), and is never opened again. */
export type SerialLine = {
  /** Resolves when the device is let go; closing twice does no harm. */
  close(): Promise<void>;
};

export type SerialLines = {
  /**
   * Opens a line; bytes that had been waiting in it before are thrown away, since nobody stands there with that card.
   * @throws Error with a sentence fit for `doctor` where the device is not there, not ours or already in use
   */
  open(line: {
    path: string;
    baudRate: number;
    onBytes: (bytes: Uint8Array) => void;
    /** Called at most once, and not after `close`. */
    onLost: (why: string) => void;
  }): Promise<SerialLine>;
  /** A word that changes when another device stands behind the path; null while there is none. */
  identityOf(path: string): Promise<string | null>;
};
