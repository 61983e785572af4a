// The folder of trained models: each put in place whole or not at all, the one in use named by a pointer, the one before it kept.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { DRAFT_ENDING, isBeingWritten, writeDrafts, type Drafts } from './drafts.ts';
import { openModelFile, type FileBytes } from './file-bytes.ts';
import { holderOf, takeFileLock } from './file-lock.ts';

// models/
//   20261121.model   the bytes        20261121.md   its card
//   20261122.model                    20261122.md
//   current          two lines: the name in use, the name before it
// models.lock        held by whoever changes names in the folder, and never while a model is read, made or written
// training.lock      held by a training, from before it reads until its model is in place
//
// Who only reads takes no lock: what the pointer names is whole.

const POINTER = 'current';
const NAME = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const MODEL_ENDING = '.model';
const CARD_ENDING = '.md';
/** For another process's handful of names, synced to a memory card; the daemon's watchdog waits twice as long. */
export const MODELS_WAIT_MS = 3000;

export type StoredModel = {
  readonly name: string;
  readonly file: string;
  readonly bytes: Buffer;
};

/** To be closed by whoever lets go of it. */
export type OpenModel = { readonly name: string; readonly file: string; readonly bytes: FileBytes };

type NewModel = { readonly name: string; readonly bytes: Uint8Array; readonly card: string };

export class ModelFolder {
  readonly #folder: string;
  readonly #lockFile: string;
  readonly #trainingFile: string;
  readonly #waitMs: number;

  /** @param of.waitMs for another process that changes the folder; nobody is served meanwhile */
  constructor(of: { folder: string; waitMs: number }) {
    this.#folder = of.folder;
    this.#waitMs = of.waitMs;
    this.#lockFile = `${of.folder}.lock`;
    this.#trainingFile = join(dirname(of.folder), 'training.lock');
  }

