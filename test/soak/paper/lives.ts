// One till's daemon, life after life: started on the shop's next day or later the same day, asked how it is all the while,
// killed or stopped, and its log read for what it had no reason to say.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startDaemon, type DaemonProcess, type Status } from '../../end-to-end/daemon-process.ts';
import { DAY_MS, dayStart } from '../soak-shop.ts';
import type { StatusWatch } from './status-watch.ts';

const ASK_EVERY_MS = 100;
const MOST_TRIES = 4;
const STOPS_WITHIN_MS = 15_000;
const LAST_WORDS = 900;
/** Old enough to have everything in memory that it is going to need. */
const WARM_MS = 20_000;
const RESOURCES_EVERY_MS = 2_000;

export type Resources = { readonly openFiles: number; readonly megabytes: number };
export type Life = {
  readonly ms: number;
  readonly warm: Resources | null;
  readonly last: Resources | null;
};

export class Lives {
  readonly #shop: { readonly configFile: string; readonly port: number };
  readonly #watch: StatusWatch;
  readonly #beganMs = performance.now();
  #daemon: DaemonProcess | null = null;
  #status: Status | null = null;
  #day = 0;
  #kills = 0;
  #stops = 0;
  #sinceMs = 0;
  #warm: Resources | null = null;
  #last: Resources | null = null;
  readonly all: Life[] = [];
  readonly wrongs: string[] = [];
  slowStarts = 0;
  /** Lines about printer and scanner that the log was given. */
  stateLines = 0;

  constructor(of: { shop: { readonly configFile: string; readonly port: number }; watch: StatusWatch }) {
    this.#shop = of.shop;
    this.#watch = of.watch;
  }

  /** null while it is not serving. */
  get daemon(): DaemonProcess | null {
    return this.#daemon;
  }

  get status(): Status | null {
    return this.#status;
  }

  get day(): number {
    return this.#day;
  }

  get kills(): number {
    return this.#kills;
  }

  get stops(): number {
    return this.#stops;
  }

  /** The shop's clock at a moment of ours; the daemon's is up to a second or two behind. */
  realMsOf(shopInstant: number): number {
    return ((shopInstant - dayStart(0)) % DAY_MS) + this.#beganMs;
  }

  async begin(): Promise<void> {
    const daemon = await this.#start();
    this.#sinceMs = performance.now();
    this.#warm = null;
    this.#last = null;
    this.#daemon = daemon;
    this.#watch.serves(true);
    void this.#ask(daemon);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL', { isNewDay }: { isNewDay: boolean }): Promise<void> {
    const daemon = this.#daemon;
    if (daemon === null) return;
    this.#daemon = null;
    this.#status = null;
    this.#watch.serves(false);
    let held = '';
    const late = setTimeout(() => (held = openFilesOf(daemon.pid)), STOPS_WITHIN_MS);
    const { code, ms } = await daemon.end(signal);
    clearTimeout(late);
    if (signal === 'SIGKILL') this.#kills++;
    else this.#stops++;
    if (signal === 'SIGTERM' && (code !== 0 || ms > STOPS_WITHIN_MS))
      this.wrongs.push(
        `stopped, it ended with ${code} after ${Math.round(ms)} ms; open until then: ${held}; its last words: ${daemon.story().slice(-LAST_WORDS)}`,
      );
    this.all.push({ ms: performance.now() - this.#sinceMs, warm: this.#warm, last: this.#last });
    this.#readLog(daemon.story());
    if (isNewDay) this.#day++;
  }

  /** A machine that is very busy may take long to start anything: not a fault of the daemon, but told. */
  async #start(): Promise<DaemonProcess> {
    for (let tries = 1; ; tries++) {
      const at = new Date(dayStart(this.#day) + (performance.now() - this.#beganMs)).toISOString();
      try {
        return await startDaemon(this.#shop, '--at', at);
      } catch (thrown) {
        const isSlow = thrown instanceof Error && thrown.message.startsWith('waited');
        if (!isSlow || tries === MOST_TRIES) throw thrown;
        this.slowStarts++;
      }
    }
  }

  async #ask(daemon: DaemonProcess): Promise<void> {
    let lookedMs = 0;
    while (this.#daemon === daemon) {
      const askedAtMs = performance.now();
      try {
        const status = await daemon.status();
        if (this.#daemon !== daemon) return;
        this.#status = status;
        this.#watch.heard({ word: status.printer.state, askedAtMs });
      } catch (thrown) {
        if (this.#daemon === daemon) this.wrongs.push(`asked for its status: ${String(thrown)}`);
        await pause(1_000);
      }
      if (askedAtMs - lookedMs > RESOURCES_EVERY_MS) {
        lookedMs = askedAtMs;
        const used = resourcesOf(daemon.pid);
        if (used !== null && askedAtMs - this.#sinceMs > WARM_MS) this.#warm ??= used;
        this.#last = used ?? this.#last;
      }
      await pause(ASK_EVERY_MS);
    }
  }

  /** A state is worth a line when it is another one. */
  #readLog(story: string): void {
    const last = new Map<string, string>();
    for (const line of story.split('\n')) {
      const said: unknown = line.startsWith('{') ? JSON.parse(line) : null;
      if (typeof said !== 'object' || said === null || !('msg' in said)) {
        if (line.trim() !== '') this.wrongs.push(`it said: ${line}`);
        continue;
      }
      if ('level' in said && (said.level === 'error' || said.level === 'fatal')) this.wrongs.push(`it said: ${line}`);
      const state = stateIn(said);
      if (state === null) continue;
      this.stateLines++;
      if (last.get(state.of) === state.is) this.wrongs.push(`the log says twice that the ${state.of} is ${state.is}`);
      last.set(state.of, state.is);
    }
  }
}

function stateIn(said: object): { readonly of: string; readonly is: string } | null {
  if (!('msg' in said)) return null;
  if (said.msg === 'printer' && 'printer' in said && typeof said.printer === 'string')
    return { of: said.msg, is: said.printer };
  // Why nobody hears it is another thing when its cable is pulled than when it is found missing.
  if (said.msg === 'scanner' && 'scanner' in said && typeof said.scanner === 'string')
    return { of: said.msg, is: `${said.scanner} ${'why' in said ? JSON.stringify(said.why) : ''}` };
  return null;
}

/** What keeps a process that does not end. */
function openFilesOf(pid: number): string {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder)
      .map((file) => readlinkSync(`${folder}/${file}`))
      .join(' ');
  } catch {
    return 'nothing';
  }
}

function resourcesOf(pid: number): Resources | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      openFiles: readdirSync(`/proc/${pid}/fd`).length,
      megabytes: Math.round(Number(kilobytes) / 1024),
    };
  } catch {
    return null;
  }
}
