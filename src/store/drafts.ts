// Files written beside their names before they take them: what is long is on the disk by then, and taking the names is quick.
import { rmSync, writeFileSync } from 'node:fs';
import { toError } from '../domain/to-error.ts';
import { putInPlace, syncFile } from './durable-file.ts';

export const DRAFT_ENDING = '.tmp';

/** Those that have not taken their names are gone once this is disposed. */
export type Drafts = Disposable & { readonly putInPlace: () => void };

/** Readable by the owner alone; on the disk, in this order, when it returns. */
export function writeDrafts(files: readonly { file: string; bytes: Uint8Array }[]): Drafts {
  const drafts: { readonly file: string; readonly draft: string }[] = [];
  const remove = (): void => {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  };
  try {
    for (const { file, bytes } of files) {
      const draft = `${file}.${process.pid}${DRAFT_ENDING}`;
      drafts.push({ file, draft });
      writeFileSync(draft, bytes, { mode: 0o600 });
      syncFile(draft);
    }
  } catch (thrown) {
    remove();
    throw toError(thrown);
  }
  return { putInPlace: () => drafts.forEach(putInPlace), [Symbol.dispose]: remove };
}

/** "….model.4711.tmp": the draft of another process that runs right now. */
export function isBeingWritten(file: string): boolean {
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
