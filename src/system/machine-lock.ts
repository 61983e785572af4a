// A name only one process of this machine can hold, and that dies with its process, however that dies.
//
// An abstract socket of Linux (unix(7)): there is no stale file to judge after a power cut. It holds among the processes of
// one network namespace.
import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { SYSTEM_LIMITS } from './limits.ts';

/** Held until it is disposed or the process ends. */
export type MachineLock = AsyncDisposable;

/** The lock, or who has it: "process 1234". */
export async function takeName(name: string): Promise<MachineLock | { readonly holder: string }> {
  // Socket names end after 107 bytes; device paths may be longer.
  const path = `\0tillcat-${name.length <= 80 ? name : createHash('sha256').update(name).digest('hex')}`;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  if (!(await listen({ server, path }))) return { holder: await holderOf(path) };
  server.unref();
  return {
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** False where another process listens. */
function listen({ server, path }: { server: Server; path: string }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ path }, () => resolve(true));
  });
}

/** Asked of the holder itself. */
function holderOf(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ path });
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
