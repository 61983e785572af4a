// Peers that open connections and dribble: others are served meanwhile, and the limits that cut them off are set.
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { realClock } from '../../src/system/real-clock.ts';
import { WEB_LIMITS } from '../../src/web/limits.ts';
import { listen } from '../../src/web/listen.ts';
import { openDesk } from '../web/open-desk.ts';

it('serves the till while a hundred peers send a header that never ends', async () => {
  const stop = new AbortController();
  const { web } = openDesk();
  const { port, stopped } = await listen({ web, host: '127.0.0.1', port: 0, clock: realClock, signal: stop.signal });
  const slow = await Promise.all(
    Array.from(
      { length: 100 },
      () =>
        new Promise<ReturnType<typeof connect>>((resolve) => {
          const socket = connect({ host: '127.0.0.1', port }, () => {
            socket.write('POST /api/v1/scans HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
            resolve(socket);
          });
          socket.on('error', () => undefined);
        }),
    ),
  );
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(answer.status).toBe(200);
  for (const socket of slow) socket.destroy();
  stop.abort();
  await stopped;
});

it('gives nobody longer than the till would wait', () => {
  expect(WEB_LIMITS.headersMs).toBeLessThanOrEqual(5_000);
  expect(WEB_LIMITS.requestMs).toBeLessThanOrEqual(10_000);
  expect(WEB_LIMITS.connections).toBeLessThanOrEqual(128);
});
