// One till of the soak: a daemon as a process of its own, a scanner and a printer on real wires, and the hands at all of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { loadProfile } from '../../../src/printer/profile.ts';
import { seededRandom, seedFor, type Random } from '../../../src/sample/random.ts';
import { freePort } from '../../end-to-end/shop-folder.ts';
import { PROGRAM_FOLDER } from '../../end-to-end/tillcat.ts';
import { until } from '../../end-to-end/until.ts';
import { CounterHand } from './counter-hand.ts';
import { FarPrinter } from './far-printer.ts';
import type { Lie } from './far-roll.ts';
import { wordsFor } from './far-status.ts';
import { layHandsOn, mend, type Stand } from './hands.ts';
import { KeptPaper } from './kept-paper.ts';
import { readLedger } from './ledger-rows.ts';
import { Lives, type Life } from './lives.ts';
import { judge, type Verdict } from './paper-oracle.ts';
import { ScannerHand } from './scanner-hand.ts';
import { StatusWatch } from './status-watch.ts';
import { PtyWire } from './pty-wire.ts';
import { TcpWire } from './tcp-wire.ts';
import { configOf } from './till-config.ts';
import type { Wire } from './wire.ts';

export type TillOrder = {
  /** Two digits. */
  readonly id: string;
  /** A shop that was made; this till alone works in it. */
  readonly folder: string;
  readonly by: 'tcp' | 'serial';
  readonly profile: string;
  readonly seed: number;
  readonly lie: Lie;
  readonly rowOf: readonly number[];
  /** From then on nobody kills the daemon any more, so that what it leaks can be seen. */
  readonly longLifeAtMs: number;
};

/** What is on its way when the hands are taken off may take this long. */
const SETTLED_MS = 90_000;
/** A connection of ours, a device being opened. */
const MORE_FILES = 4;
/** What a heap may still grow by before it is collected. */
const MORE_MEGABYTES = 60;
/** What an answer that noise has eaten is still waited for (recoveryMs of the printer's limits), and looked for again. */
const SPOILT_MS = 7_000;
/** An answer given in noise may be taken for missing for so long after. */
const UNCLEAR_AFTER_MS = 15_000;

export class SoakTill {
  readonly name: string;
  readonly watch = new StatusWatch();
  readonly done = new Map<string, number>();
  readonly paper: KeptPaper;
  readonly scanner: ScannerHand;
  readonly counter: CounterHand;
  readonly lives: Lives;
  readonly #order: TillOrder;
  readonly #random: Random;
  readonly #printer: FarPrinter;
  readonly #stand: Stand;
  readonly #scannerWire: Wire;
  readonly #stop = new AbortController();
  readonly #unclear: { fromMs: number; toMs: number }[] = [];
  #isClear = true;
  #clearing: NodeJS.Timeout | null = null;

