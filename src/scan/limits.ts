// Every wait and every size of the scanner's side, in one table.

export const SCAN_LIMITS = {
  /**
   * Silence within a scan that ends it. A scanner sends a character a millisecond at 9600 baud and the slowest wireless
   * cradles pause 50 ms; nobody holds up two cards within 200 ms.
   */
  gapMs: 200,
  /** A silence timer this much late was held up by our own work: the silence was not observed. */
  lateMs: 50,
  /** Longest scan kept; the longest of ours (a GS1 coupon with identifier) has 40 characters, Code 128 ends at 80. */
  longestScan: 128,
  /** Between two tries to open a scanner that is not there. */
  retryMs: 1000,
  /** A port that has not opened by then counts as failed; a late opening is closed again. */
  openMs: 3000,
  /** Letting go of a lost device may take the kernel a moment; after this it is left to the kernel. */
  closeMs: 3000,
  /** How often an open port's path is looked at: some drivers never tell that the device has gone. */
  pollMs: 2000,
  /**
   * How often a keyboard's reports are fetched. A full-speed keyboard makes at most one a millisecond and hidraw keeps
   * 63, so only a process held up six times as long loses any; and the cashier feels no 10 ms.
   */
  hidLookMs: 10,
  /** hidraw's ring has 64 places (drivers/hid/hidraw.c), one of them always free: this many at once, and more may be lost. */
  hidReportsKept: 63,
  /** The same card within this time is the same visit. */
  repeatMs: 5000,
} as const;
