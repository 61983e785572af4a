// Serial lines in memory: a device that is plugged in and out, types bytes, and can refuse to open.
import type { SerialLine, SerialLines } from './serial-line.ts';

type OpenLine = { readonly onBytes: (bytes: Uint8Array) => void; readonly onLost: (why: string) => void };

export class SimulatedSerialLines implements SerialLines {
  #identity: number | null = null;
  #plugged = 0;
  #open: OpenLine | null = null;
  #refusal: string | null = null;
  #hanging: PromiseWithResolvers<void> | null = null;
  /** Lines opened so far, and how many of them are open now. */
  openedCount = 0;
  openCount = 0;

  async open({ path, onBytes, onLost }: Parameters<SerialLines['open']>[0]): Promise<SerialLine> {
    await this.#hanging?.promise;
    if (this.#refusal !== null) throw new Error(this.#refusal);
    if (this.#identity === null) throw new Error(`${path} is not there`);
    const line: OpenLine = { onBytes, onLost };
    this.#open = line;
    this.openedCount++;
    this.openCount++;
    let isClosed = false;
    return {
      close: () => {
        if (!isClosed) this.openCount--;
        isClosed = true;
        if (this.#open === line) this.#open = null;
        return Promise.resolve();
      },
    };
  }

  identityOf(_path: string): Promise<string | null> {
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
    this.#open?.onBytes(Buffer.from(text, 'latin1'));
  }
}
