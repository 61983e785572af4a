// A printer that is not there: it takes the same bytes, answers like one, prints on paper one can look at, and can fail.
import { CommandReader } from '../command-reader.ts';
import type { EscposCommand } from '../escpos-command.ts';
import type { PrinterProfile } from '../profile.ts';
import { PaperRoll } from '../paper-roll.ts';
import type { Piece } from '../paper-marks.ts';
import { automaticStatus, identityAnswer, isOffline, realTimeStatus, starStatus } from './answers.ts';
import { NO_FAULTS, type SimulatedFaults } from './faults.ts';
import { TakenStrips } from './taken-strips.ts';

/** The far end of a connection: what the printer sends goes here. */
export type HostEnd = {
  readonly answer: (bytes: Uint8Array) => void;
  readonly drop: (why: string) => void;
};

/** The near end: what the host sends. */
export type Cable = {
  /** Resolves when the printer has taken the bytes; while it is stalled or its buffer is full it does not. */
  readonly receive: (bytes: Uint8Array) => Promise<void>;
  readonly detach: () => void;
};

/** Bytes a printer holds while it cannot print; Epson's are 4 KB as well. */
const BUFFER_BYTES = 4_096;

export class SimulatedPrinter {
  readonly profile: PrinterProfile;
  readonly #identity: { readonly maker: string; readonly model: string };
  readonly #roll: PaperRoll;
  readonly #reader: CommandReader;
  readonly #taken: TakenStrips;
  #faults: SimulatedFaults = NO_FAULTS;
  #host: HostEnd | null = null;
  #held: Uint8Array = new Uint8Array(0);
  #space: (() => void)[] = [];
  #recent: number[] = [];
  #automaticMask = 0;
  #count = 0;
  #bytesReceived = 0;
  #trigger: { readonly atByte: number; readonly faults: Partial<SimulatedFaults> } | null = null;

  constructor({
    profile,
    identity = profile.identity,
  }: {
    profile: PrinterProfile;
    identity?: PrinterProfile['identity'];
  }) {
    this.profile = profile;
    this.#identity = identity ?? { maker: 'UNKNOWN', model: profile.model };
    this.#reader = new CommandReader(profile.commands);
    this.#roll = new PaperRoll(profile);
    this.#taken = new TakenStrips(this.#roll);
  }

  get faults(): SimulatedFaults {
    return this.#faults;
  }

  /** All bytes that ever came. */
  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /** Every piece of paper with something on it, in order; what still hangs is not among them. */
  get pieces(): readonly Piece[] {
    return this.#roll.pieces.filter(({ marks }) => marks.length > 0);
  }

  /** Pieces that came off together: up to each full cut, or torn off by hand. */
  get strips(): readonly (readonly Piece[])[] {
    return this.#taken.all;
  }

  get hanging(): Piece | null {
    return this.#roll.hanging();
  }

  /** What was sent that a real printer would have printed wrongly. */
  get problems(): readonly string[] {
    return this.#roll.complaints.map(({ problem }) => problem);
  }

  /** Told of every strip when it comes off. The answer ends it. */
  onStrip(listener: (strip: readonly Piece[]) => void): () => void {
    return this.#taken.onStrip(listener);
  }

