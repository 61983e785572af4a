// The file to import, copied aside whole before anything is stored: what was checked is then what is stored.
import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TillError } from '../../domain/till-error.ts';
import { toError } from '../../domain/to-error.ts';

const COPY_BYTES = 65_536;
/** Small, so that few lines are alive at once: V8 then keeps its young generation small, a hundred megabytes less (measured). */
const TEXT_BYTES = 8192;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Has no name in its folder any more: a killed import leaves nothing behind. */
export type SourceCopy = {
  /** The name errors speak of. */
  readonly file: string;
  readonly isGzip: boolean;
  readonly bytes: number;
  readonly handle: FileHandle;
};

/** @throws TillError FILE_UNREADABLE, IMPORT_FILE_CHANGED, IMPORT_COPY_FAILED */
export async function copyAside(from: { file: string; folder: string; signal: AbortSignal }): Promise<SourceCopy> {
  const source = await open(from.file, 'r').catch((thrown: unknown) => refuse(from.file, thrown));
  try {
    const before = await source.stat();
    if (before.isDirectory()) throw new TillError('FILE_UNREADABLE', { file: from.file, problem: 'it is a folder' });
    const handle = await openNameless(from.folder);
    try {
      const bytes = await copyBytes({ ...from, source, target: handle });
      const after = await source.stat();
      // A pipe has no size of its own to compare with.
      const isWhole =
        !before.isFile() || (bytes === before.size && after.size === bytes && after.mtimeMs === before.mtimeMs);
      if (!isWhole) {
        throw new TillError('IMPORT_FILE_CHANGED', { file: from.file, expectedBytes: before.size, readBytes: bytes });
      }
      return { file: from.file, isGzip: from.file.endsWith('.gz'), bytes, handle };
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  } finally {
    await source.close();
  }
}

/**
 * The text's bytes from the beginning, unpacked, without a byte order mark.
 * @throws TillError IMPORT_GZIP_TORN, IMPORT_GZIP_DAMAGED
 */
export async function* textOf(copy: SourceCopy): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  try {
    for await (const chunk of openText(copy)) {
      if (head === null) {
        yield asBuffer(chunk);
        continue;
      }
      head = Buffer.concat([head, asBuffer(chunk)]);
      if (head.length < BYTE_ORDER_MARK.length) continue;
      yield withoutMark(head);
      head = null;
    }
    if (head !== null && head.length > 0) yield withoutMark(head);
  } catch (thrown) {
    throw asGzipFault(thrown, copy.file);
  }
}

function openText(copy: SourceCopy): Readable {
  const packed = copy.handle.createReadStream({ start: 0, autoClose: false, highWaterMark: TEXT_BYTES });
  if (!copy.isGzip) return packed;
  // Whoever reads the last stream of a pipeline is told of every fault in it: there is nothing left to do here.
  return pipeline(packed, createGunzip({ chunkSize: TEXT_BYTES }), () => undefined);
}

async function openNameless(folder: string): Promise<FileHandle> {
  const name = join(folder, `.import-${randomUUID()}`);
  try {
    const handle = await open(name, 'wx+', 0o600);
    await unlink(name);
    return handle;
  } catch (thrown) {
    throw new TillError('IMPORT_COPY_FAILED', { folder, problem: toError(thrown).message }, { cause: thrown });
  }
}

async function copyBytes(from: {
  file: string;
  folder: string;
  source: FileHandle;
  target: FileHandle;
  signal: AbortSignal;
}): Promise<number> {
  const chunk = Buffer.alloc(COPY_BYTES);
  let bytes = 0;
  for (;;) {
    from.signal.throwIfAborted();
    const { bytesRead } = await from.source
      .read(chunk, 0, chunk.length, null)
      .catch((thrown: unknown) => refuse(from.file, thrown));
    if (bytesRead === 0) return bytes;
    await from.target.writeFile(chunk.subarray(0, bytesRead)).catch((thrown: unknown) => {
      const problem = toError(thrown).message;
      throw new TillError('IMPORT_COPY_FAILED', { folder: from.folder, problem }, { cause: thrown });
    });
    bytes += bytesRead;
  }
}

function refuse(file: string, thrown: unknown): never {
  throw new TillError('FILE_UNREADABLE', { file, problem: toError(thrown).message }, { cause: thrown });
}

function asGzipFault(thrown: unknown, file: string): Error {
  const error = toError(thrown);
  const code = 'code' in error ? error.code : null;
  if (code === 'Z_BUF_ERROR') return new TillError('IMPORT_GZIP_TORN', { file }, { cause: thrown });
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new TillError('IMPORT_GZIP_DAMAGED', { file, problem: error.message }, { cause: thrown });
  }
  return error;
}

function withoutMark(head: Buffer): Buffer {
  return head.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? head.subarray(BYTE_ORDER_MARK.length)
    : head;
}

function asBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new TypeError('A stream without an encoding gives buffers.');
}
