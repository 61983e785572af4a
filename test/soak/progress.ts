// How far a long soak is: a counter that rewrites itself where a person looks on, else a line now and then; all on stderr.

/** A log read the next morning wants to know when it stopped, not every step. */
const LINE_EVERY_MS = 60_000;
const COUNTER_EVERY_MS = 500;

/** @returns to be called with how much is done, as often as one likes; nothing is told of a soak that ends sooner than a line. */
export function tellProgress({ what, total }: { what: string; total: number }): (done: number) => void {
  const { isTTY } = process.stderr;
  const beganMs = performance.now();
  let toldMs = beganMs;
  return (done) => {
    const nowMs = performance.now();
    if (done >= total) {
      if (isTTY) process.stderr.write('\r\x1b[K');
      return;
    }
    if (nowMs - toldMs < (isTTY ? COUNTER_EVERY_MS : LINE_EVERY_MS)) return;
    toldMs = nowMs;
    const seconds = (nowMs - beganMs) / 1000;
    const left = done === 0 ? '' : `, about ${Math.ceil(((seconds / done) * (total - done)) / 60)} min left`;
    const words = `${what}: ${done} of ${total} after ${Math.round(seconds)} s${left}`;
    process.stderr.write(isTTY ? `\r\x1b[K${words}` : `${words}\n`);
  };
}
