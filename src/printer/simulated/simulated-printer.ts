// A printer that is not there: it takes the same bytes, answers like one, prints on paper one can look at, and can fail.
import { CommandReader } from '../command-reader.ts';
import type { EscposCommand } from '../escpos-command.ts';
import type { PrinterProfile } from '../profile.ts';
import { PaperRoll } from '../paper-roll.ts';
import type { Piece } from '../paper-roll.ts';

export type SimulatedFaults = {
  readonly paperOut: boolean;
  readonly paperLow: boolean;
  readonly coverOpen: boolean;
  readonly cutterJammed: boolean;
  readonly headHot: boolean;
  /** The cable is out; the printer keeps its power and what it had received. */
  readonly unplugged: boolean;
  /** Takes no more bytes and answers nothing. */
  readonly stalled: boolean;
  /** Takes every byte, does nothing with it and answers nothing. */
  readonly deaf: boolean;
};

export const NO_FAULTS: SimulatedFaults = {
  paperOut: false,
  paperLow: false,
  coverOpen: false,
  cutterJammed: false,
  headHot: false,
  unplugged: false,
  stalled: false,
  deaf: false,
};

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

/** So many strips can be looked at. */
const MOST_STRIPS = 100;

export class SimulatedPrinter {
  readonly profile: PrinterProfile;
  readonly #identity: PrinterProfile['identity'];
  readonly #roll: PaperRoll;
  readonly #reader: CommandReader;
  readonly #stripListeners = new Set<(strip: readonly Piece[]) => void>();
  readonly #strips: (readonly Piece[])[] = [];
  #faults: SimulatedFaults = NO_FAULTS;
  #host: HostEnd | null = null;
  #held: Uint8Array = new Uint8Array(0);
  #space: (() => void)[] = [];
  #recent: number[] = [];
  #automaticMask = 0;
  #count = 0;
  #bytesReceived = 0;
  #trigger: { readonly atByte: number; readonly faults: Partial<SimulatedFaults> } | null = null;
  #piecesTaken = 0;

  constructor({
    profile,
    identity = profile.identity,
  }: {
    profile: PrinterProfile;
    identity?: PrinterProfile['identity'];
  }) {
    this.profile = profile;
    this.#identity = identity;
    this.#reader = new CommandReader(profile.commands);
    this.#roll = new PaperRoll(profile);
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
    return this.#strips;
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
    this.#stripListeners.add(listener);
    return () => {
      this.#stripListeners.delete(listener);
    };
  }

