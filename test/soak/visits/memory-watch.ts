// What a daemon holds over a long run, looked at from outside, and whether that is flat.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** All in bytes. `heap` is V8's, with what it knows of outside; rubbish not collected yet is in it. */
type Look = { readonly resident: number; readonly heap: number };

export type Stretch = {
  readonly medianResident: number;
  readonly mostResident: number;
  /** The least that was seen: right after a collection. */
  readonly leastHeap: number;
};

/** As parts of the run. In the second tenth all is in memory that is going to be needed. */
const WARM = { from: 0.1, to: 0.2 };
const LATE = { from: 0.75, to: 1 };
/** Chance: how full the heap is when it is looked at, and when the system takes back what was freed. */
const MOST_GROWTH = 1.1;

/** Ten times a second: a MB in four seconds. */
const LEAK_BYTES = 25_000;

/** The rule, for people. */
export const FLAT =
  'flat: in the last quarter the median RSS and the least heap are at most 10 % above those of the second tenth';

export class MemoryWatch {
  readonly #file: string;
  readonly #leak: number;
  readonly #looks: Look[] = [];
  #told = 0;

  /** @param of.isLeaking a control: the daemon is made to leak, and must be found out */
  constructor(folder: string, { isLeaking }: { isLeaking: boolean }) {
    this.#file = join(folder, 'memory');
    this.#leak = isLeaking ? LEAK_BYTES : 0;
  }

  /** For the start of the daemon that is watched. */
  get environment(): Readonly<Record<string, string>> {
    const teller = pathToFileURL(join(import.meta.dirname, 'tell-memory.ts')).href;
    return { NODE_OPTIONS: `--import=${teller}`, TILLCAT_MEMORY_FILE: this.#file, TILLCAT_LEAK: String(this.#leak) };
  }

  look(pid: number): void {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
    const [used = 0, external = 0] = readFileSync(this.#file, 'utf8').split(' ').map(Number);
    this.#looks.push({ resident: kilobytes * 1024, heap: used + external });
  }

  /** What was seen since the last time this was asked. */
  sinceTold(): Stretch {
    const stretch = summary(this.#looks.slice(this.#told));
    this.#told = this.#looks.length;
    return stretch;
  }

  verdict(): string {
    const told = ({ medianResident, leastHeap }: Stretch): string =>
      `RSS ${megabytes(medianResident)} MB, heap ${megabytes(leastHeap)} MB`;
    return `second tenth: ${told(this.#between(WARM))}; last quarter: ${told(this.#between(LATE))}`;
  }

  /** A sentence for each thing that is not flat. */
  wrongs(): readonly string[] {
    const warm = this.#between(WARM);
    const late = this.#between(LATE);
    const growth = (what: string, before: number, after: number): readonly string[] =>
      after <= before * MOST_GROWTH ? [] : [`${what} grew from ${megabytes(before)} to ${megabytes(after)} MB`];
    return [
      ...growth('the resident memory', warm.medianResident, late.medianResident),
      ...growth('the heap', warm.leastHeap, late.leastHeap),
    ];
  }

  #between({ from, to }: { from: number; to: number }): Stretch {
    const { length } = this.#looks;
    return summary(this.#looks.slice(Math.floor(length * from), Math.ceil(length * to)));
  }
}

function summary(looks: readonly Look[]): Stretch {
  const resident = looks.map((look) => look.resident).sort((a, b) => a - b);
  return {
    medianResident: resident[Math.floor(resident.length / 2)] ?? 0,
    mostResident: resident.at(-1) ?? 0,
    leastHeap: Math.min(...looks.map((look) => look.heap)),
  };
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
