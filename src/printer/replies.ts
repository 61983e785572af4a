// What a printer sends back, handed to whoever waits for it.
import type { Clock } from '../domain/clock.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import { TillError } from '../domain/till-error.ts';
import { withDeadline } from './deadline.ts';
import { ReplyReader, statusOfAutomatic } from './escpos-status.ts';
import type { PrinterReply } from './escpos-status.ts';
import type { Transport } from './link.ts';
import type { PrinterProfile } from './profile.ts';
import { StarReplyReader } from './star-status.ts';

export type RepliesSetup = {
  readonly transport: Transport;
  readonly profile: PrinterProfile;
  readonly clock: Clock;
  /** The printer told its status unasked. */
  readonly onAutomatic: (status: PrinterStatus) => void;
};

export type ReplyOf<Kind extends PrinterReply['kind']> = Extract<PrinterReply, { kind: Kind }>;
type Waiting = {
  readonly wants: (reply: PrinterReply) => boolean;
  answer(reply: PrinterReply): void;
  giveUp(error: Error): void;
};

/** Hands each reply to the one who waits for its kind; a reply nobody waits for is dropped. */
export class Replies {
  readonly #setup: RepliesSetup;
  readonly #reader: ReplyReader | StarReplyReader;
  readonly #waiting = new Set<Waiting>();

  constructor(setup: RepliesSetup) {
    this.#setup = setup;
    this.#reader = setup.profile.status === 'star' ? new StarReplyReader() : new ReplyReader();
  }

  next<Kind extends PrinterReply['kind']>(
    kind: Kind,
    limitMs: number,
    accepts: (reply: ReplyOf<Kind>) => boolean = () => true,
  ): Promise<ReplyOf<Kind>> {
    const { clock, transport } = this.#setup;
    const isOfKind = (reply: PrinterReply): reply is ReplyOf<Kind> => reply.kind === kind;
    const wants = (reply: PrinterReply): reply is ReplyOf<Kind> => isOfKind(reply) && accepts(reply);
    let waiting: Waiting | null = null;
    const work = new Promise<ReplyOf<Kind>>((resolve, reject) => {
      waiting = { wants, answer: (reply) => (wants(reply) ? resolve(reply) : undefined), giveUp: reject };
      this.#waiting.add(waiting);
    });
    const late = () => {
      if (waiting !== null) this.#waiting.delete(waiting);
      return new TillError('PRINTER_SILENT', { printer: transport.name, waitedMs: limitMs });
    };
    return withDeadline({ work, clock, limitMs, late });
  }

  take(bytes: Uint8Array): void {
    for (const reply of this.#reader.push(bytes)) {
      if (reply.kind === 'automatic') this.#setup.onAutomatic(statusOfAutomatic(reply.bytes));
      if (reply.kind === 'done' && reply.isPaperOut) continue;
      const waiting = [...this.#waiting].find(({ wants }) => wants(reply));
      if (waiting === undefined) continue;
      this.#waiting.delete(waiting);
      waiting.answer(reply);
    }
  }

  giveUp(error: Error): void {
    for (const waiting of this.#waiting) waiting.giveUp(error);
    this.#waiting.clear();
  }
}
