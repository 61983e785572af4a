// The local API against pages in a browser on the same machine, and against whoever sends too much or asks for files.
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { describe, expect, it, test } from 'vitest';
import { realClock } from '../../src/system/real-clock.ts';
import { WEB_LIMITS } from '../../src/web/limits.ts';
import { listen } from '../../src/web/listen.ts';
import { FAMILY, openDesk } from '../web/open-desk.ts';

/** One chunk of a chunked body: 16 kB of digits. */
const CHUNK = `4000\r\n${'1'.repeat(0x4000)}\r\n`;

describe('a page that had its name moved to this machine (DNS rebinding)', () => {
  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'kassa'])(
    '%s learns nothing',
    async (host) => {
      const { web, desk } = openDesk();
      const before = desk.status().lastVisits.length;
      for (const ask of [
        request(web.handle).get('/api/v1/status'),
        request(web.handle).get('/'),
        request(web.handle).get('/metrics'),
        request(web.handle).post('/api/v1/scans').send({ card: FAMILY }),
      ]) {
        const answer = await ask.set('Host', host);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.text).not.toMatch(/customers|Kulmakauppa/);
      }
      expect(desk.status().lastVisits.length).toBe(before);
    },
  );
});

describe('a page of another origin (CSRF)', () => {
  it('can neither scan, redeem nor report a basket', async () => {
    for (const path of ['/api/v1/scans', '/api/v1/coupons/redeem', '/api/v1/baskets']) {
      const { web, desk } = openDesk();
      const answer = await request(web.handle).post(path).set('Origin', 'https://evil.example').send({ card: FAMILY });
      expect(answer.status).toBe(403);
      expect(desk.status().lastVisits).toEqual(openDesk().desk.status().lastVisits);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'can send no form: %s is not taken',
    async (type) => {
      const { web } = openDesk();
      const answer = await request(web.handle)
        .post('/api/v1/scans')
        .set('Content-Type', type)
        .send(`{"card":"${FAMILY}"}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );
});

test('a body larger than any basket is refused', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle)
    .post('/api/v1/scans')
    .set('Content-Type', 'application/json')
    .send(JSON.stringify({ card: '1'.repeat(300_000) }));
  expect(answer.status).toBe(413);
});

test('a body that hides its size and never ends is cut off', async () => {
  const { web, desk } = openDesk();
  const before = desk.status().lastVisits.length;
  const stop = new AbortController();
  const { port, stopped } = await listen({ web, host: '127.0.0.1', port: 0, clock: realClock, signal: stop.signal });
  const peer = connect({ host: '127.0.0.1', port });
  peer.on('error', () => undefined);
  peer.write('POST /api/v1/scans HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n');
  peer.write('Transfer-Encoding: chunked\r\n\r\n');
  const send = (): void => {
    while (!peer.destroyed && peer.write(CHUNK)) continue;
  };
  peer.on('drain', send);
  send();
  await new Promise((resolve) => peer.on('close', resolve));
  stop.abort();
  await stopped;
  // What lies in the sockets' own buffers is no more than a few megabytes.
  expect(peer.bytesWritten).toBeLessThan(20 * WEB_LIMITS.cutOffBytes);
  expect(desk.status().lastVisits.length).toBe(before);
});

test('a small body that unpacks into a large one is refused', async () => {
  const { web } = openDesk();
  const bomb = gzipSync(JSON.stringify({ card: '1'.repeat(5_000_000) }));
  expect(bomb.length).toBeLessThan(WEB_LIMITS.bodyBytes);
  const answer = await request(web.handle)
    .post('/api/v1/scans')
    .set('Content-Type', 'application/json')
    .set('Content-Encoding', 'gzip')
    .send(bomb);
  expect([413, 415]).toContain(answer.status);
});

test('headers larger than any browser sends are refused', async () => {
  const stop = new AbortController();
  const { web } = openDesk();
  const { address, stopped } = await listen({ web, host: '127.0.0.1', port: 0, clock: realClock, signal: stop.signal });
  const answer = await fetch(`${address}/healthz`, { headers: { 'X-Large': 'x'.repeat(20_000) } });
  stop.abort();
  await stopped;
  expect(answer.status).toBe(431);
});

test.each([
  '/../../../../etc/passwd',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/pages/../../../package.json',
  '/till.js/../../../../etc/passwd',
  '//etc/passwd',
  '/till.html%00.png',
])('a path out of the pages leads nowhere: %s', async (path) => {
  const { web } = openDesk();
  const answer = await request(web.handle).get(path);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.text).not.toMatch(/root:|"dependencies"/);
});
