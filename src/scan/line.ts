// The line a scanner is heard on, as bytes: opened once, used once, forgotten after an error and opened anew.

/** An open line. It ends by `close` or by itself (`onLost`), and is never opened again. */
export type Line = {
  /**
   * Sends a few bytes to the scanner where the line can carry them. Nobody waits for it: what cannot leave at once is
   * thrown away, and nothing is ever kept for a later connection.
   */
  send(bytes: Uint8Array): void;
  /** Resolves when the device is let go; closing twice does no harm. */
  close(): Promise<void>;
};

export type LineEvents = {
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Bytes may have been lost after those told so far: what follows them begins in the middle of something. */
  readonly onOverrun: () => void;
  /** Called at most once, and not after `close`. */
  readonly onLost: (why: string) => void;
};

/** Where a line comes from: a path that stays, whatever is plugged in behind it. */
export type LineSource = {
  /** A fixed path, such as a udev link: asking the system for its ports fails where there is no udev. */
  readonly path: string;
  /**
   * Opens a line; bytes that had been waiting in it before are thrown away, since nobody stands there with that card.
   * @throws Error with a sentence fit for `doctor` where the device is not there, not ours or already in use
   */
  open(events: LineEvents): Promise<Line>;
  /** A word that changes when another device stands behind the path; null while there is none. */
  identity(): Promise<string | null>;
};
