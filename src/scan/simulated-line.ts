// A line in memory: a device that is plugged in and out, sends bytes, takes some, and can refuse to open.
import type { Line, LineEvents, LineSource } from './line.ts';

export class SimulatedLine implements LineSource {
  readonly path = '/dev/tillcat/scanner';
  #identity: number | null = null;
  #plugged = 0;
  #open: LineEvents | null = null;
  #refusal: string | null = null;
  #hanging: PromiseWithResolvers<void> | null = null;
  /** Lines opened so far, and how many of them are open now. */
  openedCount = 0;
  openCount = 0;
  /** What was sent to the device while it was there. */
  readonly sent: number[] = [];

  async open(line: LineEvents): Promise<Line> {
    await this.#hanging?.promise;
    if (this.#refusal !== null) throw new Error(this.#refusal);
    if (this.#identity === null) throw new Error(`${this.path} is not there`);
    this.#open = line;
    this.openedCount++;
    this.openCount++;
    let isClosed = false;
    return {
      send: (bytes) => {
        if (this.#open === line) this.sent.push(...bytes);
      },
      close: () => {
        if (!isClosed) this.openCount--;
        isClosed = true;
        if (this.#open === line) this.#open = null;
        return Promise.resolve();
      },
    };
  }

  identity(): Promise<string | null> {
    return Promise.resolve(this.#identity === null ? null : String(this.#identity));
  }

  plugIn(): void {
    this.#identity = ++this.#plugged;
  }

  /** The cable comes out, and the driver says so; `silently` as with drivers that never do. */
  unplug({ silently }: { silently: boolean }): void {
    this.#identity = null;
    const line = this.#open;
    this.#open = null;
    if (!silently) line?.onLost('the device was lost');
  }

  refuse(why: string | null): void {
    this.#refusal = why;
  }

  /** Opening takes for ever, until it is let. */
  hang(): void {
    this.#hanging = Promise.withResolvers();
  }

  letOpen(): void {
    this.#hanging?.resolve();
    this.#hanging = null;
  }

  /** The device sends bytes; nobody listens while the line is closed. */
  type(text: string): void {
    this.send(Buffer.from(text, 'latin1'));
  }

  send(bytes: Uint8Array): void {
    this.#open?.onBytes(bytes);
  }

  /** The device sent more than could be kept for us. */
  overrun(): void {
    this.#open?.onOverrun();
  }
}
