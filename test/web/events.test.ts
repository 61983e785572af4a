// The stream of events: what a listener hears, how many there may be, and how it ends.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toError } from '../../src/domain/to-error.ts';
import { isTillError } from '../../src/domain/till-error.ts';
import { shopEventSchema } from '../../src/web/status-answer.ts';
import { WEB_LIMITS } from '../../src/web/limits.ts';
import type { Listening } from '../../src/web/listen.ts';
import { listen } from '../../src/web/listen.ts';
import type { OpenDesk } from './open-desk.ts';
import { FAMILY, openDesk } from './open-desk.ts';

/** Everything heard so far, and a wait for more. */
class Hearing {
  readonly answer: IncomingMessage;
  text = '';

  constructor(answer: IncomingMessage) {
    this.answer = answer;
    answer.setEncoding('utf8').on('error', () => {});
    answer.on('data', (chunk: string) => (this.text += chunk));
  }

  async until(words: string): Promise<string> {
    while (!this.text.includes(words)) await once(this.answer, 'data');
    return this.text;
  }
}

describe('the events of the shop', () => {
  let open: OpenDesk;
  let stop: AbortController;
  let listening: Listening;

  beforeEach(async () => {
    open = openDesk();
    stop = new AbortController();
    listening = await listen({ ...open, host: '127.0.0.1', port: 0, signal: stop.signal });
  });
  afterEach(async () => {
    stop.abort();
    await listening.stopped;
  });

  async function hear(): Promise<Hearing> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    get(`${listening.address}/api/v1/events`, { agent: false }, resolve).on('error', reject);
    return new Hearing(await promise);
  }

  it('are heard as they happen, each as its schema says', async () => {
    const heard = await hear();
    expect(heard.answer.headers['content-type']).toContain('text/event-stream');
    await heard.until('retry: 2000');
    await open.desk.scan({ card: FAMILY, source: 'http' });
    const text = await heard.until('event: strip-ended');
    const events = [...text.matchAll(/^data: (.*)$/gm)].map((match) =>
      shopEventSchema.parse(JSON.parse(match[1] ?? '')),
    );
    expect(events.map((event) => event.kind)).toEqual(['visit', 'strip-begun', 'strip-ended']);
    expect(text).not.toContain(FAMILY);
    heard.answer.destroy();
  });

  it('are kept alive by a heartbeat while anybody listens, and by nothing afterwards', async () => {
    const heard = await hear();
    await heard.until('retry');
    await open.clock.advance(WEB_LIMITS.eventHeartbeatMs);
    await heard.until(': still here');
    expect(open.clock.pendingCount).toBe(1);
    heard.answer.destroy();
    // Each round trip gives the server a turn to notice that the listener has gone.
    while (open.clock.pendingCount > 0) await fetch(`${listening.address}/healthz`);
  });

  it('have a bounded number of listeners', async () => {
    const answers = [];
    for (let i = 0; i < WEB_LIMITS.eventClients; i++) answers.push((await hear()).answer);
    const refused = (await hear()).answer;
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('30');
    refused.destroy();
    for (const answer of answers) answer.destroy();
  });

  it('end cleanly when the daemon stops', async () => {
    const heard = await hear();
    await heard.until('retry');
    const ended = once(heard.answer, 'end');
    stop.abort();
    await ended;
    await listening.stopped;
    expect(open.clock.pendingCount).toBe(0);
  });

  it('do not keep the daemon from stopping beside a connection that sends nothing', async () => {
    const socket = connect(listening.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /api/v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n');
    await fetch(`${listening.address}/healthz`);
    stop.abort();
    const closed = once(socket, 'close');
    socket.on('error', () => {}).resume();
    await open.clock.advance(WEB_LIMITS.stopMs);
    await closed;
    await listening.stopped;
  });

  it('have a port of their own: a taken one is named', async () => {
    const again = listen({ ...openDesk(), host: '127.0.0.1', port: listening.port, signal: stop.signal });
    const thrown = await again.then(
      () => null,
      (error: unknown) => toError(error),
    );
    expect(isTillError(thrown, 'WEB_PORT_TAKEN')).toBe(true);
    expect(thrown?.message).toContain(String(listening.port));
  });
});