  /**
   * One training at a time, for all of its work: the second would work for minutes, and its model push the first one's aside.
   * @throws TillError TRAINING_UNDER_WAY
   */
  async trainAlone<Result>(work: () => Promise<Result>): Promise<Result> {
    using lock = takeFileLock({ file: this.#trainingFile, waitMs: 0 });
    if (lock === null) throw new TillError('TRAINING_UNDER_WAY', { holder: holderOf(this.#trainingFile) });
    return await work();
  }

  /**
   * After a power cut at any point either the old model is in use or the new one, whole.
   * @param model.name small letters, digits, points, hyphens; a new one for each model
   * @param model.card text for people: what it was trained on and how good it is
   * @returns the file's path
   * @throws TillError MODEL_NAME_WRONG, MODELS_BEING_CHANGED
   */
  put(model: NewModel): string {
    if (!NAME.test(model.name)) throw new TillError('MODEL_NAME_WRONG', { name: model.name });
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    using drafts = this.#write([model]);
    this.#change(() => {
      const [inUse = null, before = null] = this.#pointer();
      const previous = inUse === model.name ? before : inUse;
      drafts.putInPlace();
      this.#point(previous === null ? [model.name] : [model.name, previous]);
    });
    return join(this.#folder, model.name + MODEL_ENDING);
  }

  /** The model in use; null where none was put yet. @throws TillError MODEL_UNREADABLE */
  current(): OpenModel | null {
    return this.#open(0);
  }

  /** The model before the one in use; null where there is none. @throws TillError MODEL_UNREADABLE */
  before(): OpenModel | null {
    return this.#open(1);
  }

  /**
   * The model before the one in use takes its place again; done twice, all is as it was.
   * @returns its name; null where there is none: the first model, or one the purge has taken
   * @throws TillError MODELS_BEING_CHANGED
   */
  goBack(): string | null {
    return this.#change(() => {
      const [inUse, before] = this.#pointer();
      if (inUse === undefined || before === undefined) return null;
      if (!existsSync(join(this.#folder, before + MODEL_ENDING))) return null;
      this.#point([before, inUse]);
      return before;
    });
  }

  /** The one in use and the one before it, as far as they are there. @throws TillError MODEL_UNREADABLE */
  all(): readonly StoredModel[] {
    return this.#pointer().flatMap((name) => {
      const file = join(this.#folder, name + MODEL_ENDING);
      const bytes = readIfThere(file);
      return bytes === null ? [] : [{ name, file, bytes }];
    });
  }

  /**
   * Each model in other words and under another name; one that `rewritten` answers null for goes. Begins anew where a training
   * or another rewriting was faster, so that what it has put in place is rewritten, not lost.
   * @throws TillError MODELS_BEING_CHANGED
   */
  rewrite(rewritten: (model: StoredModel) => Uint8Array | null): void {
    while (!this.#tryRewrite(rewritten));
  }

  /** Cheap: asked now and then, to see whether training has put another one in place. */
  currentName(): string | null {
    return this.#pointer()[0] ?? null;
  }

  /**
   * A model holds what customers bought, so the purge forgets here too: the model before the one in use once it `isOld`, and both
   * once the one in use `isForgotten`; and what a killed training has left.
   * @throws TillError MODELS_BEING_CHANGED
   */
  forget(by: { isOld: (name: string) => boolean; isForgotten: (name: string) => boolean }): void {
    this.#change(() => {
      const [inUse, ...before] = this.#pointer();
      const isAll = inUse === undefined || by.isForgotten(inUse);
      this.#point(isAll ? [] : [inUse, ...before.filter((name) => !by.isOld(name))]);
    });
  }

  #open(place: 0 | 1): OpenModel | null {
    for (;;) {
      const name = this.#pointer()[place];
      if (name === undefined) return null;
      const file = join(this.#folder, name + MODEL_ENDING);
      try {
        return { name, file, bytes: openModelFile(file) };
      } catch (thrown) {
        // Unless it is gone because another took its place just now.
        if (this.#pointer()[place] === name) throw toError(thrown);
      }
    }
  }

  /** False where what it read is not what is there any more. */
  #tryRewrite(rewritten: (model: StoredModel) => Uint8Array | null): boolean {
    const seen = this.#state();
    const taken = new Set(this.#pointer());
    const models = this.all().flatMap((model): readonly NewModel[] => {
      const bytes = rewritten(model);
      if (bytes === null) return [];
      const name = nextName(model.name, taken);
      taken.add(name);
      const card = readIfThere(join(this.#folder, model.name + CARD_ENDING))?.toString('utf8') ?? '';
      return [{ name, bytes, card: card.replaceAll(model.name, name) }];
    });
    using drafts = this.#write(models);
    return this.#change(() => {
      if (this.#state() !== seen) return false;
      drafts.putInPlace();
      this.#point(models.map(({ name }) => name));
      return true;
    });
  }

  /** What is there, down to the files: a model that took the name of another is another. */
  #state(): string {
    const about = this.#pointer().map((name) => {
      const file = statSync(join(this.#folder, name + MODEL_ENDING), { throwIfNoEntry: false });
      return `${name} ${file?.ino ?? 0} ${file?.mtimeMs ?? 0}`;
    });
    return about.join('\n');
  }

  /** The names of the model in use and of the one before it. */
  #pointer(): readonly string[] {
    const file = join(this.#folder, POINTER);
    const text = readIfThere(file)?.toString('utf8');
    if (text === undefined) return [];
    const names = text.split('\n').filter((line) => line !== '');
    if (names.length === 0 || !names.every((name) => NAME.test(name))) {
      throw new TillError('MODEL_UNREADABLE', { file, problem: 'it does not name a model' });
    }
    return names;
  }

  /** Alone with the folder. */
  #change<Result>(work: () => Result): Result {
    const [folder, waitMs] = [this.#folder, this.#waitMs];
    using lock = takeFileLock({ file: this.#lockFile, waitMs });
    if (lock === null) {
      throw new TillError('MODELS_BEING_CHANGED', { folder, holder: holderOf(this.#lockFile), waitedMs: waitMs });
    }
    return work();
  }

  #write(models: readonly NewModel[]): Drafts {
    return writeDrafts(
      models.flatMap(({ name, bytes, card }) => [
        { file: join(this.#folder, name + CARD_ENDING), bytes: Buffer.from(card, 'utf8') },
        { file: join(this.#folder, name + MODEL_ENDING), bytes },
      ]),
    );
  }

  /** These are in use and before it, and nothing else is kept. */
  #point(names: readonly string[]): void {
    const file = join(this.#folder, POINTER);
    if (names.length === 0) rmSync(file, { force: true });
    else if (names.join('\n') !== this.#pointer().join('\n')) {
      using draft = writeDrafts([{ file, bytes: Buffer.from(`${names.join('\n')}\n`, 'utf8') }]);
      draft.putInPlace();
    }
    this.#removeAllBut(names);
  }

  #removeAllBut(names: readonly string[]): void {
    if (!existsSync(this.#folder)) return;
    const kept = new Set(names.flatMap((name) => [name + MODEL_ENDING, name + CARD_ENDING]));
    for (const file of readdirSync(this.#folder)) {
      const isOurs = [MODEL_ENDING, CARD_ENDING, DRAFT_ENDING].some((ending) => file.endsWith(ending));
      if (isOurs && !kept.has(file) && !isBeingWritten(file)) rmSync(join(this.#folder, file), { force: true });
    }
  }
}

/** @throws TillError MODEL_UNREADABLE */
function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (thrown) {
    const error = toError(thrown);
    if ('code' in error && error.code === 'ENOENT') return null;
    throw new TillError('MODEL_UNREADABLE', { file, problem: error.message }, { cause: thrown });
  }
}

/** "model-2026-11-22-1763769600000" → "…-r1" → "…-r2" */
function nextName(name: string, taken: ReadonlySet<string>): string {
  const [, base = name, count = '0'] = /^(.*?)(?:-r(\d+))?$/.exec(name) ?? [];
  for (let next = Number(count) + 1; ; next++) {
    if (!taken.has(`${base}-r${next}`)) return `${base}-r${next}`;
  }
}
