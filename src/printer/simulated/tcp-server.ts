// The simulated printer behind a network port, for trying out a "network printer" and for tests of the whole.
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { SimulatedPrinter } from './simulated-printer.ts';

export type SimulatedPrinterServer = { readonly port: number; readonly close: () => Promise<void> };

/** Port 0 takes any free one. */
export function serveSimulatedPrinter({ printer, host, port }: ServedPrinter): Promise<SimulatedPrinterServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    connectPrinter(printer, socket);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => {
        resolve();
      });
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({ port: address !== null && typeof address === 'object' ? address.port : port, close });
    });
  });
}

/** Only the printer's socket is needed: what is put between may listen in. */
export type ServedPrinter = {
  readonly printer: Pick<SimulatedPrinter, 'attach'>;
  readonly host: string;
  readonly port: number;
};

function connectPrinter(printer: ServedPrinter['printer'], socket: Socket): void {
  socket.setNoDelay(true);
  // The host may go away at any moment; 'close' follows and says it.
  socket.on('error', () => undefined);
  const cable = printer.attach({
    answer: (bytes) => socket.write(bytes),
    drop: () => socket.resetAndDestroy(),
  });
  if (cable === null) {
    socket.resetAndDestroy();
    return;
  }
  socket.on('data', (bytes) => {
    // No more is read while the printer takes no more: that is how the host comes to feel it.
    socket.pause();
    void cable.receive(bytes).then(() => socket.resume());
  });
  socket.on('close', () => {
    cable.detach();
  });
}
