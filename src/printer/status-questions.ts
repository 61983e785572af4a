// The four status questions of ESC/POS, asked in one go: one way there and back before a strip instead of four.
import { isTillError } from '../domain/till-error.ts';
import { STATUS_REQUESTS, type StatusReplies } from './escpos-status.ts';

/** How a question gets to the printer, and its answers back. */
export type Asking = {
  /** The next status byte that comes. @throws TillError PRINTER_SILENT */
  readonly nextByte: () => Promise<number>;
  /** Resolves with the answer once the request is sent. @throws the link's errors */
  readonly sendFor: <Answer>(request: Uint8Array, answer: Promise<Answer>) => Promise<Answer>;
};

/**
 * A printer answers each DLE EOT as it receives it, in order, so four of them may be sent together (an Epson TM-m30III sends
 * its answers in four packets: node-escpos/driver issue 108). One that is too slow for it answers only some: it is asked one
 * by one from then on, over every later connection too, because an answer that is missing cannot be told from the others.
 */
export class StatusQuestions {
  #asksTogether = true;

  /** @throws TillError PRINTER_SILENT and the link's errors */
  async ask({ nextByte, sendFor }: Asking): Promise<StatusReplies> {
    const bytes: number[] = [];
    const heard = async (): Promise<void> => void bytes.push(await nextByte());
    if (this.#asksTogether) {
      try {
        await sendFor(Buffer.concat(STATUS_REQUESTS), Promise.all(STATUS_REQUESTS.map(heard)));
      } catch (thrown) {
        if (bytes.length > 0 && isTillError(thrown, 'PRINTER_SILENT')) this.#asksTogether = false;
        throw thrown;
      }
    } else {
      for (const request of STATUS_REQUESTS) await sendFor(request, heard());
    }
    const [printer = 0, offline = 0, error = 0, paper = 0] = bytes;
    return [printer, offline, error, paper];
  }
}
