// The folder of trained models: each put in place whole or not at all, the one in use named by a pointer, the one before it kept.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { putInPlace } from './durable-file.ts';
import { openModelFile, type FileBytes } from './file-bytes.ts';

// models/
//   20261121.model   the bytes        20261121.md   its card
//   20261122.model                    20261122.md
//   current          two lines: the name in use, the name before it

const POINTER = 'current';
const NAME = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const MODEL_ENDING = '.model';
const CARD_ENDING = '.md';

export type StoredModel = {
  readonly name: string;
  readonly file: string;
  readonly bytes: Buffer;
};

/** To be closed by whoever lets go of it. */
export type OpenModel = { readonly name: string; readonly file: string; readonly bytes: FileBytes };

export class ModelFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * After a power cut at any point either the old model is in use or the new one, whole.
   * @param model.name small letters, digits, points, hyphens; a new one for each model
   * @param model.card text for people: what it was trained on and how good it is
   * @returns the file's path
   * @throws TillError MODEL_NAME_WRONG
   */
  put(model: { name: string; bytes: Uint8Array; card: string }): string {
    if (!NAME.test(model.name)) throw new TillError('MODEL_NAME_WRONG', { name: model.name });
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const [inUse = null, before = null] = this.#pointer();
    const previous = inUse === model.name ? before : inUse;
    this.#putFile(model.name + CARD_ENDING, Buffer.from(model.card, 'utf8'));
    this.#putFile(model.name + MODEL_ENDING, model.bytes);
    const lines = previous === null ? [model.name] : [model.name, previous];
    this.#putFile(POINTER, Buffer.from(`${lines.join('\n')}\n`, 'utf8'));
    this.#removeAllBut(lines);
    return join(this.#folder, model.name + MODEL_ENDING);
  }

  /**
   * The model in use; null where none was put yet.
   * @throws TillError MODEL_UNREADABLE
   */
  current(): OpenModel | null {
    const [name] = this.#pointer();
    if (name === undefined) return null;
    const file = join(this.#folder, name + MODEL_ENDING);
    return { name, file, bytes: openModelFile(file) };
  }

  /**
   * The model before the one in use takes its place again; done twice, all is as it was.
   * @returns its name; null where there is none: the first model, or one the purge has taken
   */
  goBack(): string | null {
    const [inUse, before] = this.#pointer();
    if (inUse === undefined || before === undefined) return null;
    if (!existsSync(join(this.#folder, before + MODEL_ENDING))) return null;
    this.#putFile(POINTER, Buffer.from(`${before}\n${inUse}\n`, 'utf8'));
    return before;
  }

  /** The one in use and the one before it, as far as they are there. @throws TillError MODEL_UNREADABLE */
  all(): readonly StoredModel[] {
    return this.#pointer()
      .filter((name) => existsSync(join(this.#folder, name + MODEL_ENDING)))
      .map((name) => {
        const file = join(this.#folder, name + MODEL_ENDING);
        return { name, file, bytes: readFileSync(file) };
      });
  }

  /** Each model in other words and under another name; one that `rewritten` answers null for goes. */
  rewrite(rewritten: (model: StoredModel) => Uint8Array | null): void {
    const before = this.all();
    const names = before.flatMap((model) => {
      const bytes = rewritten(model);
      if (bytes === null) return [];
      const name = nextName(model.name);
      const card = join(this.#folder, model.name + CARD_ENDING);
      const words = existsSync(card) ? readFileSync(card, 'utf8').replaceAll(model.name, name) : '';
      this.#putFile(name + CARD_ENDING, Buffer.from(words, 'utf8'));
      this.#putFile(name + MODEL_ENDING, bytes);
      return [name];
    });
    if (names.length > 0) this.#putFile(POINTER, Buffer.from(`${names.join('\n')}\n`, 'utf8'));
    else rmSync(join(this.#folder, POINTER), { force: true });
    for (const { name } of before) this.#remove(name);
  }

  /** Cheap: asked now and then, to see whether training has put another one in place. */
  currentName(): string | null {
    return this.#pointer()[0] ?? null;
  }

  /**
   * A model holds what customers bought, so the purge forgets here too: the model before the one in use once it `isOld`, and both
   * once the one in use `isForgotten`.
   */
  forget(by: { isOld: (name: string) => boolean; isForgotten: (name: string) => boolean }): void {
    const names = this.#pointer();
    const [inUse = null] = names;
    const isAll = inUse !== null && by.isForgotten(inUse);
    if (isAll) rmSync(join(this.#folder, POINTER), { force: true });
    // These by name and no others: a training may be putting the next one in place just now.
    for (const name of isAll ? names : names.slice(1).filter(by.isOld)) {
      this.#remove(name);
    }
  }

  /** The names of the model in use and of the one before it. */
  #pointer(): readonly string[] {
    const file = join(this.#folder, POINTER);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (thrown) {
      const error = toError(thrown);
      if ('code' in error && error.code === 'ENOENT') return [];
      throw new TillError('MODEL_UNREADABLE', { file, problem: error.message }, { cause: thrown });
    }
    const names = text.split('\n').filter((line) => line !== '');
    if (names.length === 0 || !names.every((name) => NAME.test(name))) {
      throw new TillError('MODEL_UNREADABLE', { file, problem: 'it does not name a model' });
    }
    return names;
  }

  #putFile(name: string, bytes: Uint8Array): void {
    const target = join(this.#folder, name);
    const draft = `${target}.${process.pid}.tmp`;
    writeFileSync(draft, bytes, { mode: 0o600 });
    putInPlace({ draft, file: target });
  }

  #remove(name: string): void {
    for (const ending of [MODEL_ENDING, CARD_ENDING]) rmSync(join(this.#folder, name + ending), { force: true });
  }

  #removeAllBut(names: readonly string[]): void {
    const kept = new Set(names.flatMap((name) => [name + MODEL_ENDING, name + CARD_ENDING]));
    for (const file of readdirSync(this.#folder)) {
      const isOurs = [MODEL_ENDING, CARD_ENDING, '.tmp'].some((ending) => file.endsWith(ending));
      if (isOurs && !kept.has(file) && !isBeingWritten(file)) rmSync(join(this.#folder, file), { force: true });
    }
  }
}

/** "….model.4711.tmp": the draft of another training that runs right now. */
function isBeingWritten(file: string): boolean {
  const [, pid = null] = /\.(\d+)\.tmp$/.exec(file) ?? [];
  return pid !== null && isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    const error = toError(thrown);
    return 'code' in error && error.code === 'EPERM';
  }
}

/** "model-2026-11-22-1763769600000" → "…-r1" → "…-r2" */
function nextName(name: string): string {
  const [, base = name, count = '0'] = /^(.*?)(?:-r(\d+))?$/.exec(name) ?? [];
  return `${base}-r${Number(count) + 1}`;
}
