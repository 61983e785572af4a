// A printer as it stands in a shop, at the far end of a wire: it takes its time, holds 4 KB that a power cut empties, and
// what is on paper stays there.
//
//   wire ──bytes──▶ memory ──commands, at the pace of a head──▶ roll ──pieces──▶ what the customers take
//     ▲               │ asked in turn, and at once (DLE EOT)
//     └── answers ◀───┘ late, missing, or mixed with what nobody asked
import type { EscposCommand } from '../../../src/printer/escpos-command.ts';
import type { PrinterProfile } from '../../../src/printer/profile.ts';
import type { Random } from '../../../src/sample/random.ts';
import { FarMemory } from './far-memory.ts';
import { FarRoll, type Lie } from './far-roll.ts';
import { automaticStatus, realTimeStatus, type Condition } from './far-status.ts';
import { FarVoice, type Say } from './far-voice.ts';
import type { KeptPaper } from './kept-paper.ts';

const STEP_MS = 15;
const HEAD_MM_A_MS = 0.2;
const CUT_MS = 180;

export type FarPrinterSetup = {
  readonly profile: PrinterProfile;
  readonly paper: KeptPaper;
  readonly random: Random;
  readonly lie: Lie;
  readonly say: Say;
  /** Whether more bytes are wanted: while not, none are read. */
  readonly onFlow: (isOpen: boolean) => void;
  /** What it would tell of itself has changed. */
  readonly onCondition: () => void;
};

const WELL: Condition = {
  hasPower: true,
  isHung: false,
  isDeaf: false,
  isCoverOpen: false,
  isPaperOut: false,
  isPaperLow: false,
  isBladeStuck: false,
  isHot: false,
};

export class FarPrinter {
  readonly #of: FarPrinterSetup;
  #is: Condition = WELL;
  readonly voice: FarVoice;
  /** Without power it lets nothing come: what is on its way waits for it. */
  holdsLine = false;
  /** The next cut sticks. */
  willJam = false;
  /** A hand has freed the blade: the next request to recover is obeyed. */
  #isFreed = false;
  readonly #roll: FarRoll;
  readonly #memory: FarMemory;
  #recent: number[] = [];
  #automaticMask = 0;
  #isWorking = false;
  #asked: { readonly serials: readonly string[]; isSaid: boolean } = { serials: [], isSaid: false };

  constructor(setup: FarPrinterSetup) {
    this.#of = setup;
    this.voice = new FarVoice(setup);
    this.#roll = new FarRoll(setup);
    this.#memory = new FarMemory(setup.profile.commands);
  }

  get is(): Condition {
    return this.#is;
  }

  /** There is something in it to be printed. */
  get isBusy(): boolean {
    return !this.#memory.isEmpty;
  }

