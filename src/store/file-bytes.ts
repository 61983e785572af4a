// A file that is read here and there and stays open meanwhile, even when it has been taken out of its folder.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import type { ByteSource } from '../recommender/byte-source.ts';

export type FileBytes = ByteSource & Disposable;

/** @throws TillError MODEL_UNREADABLE, now and whenever it is read from */
export function openModelFile(file: string): FileBytes {
  const unreadable = (thrown: unknown): TillError =>
    new TillError('MODEL_UNREADABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  const or = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (thrown) {
      throw unreadable(thrown);
    }
  };
  const handle = or(() => openSync(file, 'r'));
  const length = or(() => fstatSync(handle).size);
  const read = (into: Uint8Array, at: number): void => {
    for (let done = 0; done < into.length;) {
      const got = readSync(handle, into, done, into.length - done, at + done);
      if (got === 0) throw new Error(`it ends after ${at + done} bytes`);
      done += got;
    }
  };
  return {
    length,
    // Hundreds of times a decision: without a function made for each.
    read: (into, at) => {
      try {
        read(into, at);
      } catch (thrown) {
        throw unreadable(thrown);
      }
    },
    take: (at, count) => {
      const bytes = new Uint8Array(count);
      or(() => read(bytes, at));
      return bytes;
    },
    [Symbol.dispose]: () => closeSync(handle),
  };
}