  /** Switches faults on and off; what is not named stays. */
  set(faults: Partial<SimulatedFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
    if (this.#faults.unplugged) this.#unplug();
    if (this.#automaticMask !== 0 && this.profile.commands === 'escpos') this.#answer(this.#automaticStatus());
    this.#work();
  }

  /** The fault comes when this many more bytes have been taken. */
  setAfterBytes(count: number, faults: Partial<SimulatedFaults>): void {
    this.#trigger = { atByte: this.#bytesReceived + count, faults };
  }

  /** Whoever stands at a printer without a cutter takes the strip. */
  tear(): void {
    this.#roll.tear();
    this.#takeStrip();
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
      return this.#answer(this.#starStatus());
    }
    if (first !== 0x10 || third === undefined || this.profile.commands === 'star-line') return;
    if (second === 0x04 && this.profile.status === 'escpos' && third >= 1 && third <= 4) {
      this.#answer(Uint8Array.of(this.#realTimeStatus(third)));
    }
    if (second === 0x05 && third === 2 && this.#faults.cutterJammed) this.#held = new Uint8Array(0);
  }

  #work(): void {
    const { stalled, deaf, paperOut, coverOpen, cutterJammed, headHot } = this.#faults;
    if (stalled || deaf) return;
    if (!(paperOut || coverOpen || cutterJammed || headHot)) {
      const bytes = this.#held;
      this.#held = new Uint8Array(0);
      for (const command of this.#reader.push(bytes)) this.#obey(command);
    }
    if (this.#takesBytes()) for (const goOn of this.#space.splice(0)) goOn();
  }

  #obey(command: EscposCommand): void {
    this.#roll.apply(command);
    if (command.kind === 'cut' && command.cut === 'full') this.#takeStrip();
    if (command.kind === 'count') this.#count = (this.#count + 1) % 32;
    if (command.kind === 'cancel' || command.kind === 'reset-count') this.#count = 0;
    if (this.profile.completion === 'none' || this.profile.commands === 'star-line') return;
    if (command.kind === 'ask-in-turn')
      this.#answer(Uint8Array.of(command.about === 1 && this.#faults.paperLow ? 3 : 0));
    if (command.kind === 'ask-process') this.#answer(Buffer.from(`7"${command.id}\0`, 'latin1'));
    if (command.kind === 'ask-identity') this.#answer(this.#answerOfIdentity(command.about));
    if (command.kind === 'automatic-status') {
      this.#automaticMask = command.mask;
      if (command.mask !== 0) this.#answer(this.#automaticStatus());
    }
  }

  #takeStrip(): void {
    const strip = this.#roll.pieces.slice(this.#piecesTaken).filter(({ marks }) => marks.length > 0);
    this.#piecesTaken = this.#roll.pieces.length;
    if (strip.length === 0) return;
    this.#strips.push(strip);
    this.#sweep();
    for (const listener of this.#stripListeners) listener(strip);
  }

  /** The bin beneath the till is emptied: a printer that serves for weeks must not keep every strip. */
  #sweep(): void {
    if (this.#strips.length <= MOST_STRIPS) return;
    const [oldest = []] = this.#strips.splice(0, 1);
    const last = oldest.at(-1);
    const gone = last === undefined ? 0 : this.#roll.pieces.indexOf(last) + 1;
    this.#roll.pieces.splice(0, gone);
    this.#piecesTaken -= gone;
  }

  #realTimeStatus(about: number): number {
    const { paperOut, paperLow, coverOpen, cutterJammed, headHot } = this.#faults;
    const isError = cutterJammed || headHot;
    switch (about) {
      case 1:
        return 0x12 | (paperOut || coverOpen || isError ? 0x08 : 0);
      case 2:
        return 0x12 | (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0) | (isError ? 0x40 : 0);
      case 3:
        return 0x12 | (cutterJammed ? 0x08 : 0) | (headHot ? 0x40 : 0);
      default:
        return 0x12 | (paperLow || paperOut ? 0x0c : 0) | (paperOut ? 0x60 : 0);
    }
  }

  /** Nine bytes, as version 3 of the status has them. */
  #starStatus(): Uint8Array {
    const { paperOut, paperLow, coverOpen, cutterJammed, headHot } = this.#faults;
    const isOffline = paperOut || coverOpen || cutterJammed || headHot;
    return Uint8Array.of(
      0x23,
      0x06,
      (isOffline ? 0x08 : 0) | (coverOpen ? 0x20 : 0),
      (cutterJammed ? 0x08 : 0) | (headHot ? 0x40 : 0),
      0x00,
      (paperOut ? 0x08 : 0) | (paperLow || paperOut ? 0x04 : 0),
      0x00,
      ((this.#count & 0x07) << 1) | ((this.#count & 0x18) << 2),
      0x00,
    );
  }

  #automaticStatus(): Uint8Array {
    const { paperOut, paperLow, coverOpen, cutterJammed, headHot } = this.#faults;
    const isOffline = paperOut || coverOpen || cutterJammed || headHot;
    return Uint8Array.of(
      0x10 | (isOffline ? 0x08 : 0) | (coverOpen ? 0x20 : 0),
      (cutterJammed ? 0x08 : 0) | (headHot ? 0x40 : 0),
      (paperLow || paperOut ? 0x03 : 0) | (paperOut ? 0x0c : 0),
      0x0f,
    );
  }

  #answerOfIdentity(about: number): Uint8Array {
    const { maker, model } = this.#identity ?? { maker: 'UNKNOWN', model: this.profile.model };
    const names: Record<number, string> = { 65: '1.00', 66: maker, 67: model, 68: '0' };
    const name = names[about];
    return name === undefined ? Uint8Array.of(0x02) : Buffer.from(`_${name}\0`, 'latin1');
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