  set(change: Partial<Condition>): void {
    const before = this.#is;
    this.#is = { ...before, ...change };
    if (before.hasPower && !this.#is.hasPower) this.#loseMemory();
    if (this.#automaticMask !== 0) this.tellUnasked();
    this.#of.onCondition();
    this.#flow();
    this.#work();
  }

  freeBlade(): void {
    this.willJam = false;
    this.#isFreed = true;
    // One that was switched off and on finds its blade free.
    if (!this.#is.isBladeStuck) this.#isFreed = false;
  }

  changeRoll(): void {
    this.#roll.change();
    this.set({ isPaperOut: false, isPaperLow: false, isCoverOpen: false });
  }

  /** Its state, though nobody asked. */
  tellUnasked(): void {
    this.#answer(automaticStatus(this.#seen()));
  }

  hear(bytes: Uint8Array): void {
    const { hasPower, isDeaf } = this.#is;
    if (!hasPower || isDeaf) return;
    for (const byte of bytes) this.#listenForRealTime(byte);
    this.#memory.take(bytes);
    this.#flow();
    this.#work();
  }

  #flow(): void {
    this.#of.onFlow(!this.#is.isHung && (this.#is.hasPower || !this.holdsLine) && !this.#memory.isFull);
  }

  #loseMemory(): void {
    this.voice.forget();
    this.#memory.lose();
    this.#recent = [];
    this.#automaticMask = 0;
    this.#roll.apply({ kind: 'initialise' });
    if (this.#isFreed) this.#is = { ...this.#is, isBladeStuck: false };
    this.#isFreed = false;
  }

  #listenForRealTime(byte: number): void {
    this.#recent = [...this.#recent.slice(-2), byte];
    const [first, second, third = 0] = this.#recent;
    if (first !== 0x10 || this.#recent.length < 3) return;
    if (second === 0x04 && third >= 1 && third <= 4) this.#answer(Uint8Array.of(realTimeStatus(third, this.#seen())));
    if (second !== 0x05 || third !== 2 || !this.#is.isBladeStuck || !this.#isFreed) return;
    // DLE ENQ 2: what was to be printed is thrown away.
    this.#isFreed = false;
    this.#memory.lose();
    this.#roll.apply({ kind: 'initialise' });
    this.set({ isBladeStuck: false });
  }

  #answer(bytes: Uint8Array, onSaid: () => void = () => undefined): void {
    const { hasPower, isHung, isDeaf } = this.#is;
    if (hasPower && !isHung && !isDeaf) this.voice.say(bytes, onSaid);
  }

  #seen(): Condition {
    return this.#of.lie === 'hidden' ? { ...this.#is, isCoverOpen: false } : this.#is;
  }

  #canWork(): boolean {
    const { hasPower, isHung, isDeaf, isCoverOpen, isPaperOut, isBladeStuck, isHot } = this.#is;
    return hasPower && !(isHung || isDeaf || isCoverOpen || isPaperOut || isBladeStuck || isHot);
  }

  /** Command by command, as fast as head and blade go. */
  #work(): void {
    if (this.#isWorking) return;
    let tookMs = 0;
    while (this.#canWork() && tookMs < STEP_MS) {
      const command = this.#memory.next();
      if (command === null) break;
      this.#flow();
      tookMs += this.#obey(command);
    }
    if (tookMs === 0) return;
    this.#isWorking = true;
    setTimeout(() => {
      this.#isWorking = false;
      this.#work();
    }, tookMs);
  }

  /** Answers how long it took. */
  #obey(command: EscposCommand): number {
    if (command.kind === 'cut' && this.willJam) {
      this.willJam = false;
      this.set({ isBladeStuck: true });
      return CUT_MS;
    }
    this.#roll.apply(command);
    if (command.kind === 'ask-in-turn') this.#saysDone();
    if (command.kind === 'ask-identity') this.#saysName(command.about);
    if (command.kind === 'automatic-status') {
      this.#automaticMask = command.mask;
      if (command.mask !== 0) this.tellUnasked();
    }
    return this.#msFor(command);
  }

  #msFor(command: EscposCommand): number {
    if (command.kind === 'cut') return CUT_MS;
    if (command.kind === 'line-feed') return 3.75 / HEAD_MM_A_MS;
    if (command.kind === 'symbol') return 9 / HEAD_MM_A_MS;
    if (command.kind !== 'feed-steps') return 0;
    return ((command.steps / this.#of.profile.feedStepsPerInch) * 25.4) / HEAD_MM_A_MS;
  }

  #saysDone(): void {
    const asked = { serials: this.#of.paper.takeUnanswered(), isSaid: false };
    this.#asked = asked;
    this.#answer(Uint8Array.of(this.#is.isPaperLow ? 3 : 0), () => (asked.isSaid = true));
  }

  /** Behind its being done: both together are its word. */
  #saysName(about: number): void {
    const asked = this.#asked;
    this.#asked = { serials: [], isSaid: false };
    const { maker, model } = this.#of.profile.identity ?? { maker: 'UNKNOWN', model: this.#of.profile.model };
    this.#answer(Buffer.from(`_${about === 66 ? maker : model}\0`, 'latin1'), () => {
      if (asked.isSaid) this.#of.paper.answered(asked.serials);
    });
  }
}
