// A way to a printer that carries bytes: opened, used, closed, and never used again.

/** One connection, for one use of it: after an error it is closed and another one is opened. */
export type Link = {
  /** False from the moment it is known to be closed; nothing is taken after that. */
  readonly isOpen: boolean;
  /**
   * Resolves when the other side has taken the bytes as far as can be known.
   * @throws TillError PRINTER_STALLED, PRINTER_CONNECTION_LOST; then some of the bytes may have left, and the rest never will
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the connection; what has not left yet is thrown away where that can be done. Safe to call twice. */
  close(): Promise<void>;
};

export type LinkEvents = {
  readonly received: (bytes: Uint8Array) => void;
  /** Called at most once, when the connection ends other than by close(). */
  readonly lost: (why: string) => void;
};

export type Transport = {
  /** "tcp 10.0.0.7:9100", for messages. */
  readonly name: string;
  /**
   * Whether a connection goes on where its printer was switched off and on. What was held back meanwhile is then printed
   * without its beginning, and confirmed.
   */
  readonly outlivesPrinter: boolean;
  /** @throws TillError PRINTER_UNREACHABLE within limits.connectMs */
  open(events: LinkEvents): Promise<Link>;
};
