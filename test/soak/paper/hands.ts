// The hands at a printer: what they do to it, one thing after the other, half of the time in the middle of a strip.
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../src/sample/random.ts';
import type { FarPrinter } from './far-printer.ts';
import { AT_ONCE, type Answering } from './far-voice.ts';
import type { Wire } from './wire.ts';

export type Stand = {
  readonly printer: FarPrinter;
  readonly wire: Wire;
  readonly isSerial: boolean;
  readonly random: Random;
  /** Noise or silence on the line: what the printer's word is cannot be told. */
  readonly setClear: (isClear: boolean) => void;
  /** null: everything hands can do. */
  readonly only: string | null;
  readonly signal: AbortSignal;
};

type Mischief = (at: Stand) => Promise<void>;

/** Seconds drawn between two bounds; at once when the day is over. */
const some = async ({ random, signal }: Stand, from: number, to: number): Promise<void> => {
  await pause((from + random.next() * (to - from)) * 1000, undefined, { signal }).catch(() => undefined);
};

/** What only a serial line suffers from. */
const SERIAL_ONLY = ['power off, the line held', 'noise on the line'];

const MISCHIEF: Readonly<Record<string, Mischief>> = {
  'cable pulled': async (at) => {
    await at.wire.pull(at.random.next() < 0.4);
    at.printer.set({});
    await some(at, 0.3, 8);
    await at.wire.plug();
    at.printer.set({});
  },
  'power off': async (at) => {
    at.printer.set({ hasPower: false });
    await at.wire.power(false);
    await some(at, 1, at.random.next() < 0.1 ? 60 : 10);
    await at.wire.power(true);
    at.printer.set({ hasPower: true });
  },
  'power off, the line held': async (at) => {
    // Half of a piece has come, as it is in a tenth of the power cuts in a strip.
    await until(at, () => at.wire.isCarrying);
    await pause(at.random.next() * 40);
    at.printer.holdsLine = true;
    at.printer.set({ hasPower: false });
    await some(at, 2, 6);
    at.printer.set({ hasPower: true });
    at.printer.holdsLine = false;
  },
  'cover opened': async (at) => {
    at.printer.set({ isCoverOpen: true });
    await some(at, 0.5, at.random.next() < 0.2 ? 20 : 6);
    at.printer.set({ isCoverOpen: false });
  },
  'paper out': async (at) => {
    at.printer.set({ isPaperOut: true, isPaperLow: true });
    await some(at, 1, at.random.next() < 0.2 ? 20 : 6);
    at.printer.set({ isCoverOpen: true });
    await some(at, 1, 4);
    at.printer.changeRoll();
  },
  'near end': async (at) => {
    at.printer.set({ isPaperLow: true });
    await some(at, 2, 15);
    if (at.random.next() < 0.5) at.printer.set({ isPaperLow: false });
  },
  'cutter jammed': async (at) => {
    at.printer.willJam = true;
    await until(at, () => at.printer.is.isBladeStuck);
    await some(at, 1, 8);
    at.printer.freeBlade();
    await until(at, () => !at.printer.is.isBladeStuck);
  },
  'head hot': async (at) => {
    at.printer.set({ isHot: true });
    await some(at, 1, 8);
    at.printer.set({ isHot: false });
  },
  hung: async (at) => {
    at.printer.set({ isHung: true });
    await some(at, 1, at.random.next() < 0.2 ? 20 : 8);
    at.printer.set({ isHung: false });
  },
  deaf: async (at) => {
    at.printer.set({ isDeaf: true });
    await some(at, 1, 10);
    at.printer.set({ isDeaf: false });
  },
  'answers late': async (at) => {
    await unclear(at, { lateMs: 200 + at.random.next() * 3_000, missing: 0 });
  },
  'answers missing': async (at) => {
    await unclear(at, { lateMs: 0, missing: 0.02 + at.random.next() * 0.3 });
  },
  'status told unasked': async (at) => {
    for (let i = 0; i < 60 && !at.signal.aborted; i++) {
      at.printer.tellUnasked();
      await some(at, 0, 0.1);
    }
  },
  'noise on the line': async (at) => {
    at.setClear(false);
    for (let i = 0; i < 30 && !at.signal.aborted; i++) {
      at.wire.say(Uint8Array.from({ length: at.random.between(1, 8) }, () => at.random.between(0, 255)));
      await some(at, 0, 0.4);
    }
    at.setClear(true);
  },
};

/** Until the signal; tells what was done. Each kind comes about as often as any other. */
export async function layHandsOn(
  at: Stand,
  tell: { onBegin: (what: string) => void; onDone: (what: string) => void },
): Promise<void> {
  const kinds = Object.entries(MISCHIEF)
    .filter(([what]) => at.isSerial || !SERIAL_ONLY.includes(what))
    .filter(([what]) => at.only === null || what === at.only);
  for (;;) {
    await some(at, 0.5, 5);
    if (at.random.next() < 0.6) await until(at, () => at.printer.isBusy);
    if (at.random.next() < 0.6) await some(at, 0, 1.5);
    if (at.signal.aborted) break;
    const [what, mischief] = kinds[at.random.between(0, kinds.length - 1)] ?? [];
    if (what === undefined || mischief === undefined) continue;
    tell.onBegin(what);
    await mischief(at);
    tell.onDone(what);
  }
}

/** All is put right again. */
export async function mend({ printer, wire, setClear }: Stand): Promise<void> {
  await wire.power(true);
  await wire.plug();
  printer.voice.answering = AT_ONCE;
  printer.freeBlade();
  setClear(true);
  printer.set({ hasPower: true, isHung: false, isDeaf: false, isHot: false });
  printer.changeRoll();
}

async function unclear(at: Stand, answering: Answering): Promise<void> {
  at.setClear(false);
  at.printer.voice.answering = answering;
  await some(at, 2, 10);
  at.printer.voice.answering = AT_ONCE;
  at.setClear(true);
}

const LOOK_MS = 20;
const PATIENCE_MS = 10_000;

/** For a while; a jam that never comes, as nothing is cut, is taken back by whoever waited. */
async function until({ signal, printer }: Stand, is: () => boolean): Promise<void> {
  const fromMs = performance.now();
  while (!is() && !signal.aborted && performance.now() - fromMs < PATIENCE_MS + (printer.is.isBladeStuck ? 20_000 : 0))
    await pause(LOOK_MS);
}
