// Every limit of the web in one table: how much may come in, and how long anybody may wait.
export const WEB_LIMITS = {
  /** A basket of 1000 lines is about 80 kB. */
  bodyBytes: 256 * 1024,
  /** Whoever still sends after this much of a refused body is not waited for. */
  cutOffBytes: 1024 * 1024,
  /** Request line and headers; a peer that sends them a byte at a time is cut off. */
  headersMs: 5_000,
  requestMs: 10_000,
  keepAliveMs: 5_000,
  headerBytes: 16 * 1024,
  /** Sockets at once, listeners to events among them. */
  connections: 128,
  /** The till must not wait longer for us; what was begun goes on, and the same request again gets its answer. */
  answerMs: 2_000,
  eventClients: 16,
  eventHeartbeatMs: 15_000,
  /** A listener that does not read is let go once this much waits for it. */
  eventBacklogBytes: 64 * 1024,
  /** For requests under way when the daemon stops. */
  stopMs: 2_000,
  idempotencyKeyLength: 128,
} as const;