  /** Switches faults on and off; what is not named stays. */
  set(faults: Partial<SimulatedFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
    if (this.#faults.unplugged) this.#unplug();
    if (this.#automaticMask !== 0 && this.profile.commands === 'escpos') this.#answer(automaticStatus(this.#faults));
    this.#work();
  }

  /** The fault comes when this many more bytes have been taken. */
  setAfterBytes(count: number, faults: Partial<SimulatedFaults>): void {
    this.#trigger = { atByte: this.#bytesReceived + count, faults };
  }

  /** Whoever stands at a printer without a cutter takes the strip. */
  tear(): void {
    this.#roll.tear();
    this.#taken.take();
  }

  /** One host at a time, as with a real one; null while there is another, or the cable is out. */
  attach(host: HostEnd): Cable | null {
    if (this.#faults.unplugged || this.#host !== null) return null;
    this.#host = host;
    this.#automaticMask = 0;
    const isAttached = () => this.#host === host;
    return {
      receive: async (bytes) => {
        if (isAttached()) await this.#receive(bytes, isAttached);
      },
      detach: () => {
        if (isAttached()) this.#host = null;
      },
    };
  }

  async #receive(bytes: Uint8Array, isAttached: () => boolean): Promise<void> {
    let from = 0;
    while (from < bytes.length && isAttached()) {
      if (!this.#takesBytes()) {
        await new Promise<void>((resolve) => this.#space.push(resolve));
        continue;
      }
      const untilTrigger = this.#trigger === null ? Infinity : this.#trigger.atByte - this.#bytesReceived;
      const chunk = bytes.subarray(from, from + Math.min(untilTrigger, BUFFER_BYTES));
      from += chunk.length;
      this.#take(chunk);
    }
  }

  #takesBytes(): boolean {
    return !this.#faults.stalled && this.#held.length < BUFFER_BYTES;
  }

  #take(chunk: Uint8Array): void {
    this.#bytesReceived += chunk.length;
    if (!this.#faults.deaf) {
      for (const byte of chunk) this.#listenForRealTime(byte);
      this.#held = Buffer.concat([this.#held, chunk]);
      this.#work();
    }
    const trigger = this.#trigger;
    if (trigger !== null && this.#bytesReceived >= trigger.atByte) {
      this.#trigger = null;
      this.set(trigger.faults);
    }
  }

  /** Real-time commands are obeyed as they arrive, off-line too, even where they stand in another command's data. */
  #listenForRealTime(byte: number): void {
    this.#recent = [...this.#recent.slice(-2), byte];
    const [first, second, third] = this.#recent;
    if (this.profile.status === 'star' && first === 0x1b && second === 0x06 && third === 0x01) {
      return this.#answer(starStatus(this.#faults, this.#count));
    }
    if (first !== 0x10 || third === undefined || this.profile.commands === 'star-line') return;
    if (second === 0x04 && this.profile.status === 'escpos' && third >= 1 && third <= 4) {
      this.#answer(realTimeStatus(third, this.#faults));
    }
    if (second === 0x05 && third === 2 && this.#faults.cutterJammed) this.#held = new Uint8Array(0);
  }

  #work(): void {
    const { stalled, deaf } = this.#faults;
    if (stalled || deaf) return;
    if (!isOffline(this.#faults)) {
      const bytes = this.#held;
      this.#held = new Uint8Array(0);
      for (const command of this.#reader.push(bytes)) this.#obey(command);
    }
    if (this.#takesBytes()) for (const goOn of this.#space.splice(0)) goOn();
  }

  #obey(command: EscposCommand): void {
    this.#roll.apply(command);
    if (command.kind === 'cut' && command.cut === 'full') this.#taken.take();
    if (command.kind === 'count') this.#count = (this.#count + 1) % 32;
    if (command.kind === 'cancel' || command.kind === 'reset-count') this.#count = 0;
    if (this.profile.completion === 'none' || this.profile.commands === 'star-line') return;
    if (command.kind === 'ask-in-turn')
      this.#answer(Uint8Array.of(command.about === 1 && this.#faults.paperLow ? 3 : 0));
    if (command.kind === 'ask-process') this.#answer(Buffer.from(`7"${command.id}\0`, 'latin1'));
    if (command.kind === 'ask-identity') this.#answer(identityAnswer(command.about, this.#identity));
    if (command.kind === 'automatic-status') {
      this.#automaticMask = command.mask;
      if (command.mask !== 0) this.#answer(automaticStatus(this.#faults));
    }
  }

  #answer(bytes: Uint8Array): void {
    const host = this.#host;
    if (this.#faults.stalled || this.#faults.deaf) return;
    queueMicrotask(() => {
      if (this.#host === host) host?.answer(bytes);
    });
  }

  #unplug(): void {
    const host = this.#host;
    this.#host = null;
    for (const goOn of this.#space.splice(0)) goOn();
    host?.drop('the cable was pulled out');
  }
}