  private constructor(order: TillOrder, ports: { http: number; printer: number }) {
    const { folder, by, id, seed, rowOf } = order;
    this.#order = order;
    this.name = `till ${id} (${by}, ${order.profile})`;
    const { signal } = this.#stop;
    const randomFor = (whose: string): Random => seededRandom(seedFor(seed, id, whose));
    this.#random = randomFor('life');
    const profile = loadProfile({ name: order.profile, folders: [join(PROGRAM_FOLDER, 'hardware', 'printers')] });
    this.paper = new KeptPaper(profile);
    const hear = (bytes: Uint8Array): void => this.#printer.hear(bytes);
    const path = join(folder, 'printer');
    const wire = by === 'tcp' ? new TcpWire({ port: ports.printer, hear }) : new PtyWire({ path, hear });
    this.#printer = new FarPrinter({
      profile,
      paper: this.paper,
      random: randomFor('printer'),
      lie: order.lie,
      say: (bytes) => wire.say(bytes),
      onFlow: (isOpen) => wire.flow(isOpen),
      onCondition: () => this.#expect(),
    });
    this.#stand = {
      printer: this.#printer,
      wire,
      isSerial: by === 'serial',
      random: randomFor('hands'),
      only: order.lie === 'hidden' ? 'cover opened' : null,
      setClear: (isClear) => this.#setClear(isClear),
      signal,
    };
    const scanner = join(folder, 'scanner');
    this.#scannerWire = new PtyWire({ path: scanner, hear: () => undefined });
    const configFile = join(folder, 'tillcat.yaml');
    writeFileSync(
      configFile,
      stringify(configOf(order, { http: ports.http, scanner, printer: wire instanceof TcpWire ? wire.port : path })),
    );
    this.lives = new Lives({ shop: { configFile, port: ports.http }, watch: this.watch });
    this.scanner = new ScannerHand({
      wire: this.#scannerWire,
      random: randomFor('scanner'),
      customers: rowOf.length,
      isListening: () => this.lives.status?.scanner.state === 'ready',
      signal,
    });
    this.counter = new CounterHand({
      random: randomFor('counter'),
      customers: rowOf.length,
      paper: this.paper,
      daemon: () => this.lives.daemon,
      day: () => this.lives.day,
      recentVisits: () => {
        const visits = this.lives.status?.lastVisits.filter(({ coupons }) => coupons > 0) ?? [];
        return visits.map(({ visit }) => visit).toReversed();
      },
      signal,
    });
  }

  static async open(order: TillOrder): Promise<SoakTill> {
    return new SoakTill(order, { http: await freePort(), printer: await freePort() });
  }

  /** Until `close`. */
  async work(): Promise<void> {
    await this.#scannerWire.plug();
    await this.#stand.wire.plug();
    this.#expect();
    await this.lives.begin();
    const onBegin = (what: string): void => void (this.watch.cause = what);
    const onDone = (what: string): void => void this.done.set(what, (this.done.get(what) ?? 0) + 1);
    await Promise.all([
      this.scanner.work(),
      this.counter.work(),
      layHandsOn(this.#stand, { onBegin, onDone }),
      this.#liveAndDie(),
    ]);
  }

  /** All is mended, what has begun comes to its end, and the daemon is stopped. */
  async close(working: Promise<void>): Promise<void> {
    this.#stop.abort();
    await working;
    await this.#scannerWire.plug();
    await mend(this.#stand);
    const isQuiet = (): boolean => {
      const status = this.lives.status;
      const isWell = status?.printer.state === 'ready' && status.queueLength === 0;
      return isWell && !this.#printer.isBusy;
    };
    await until('the till to come to rest', isQuiet, {
      limitMs: SETTLED_MS,
      story: () => JSON.stringify(this.lives.status),
    });
    await pause(6_000);
    await this.lives.end('SIGTERM', { isNewDay: false });
    this.#printer.changeRoll();
    await this.#stand.wire.pull(false);
    await this.#scannerWire.pull(false);
  }

  async kill(): Promise<void> {
    this.#stop.abort();
    await this.lives.end('SIGKILL', { isNewDay: false });
    await this.#stand.wire.pull(false);
    await this.#scannerWire.pull(false);
  }

  judge({ isOver }: { isOver: boolean }): Verdict {
    const verdict = judge({
      ledger: readLedger(join(this.#order.folder, 'data', 'tillcat.db')),
      paper: this.paper,
      sent: this.scanner.sent,
      answered: this.counter.answered,
      rowOf: this.#order.rowOf,
      realMsOf: (shopInstant) => this.lives.realMsOf(shopInstant),
      wasUnclear: (atMs) => this.#unclear.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs + UNCLEAR_AFTER_MS),
      isOver,
    });
    return {
      ...verdict,
      wrongs: [...verdict.wrongs, ...this.counter.wrongs, ...this.lives.wrongs, ...this.watch.watched.late],
    };
  }

  /** null where none was warm before its end. */
  get longestLife(): Life | null {
    const warm = this.lives.all.filter((life) => life.warm !== null);
    return warm.toSorted((a, b) => b.ms - a.ms)[0] ?? null;
  }

  /** What the longest life holds at its end and did not when it was warm. */
  leaks(): readonly string[] {
    const life = this.longestLife;
    const warm = life?.warm ?? null;
    const last = life?.last ?? null;
    if (warm === null || last === null) return [];
    const wrongs: string[] = [];
    if (last.openFiles > warm.openFiles + MORE_FILES)
      wrongs.push(`open files grew from ${warm.openFiles} to ${last.openFiles}`);
    if (last.megabytes > warm.megabytes + MORE_MEGABYTES)
      wrongs.push(`memory grew from ${warm.megabytes} to ${last.megabytes} MB`);
    return wrongs;
  }

  /** kill -9 or a stop, half of the time in a strip; then a new life, on the same day or the next. */
  async #liveAndDie(): Promise<void> {
    const { signal } = this.#stop;
    const random = this.#random;
    while (!signal.aborted) {
      await pause(8_000 + random.next() * 50_000, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || performance.now() > this.#order.longLifeAtMs) return;
      const limitMs = performance.now() + 8_000;
      const wantsStrip = random.next() < 0.6;
      while (wantsStrip && !this.#printer.isBusy && performance.now() < limitMs) await pause(10);
      const how = random.next() < 0.6 ? 'SIGKILL' : 'SIGTERM';
      this.scanner.nobodyListens();
      await this.lives.end(how, { isNewDay: this.lives.day < 12 && random.next() < 0.6 });
      await pause(random.next() * 3_000);
      await this.lives.begin();
    }
  }

  #expect(): void {
    const { printer, wire } = this.#stand;
    this.watch.expect(wordsFor(printer.is, { isWired: wire.isPlugged, isClear: this.#isClear }));
  }

  #setClear(isClear: boolean): void {
    const nowMs = performance.now();
    if (!isClear) this.#unclear.push({ fromMs: nowMs, toMs: Infinity });
    const last = this.#unclear.at(-1);
    if (isClear && last !== undefined) last.toMs = Math.min(last.toMs, nowMs);
    if (this.#clearing !== null) clearTimeout(this.#clearing);
    this.#clearing = isClear ? setTimeout(() => this.#beClear(true), SPOILT_MS) : null;
    if (!isClear) this.#beClear(false);
  }

  #beClear(isClear: boolean): void {
    this.#isClear = isClear;
    this.#expect();
  }
}
