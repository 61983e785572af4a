// One connection to an ESC/POS printer, in words: ask for its status, send a part, wait until it is done.
import type { PrinterStatus } from '../domain/printer-status.ts';
import { TillError } from '../domain/till-error.ts';
import {
  AUTOMATIC_STATUS,
  COMPLETION_REQUEST,
  MAKER_REQUEST,
  MODEL_REQUEST,
  processRequest,
  statusOfReplies,
} from './escpos-status.ts';
import type { PrinterLimits } from './limits.ts';
import type { Link } from './link.ts';
import { Replies, type ReplyOf, type RepliesSetup } from './replies.ts';
import {
  countOfStar,
  STAR_COUNT,
  STAR_COUNTS,
  STAR_STATUS_REQUEST,
  starRecovery,
  statusOfStar,
} from './star-status.ts';
import type { Asking, StatusQuestions } from './status-questions.ts';
import { StatusWatch, type OnStatus } from './status-watch.ts';

/** As the printer itself gives it: "EPSON", "TM-T20III". */
export type PrinterIdentity = { readonly maker: string; readonly model: string };

export type ConnectionSetup = RepliesSetup & {
  readonly limits: PrinterLimits;
  /** Knows over all connections how this printer wants to be asked. */
  readonly questions: StatusQuestions;
};

type Preparing = { readonly cutsOff: boolean; readonly onStatus: OnStatus };

/** @throws TillError PRINTER_UNREACHABLE */
export async function openConnection(setup: ConnectionSetup): Promise<Connection> {
  const replies = new Replies(setup);
  const link = await setup.transport.open({
    received: (bytes) => {
      replies.take(bytes);
    },
    lost: (why) => {
      replies.giveUp(new TillError('PRINTER_CONNECTION_LOST', { printer: setup.transport.name, problem: why }));
    },
  });
  return new Connection(setup, link, replies);
}

/** Used by one caller at a time. After any error it is closed and another one is opened. */
export class Connection {
  readonly #setup: ConnectionSetup;
  readonly #link: Link;
  readonly #replies: Replies;
  #isPrepared = false;
  #isDoubtful = false;
  /** Completions asked for so far. */
  #processes = 0;

  constructor(setup: ConnectionSetup, link: Link, replies: Replies) {
    this.#setup = setup;
    this.#link = link;
    this.#replies = replies;
  }

  get isOpen(): boolean {
    return this.#link.isOpen;
  }

  /** Nothing of an earlier connection can be answered or printed any more. */
  get isPrepared(): boolean {
    return this.#isPrepared;
  }

  /** A reply is missing, so a late one could be taken for another: not to be used for a next strip. */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  send(bytes: Uint8Array): Promise<void> {
    return this.#link.write(bytes);
  }

