// The printer takes every byte and says nothing: bytes that left are no paper, and nobody waits for ever.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { results } from '../printer/a-till-printer.ts';
import { NOTHING, printerOn } from './a-printer-on-a-cable.ts';
import { holdsBeforeTheFirstByte, holdsInAStrip } from './what-must-hold.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { tcpTransport } from '../../src/printer/tcp.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { SHORT_LIMITS } from './cables.ts';

const told = { fault: { deaf: true }, state: 'silent' };
holdsBeforeTheFirstByte(told);
holdsInAStrip(told);

it('a network port that accepts and never reads gets no strip, and is called silent', async () => {
  const held: Socket[] = [];
  const server = createServer((socket) => {
    socket.pause();
    socket.on('error', () => undefined);
    held.push(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  await using lent = await printerOn('the fake');
  const { profile } = lent.printer;
  const limits = SHORT_LIMITS;
  const transport = tcpTransport({ host: '127.0.0.1', port, clock: realClock, limits });
  const printer = new EscposPrinter({ profile, transport, clock: realClock, limits, startsAfterBreak: false });
  const fromMs = performance.now();
  const refused = await printer.print(lent.job);
  expect(performance.now() - fromMs).toBeLessThan(30_000);
  expect(results(refused)).toEqual(NOTHING);
  expect(refused).toMatchObject({ end: 'failed', bytes: 0, status: { state: 'silent' } });
  for (const socket of held) socket.destroy();
  server.close();
});
