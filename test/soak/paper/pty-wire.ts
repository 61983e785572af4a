// A serial cable: a pseudo-terminal by socat, whose far end is ours, at the speed of a line.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { until } from '../../end-to-end/until.ts';
import type { Wire } from './wire.ts';

/** 38,400 baud. */
const LINE_BYTES_A_MS = 4;
const LINE_STEP_MS = 4;

/** `hear` is told what the daemon writes. */
export class PtyWire implements Wire {
  readonly #path: string;
  readonly #hear: (bytes: Uint8Array) => void;
  #socat: ChildProcess | null = null;
  #ended: Promise<unknown> = Promise.resolve();
  #kept = -1;
  #isOpen = true;
  /** On the line, at its speed; where the other end holds it, they wait there. */
  #underWay: Uint8Array = new Uint8Array(0);
  #isMoving = false;

  constructor({ path, hear }: { path: string; hear: (bytes: Uint8Array) => void }) {
    this.#path = path;
    this.#hear = hear;
  }

  get isCarrying(): boolean {
    return this.#underWay.length > 0;
  }

  get isPlugged(): boolean {
    return this.#socat !== null;
  }

  async plug(): Promise<void> {
    if (this.#socat !== null) return;
    const early = `${this.#path}.plugging`;
    rmSync(early, { force: true });
    const socat = spawn('socat', [`pty,raw,echo=0,link=${early}`, 'stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#ended = once(socat, 'close');
    socat.stdin.on('error', () => undefined);
    socat.stdout.on('data', (bytes: Buffer) => {
      this.#underWay = Buffer.concat([this.#underWay, bytes]);
      this.#move();
    });
    await until('the pseudo-terminal', () => existsSync(early));
    // Held open from here as well, without ever reading: else the cable would seem cut whenever the daemon lets go of it.
    this.#kept = openSync(early, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    this.#socat = socat;
    this.flow(this.#isOpen);
    renameSync(early, this.#path);
  }

  async pull(): Promise<void> {
    const socat = this.#socat;
    if (socat === null) return;
    this.#socat = null;
    this.#underWay = new Uint8Array(0);
    rmSync(this.#path, { force: true });
    socat.kill('SIGKILL');
    await this.#ended;
    closeSync(this.#kept);
  }

  say(bytes: Uint8Array): boolean {
    return this.#socat?.stdin?.write(bytes) !== undefined;
  }

  flow(isOpen: boolean): void {
    this.#isOpen = isOpen;
    const from = this.#socat?.stdout ?? null;
    if (isOpen) from?.resume();
    else from?.pause();
    this.#move();
  }

  /** The line stays: what is sent to a printer without power goes nowhere, or waits where it holds the line. */
  power(): Promise<void> {
    return Promise.resolve();
  }

  #move(): void {
    if (this.#isMoving || !this.#isOpen || this.#underWay.length === 0) return;
    this.#isMoving = true;
    const fromMs = performance.now();
    setTimeout(() => {
      this.#isMoving = false;
      if (!this.#isOpen) return;
      // A busy machine wakes us late; the line went on all the same.
      const come = this.#underWay.subarray(0, Math.ceil(LINE_BYTES_A_MS * (performance.now() - fromMs)));
      this.#underWay = this.#underWay.slice(come.length);
      this.#hear(come);
      this.#move();
    }, LINE_STEP_MS);
  }
}
