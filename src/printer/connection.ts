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

/** As the printer itself gives it: "EPSON", "TM-T20III". */
export type PrinterIdentity = { readonly maker: string; readonly model: string };

export type ConnectionSetup = RepliesSetup & {
  readonly limits: PrinterLimits;
  /** Knows over all connections how this printer wants to be asked. */
  readonly questions: StatusQuestions;
};

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
   * that was done: an answer still owed to an earlier connection comes before this one's and counts for nothing.
   */
  async prepare({ cutsOff }: { readonly cutsOff: boolean }): Promise<void> {
    const { profile, limits } = this.#setup;
    if (profile.commands === 'star-line') return this.#prepareStar(cutsOff);
    const cut = cutsOff && profile.hasCutter ? [0x1d, 0x56, 0x41, 0x00] : [];
    const telling = profile.completion === 'none' ? [] : AUTOMATIC_STATUS;
    await this.send(Uint8Array.from([...new Uint8Array(limits.flushBytes), 0x1b, 0x40, ...cut, ...telling]));
    if (profile.completion !== 'none') await this.#askName(MODEL_REQUEST);
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
  async complete(onStatus: (status: PrinterStatus) => void): Promise<void> {
    if (this.#setup.profile.completion === 'etb-counter') return this.#completeStar(onStatus);
    const watch = new Watch(this, this.#setup, onStatus);
    try {
      await this.#awaitCompletion();
    } finally {
      await watch.end();
      if (watch.hasFailed) this.#isDoubtful = true;
    }
  }

  async #prepareStar(cutsOff: boolean): Promise<void> {
    const { profile, limits } = this.#setup;
    await this.send(starRecovery({ flushBytes: limits.flushBytes, cutsOff: cutsOff && profile.hasCutter }));
    this.#processes = 0;
    if (profile.completion === 'etb-counter') await this.#completeStar(() => undefined);
    this.#isPrepared = true;
  }

  /** The counter goes on by one when all before it was printed: no answer of an earlier part can be taken for this one's. */
  async #completeStar(onStatus: (status: PrinterStatus) => void): Promise<void> {
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

/**
 * Asks for the status again and again while something else is awaited, also of a printer that owes an answer: should a late one
 * be taken for the next one's, the word shown is wrong until the one after it.
 */
class Watch {
  readonly #connection: Connection;
  readonly #setup: ConnectionSetup;
  readonly #onStatus: (status: PrinterStatus) => void;
  #asking: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #hasEnded = false;
  hasFailed = false;

  constructor(connection: Connection, setup: ConnectionSetup, onStatus: (status: PrinterStatus) => void) {
    this.#connection = connection;
    this.#setup = setup;
    this.#onStatus = onStatus;
    this.#askLater();
  }

  /** A request is never broken off: its answer would be taken for the next one's. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#cancel();
    await this.#asking;
  }

  #askLater(): void {
    if (this.#hasEnded || this.#setup.profile.status === 'none') return;
    this.#cancel = this.#setup.clock.after(this.#setup.limits.watchMs, () => {
      this.#asking = this.#ask();
    });
  }

  async #ask(): Promise<void> {
    try {
      const status = await this.#connection.askStatus();
      if (!this.#hasEnded) this.#onStatus(status);
    } catch {
      // Why, is said by complete(), which waits for the same printer; somebody must look after it before that gives up.
      this.hasFailed = true;
      if (!this.#hasEnded) this.#onStatus({ state: 'silent' });
    }
    this.#askLater();
  }
}
