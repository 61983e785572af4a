// Every wait at the printer has a limit; all of them stand here.

/** Milliseconds, unless the name says otherwise. Tests may pass a table of their own. */
export type PrinterLimits = {
  /** From asking for a connection to having it. */
  readonly connectMs: number;
  /** A chunk of bytes must be taken within this time, or the connection is given up: nobody reads at the other end. */
  readonly writeMs: number;
  /** Real-time status (DLE EOT) is answered at once, even off-line with the cover open. */
  readonly statusReplyMs: number;
  /** A piece of the strip takes about 0.4 s to print and cut; this leaves time to close a cover that was opened meanwhile. */
  readonly completionMs: number;
  /** While a piece is awaited the printer is asked this often what is the matter. */
  readonly watchMs: number;
  /** A Star printer's counter is looked at this often while a piece is awaited. */
  readonly countMs: number;
  /** Flushing an interrupted command and cutting off what it left, before a connection may be used. */
  readonly recoveryMs: number;
  /** A jammed cutter is told to try again this often; it moves each time. */
  readonly cutterRetryMs: number;
  /** Idle polling, and trying again when there is no connection; with connectMs it keeps a change known within 3 s. */
  readonly pollMs: number;
  /** Bytes given to a device file at once: the kernel's usblp takes no more than 8 KB a piece. */
  readonly chunkBytes: number;
  /** A serial line the printer holds back is looked at this often, so that a write goes on when it is free. */
  readonly heldLineMs: number;
  /** From starting the program that holds a device file to the device being open: a Pi takes half a second for the start. */
  readonly programMs: number;
  /** A device file that takes or has nothing now is asked again after this. */
  readonly deviceRetryMs: number;
  /** The same while nobody waits for an answer. */
  readonly deviceIdleMs: number;
  /** NULs that end any command we may have left half sent: a symbol's data is at most 255 bytes long. */
  readonly flushBytes: number;
  /** NULs for a printer that does not answer at all, as it may be in the middle of another program's picture. */
  readonly deepFlushBytes: number;
};

export const PRINTER_LIMITS: PrinterLimits = {
  connectMs: 1_500,
  writeMs: 5_000,
  statusReplyMs: 1_000,
  completionMs: 12_000,
  watchMs: 500,
  countMs: 50,
  recoveryMs: 5_000,
  cutterRetryMs: 10_000,
  pollMs: 1_000,
  chunkBytes: 4_096,
  heldLineMs: 50,
  programMs: 3_000,
  deviceRetryMs: 3,
  deviceIdleMs: 50,
  flushBytes: 512,
  deepFlushBytes: 8_192,
};
