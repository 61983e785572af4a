// Every wait on the operating system, and the sizes at which it is asked for help, in one table.

export const SYSTEM_LIMITS = {
  /** systemd-notify answers in 10 ms; a system busier than this is not helped by waiting. */
  notifyMs: 2000,
  /** Asking systemd whether the clock is synchronised. */
  timeSyncMs: 2000,
  /** After the first stop signal: a strip being printed may end; then the process ends without asking. */
  stopMs: 15_000,
  /** Asking the one who holds a folder for its process id. */
  lockHolderMs: 500,
  /** Less than this free: an early warning. A night's backup and a day of visits fit in it. */
  diskLowBytes: 500_000_000,
  /** Less than this free: writes may fail at any moment. */
  diskFullBytes: 20_000_000,
} as const;
