// One daemon for one data folder: a lock that dies with its process, however that dies.
//
// An abstract socket of Linux (unix(7)) named after the folder's device and inode: only one process can listen on it,
// links and bind mounts lead to the same name, and there is no stale file to judge after a power cut. It holds among the
// processes of one network namespace; containers that share a folder must not share the till.
import { statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { TillError } from '../domain/till-error.ts';
import { SYSTEM_LIMITS } from './limits.ts';

/** Held until it is disposed or the process ends. */
export type FolderLock = AsyncDisposable;

/** The folder must exist. @throws TillError FOLDER_IN_USE */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const { dev, ino } = statSync(folder);
  const name = `\0tillcat-folder-${dev}-${ino}`;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  if (!(await listen({ server, name }))) throw new TillError('FOLDER_IN_USE', { folder, holder: await holderOf(name) });
  server.unref();
  return {
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** False where another process listens. */
function listen({ server, name }: { server: Server; name: string }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ path: name }, () => resolve(true));
  });
}

/** "process 1234", asked of the holder itself. */
function holderOf(name: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ path: name });
    let answer = '';
    const end = () => {
      socket.destroy();
      resolve(/^\d+$/.test(answer) ? `process ${answer}` : 'another process');
    };
    socket.setTimeout(SYSTEM_LIMITS.lockHolderMs, end);
    socket.on('data', (bytes) => (answer += bytes.toString('latin1').slice(0, 20)));
    socket.on('close', end);
    socket.on('error', end);
  });
}