  async close(): Promise<void> {
    this.#replies.giveUp(
      new TillError('PRINTER_CONNECTION_LOST', { printer: this.#setup.transport.name, problem: 'it was closed' }),
    );
    await this.#link.close();
  }

  /** @throws TillError PRINTER_SILENT and the link's errors */
  async askStatus(): Promise<PrinterStatus> {
    if (this.#setup.profile.status === 'none') return { state: 'ready' };
    if (this.#setup.profile.status === 'star') return statusOfStar(await this.#askStar());
    const { questions, limits } = this.#setup;
    const nextByte = async (): Promise<number> => (await this.#replies.next('status', limits.statusReplyMs)).byte;
    const sendFor: Asking['sendFor'] = (request, answer) => this.#sendFor(request, answer);
    return statusOfReplies(await questions.ask({ nextByte, sendFor }));
  }

  /**
   * Ends a command that was left half sent, forgets its formats, cuts off what it left hanging, and waits until all of
   * that was done: an answer still owed to an earlier connection comes before this one's and counts for nothing. Asks
   * meanwhile what is the matter.
   * @throws TillError PRINTER_SILENT and the link's errors
   */
  async prepare({ cutsOff, onStatus }: Preparing): Promise<void> {
    const { profile, limits } = this.#setup;
    if (profile.commands === 'star-line') return this.#prepareStar({ cutsOff, onStatus });
    const cut = cutsOff && profile.hasCutter ? [0x1d, 0x56, 0x41, 0x00] : [];
    const telling = profile.completion === 'none' ? [] : AUTOMATIC_STATUS;
    const barrier = async (): Promise<void> => {
      if (profile.completion !== 'none') await this.#askName(MODEL_REQUEST);
    };
    await this.#watching(onStatus, async () => {
      await this.send(Uint8Array.from([...new Uint8Array(limits.flushBytes), 0x1b, 0x40, ...cut, ...telling]));
      await barrier();
    });
    if (this.#isDoubtful) {
      // What is still owed to a question that was given up comes before this answer.
      await barrier();
      this.#isDoubtful = false;
    }
    this.#isPrepared = true;
  }

  /** Who the printer says it is. @throws TillError PRINTER_SILENT and the link's errors */
  async askIdentity(): Promise<PrinterIdentity> {
    return { maker: await this.#askName(MAKER_REQUEST), model: await this.#askName(MODEL_REQUEST) };
  }

  /** For a printer that does not answer at all: it may be waiting for the rest of a picture some program broke off. */
  flushDeeply(): Promise<void> {
    return this.send(new Uint8Array(this.#setup.limits.deepFlushBytes));
  }

  /**
   * Resolves when everything sent before was processed; asks meanwhile what is the matter.
   * @throws TillError PRINTER_SILENT and the link's errors: then what came out is not known
   */
  async complete(onStatus: OnStatus): Promise<void> {
    if (this.#setup.profile.completion === 'etb-counter') return this.#completeStar(onStatus);
    await this.#watching(onStatus, () => this.#awaitCompletion());
  }

  async #watching(onStatus: OnStatus, work: () => Promise<unknown>): Promise<void> {
    const ask = (): Promise<PrinterStatus> => this.askStatus();
    const watch = new StatusWatch({ ...this.#setup, ask, onStatus });
    try {
      await work();
    } finally {
      await watch.end();
      if (watch.hasFailed) this.#isDoubtful = true;
    }
  }

  async #prepareStar({ cutsOff, onStatus }: Preparing): Promise<void> {
    const { profile, limits } = this.#setup;
    await this.send(starRecovery({ flushBytes: limits.flushBytes, cutsOff: cutsOff && profile.hasCutter }));
    this.#processes = 0;
    if (profile.completion === 'etb-counter') await this.#completeStar(onStatus);
    this.#isPrepared = true;
  }

  /** The counter goes on by one when all before it was printed: no answer of an earlier part can be taken for this one's. */
  async #completeStar(onStatus: OnStatus): Promise<void> {
    const { clock, limits, transport } = this.#setup;
    const wanted = ++this.#processes % STAR_COUNTS;
    const fromMs = clock.monotonicMs();
    await this.send(Uint8Array.of(STAR_COUNT));
    for (;;) {
      const told = await this.#askStar();
      if (countOfStar(told) === wanted) return;
      onStatus(statusOfStar(told));
      const waitedMs = clock.monotonicMs() - fromMs;
      if (waitedMs >= limits.completionMs) {
        this.#isDoubtful = true;
        throw new TillError('PRINTER_SILENT', { printer: transport.name, waitedMs });
      }
      await clock.sleep(limits.countMs);
    }
  }

  /** One question at a time, as Star asks for. */
  async #askStar(): Promise<readonly number[]> {
    const answer = this.#replies.next('star', this.#setup.limits.statusReplyMs);
    return (await this.#sendFor(STAR_STATUS_REQUEST, answer)).bytes;
  }

  async #awaitCompletion(): Promise<void> {
    const { profile, limits } = this.#setup;
    if (profile.completion === 'process-id') {
      const id = String(++this.#processes % 10_000).padStart(4, '0');
      const isOurs = (reply: ReplyOf<'process'>): boolean => reply.id === id;
      await this.#sendFor(processRequest(id), this.#replies.next('process', limits.completionMs, isOurs));
      return;
    }
    const done = this.#replies.next('done', limits.completionMs);
    const named = this.#replies.next('identity', limits.completionMs);
    await this.#sendFor(COMPLETION_REQUEST, Promise.all([done, named]));
  }

  async #askName(request: Uint8Array): Promise<string> {
    const { text } = await this.#sendFor(request, this.#replies.next('identity', this.#setup.limits.recoveryMs));
    return text;
  }

  async #sendFor<Reply>(request: Uint8Array, answer: Promise<Reply>): Promise<Reply> {
    try {
      // The answer's own limit holds for the asking as well: a printer that takes no byte is as silent as one that says none.
      return await Promise.race([answer, this.send(request).then(() => answer)]);
    } catch (thrown) {
      this.#isDoubtful = true;
      throw thrown;
    }
  }
}
