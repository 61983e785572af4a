// Who may talk to the till at all.
import request from 'supertest';
import { describe, expect, it, test } from 'vitest';
import { isLoopback } from '../../src/domain/loopback.ts';
import { errorOf, FAMILY, openDesk } from './open-desk.ts';

const scan = { card: FAMILY };

describe('the name a request is sent to', () => {
  test.each(['localhost', 'localhost:8090', '127.0.0.1:9', '[::1]:8090', 'LOCALHOST', 'kassa-1.kauppa.example'])(
    'may be %s',
    async (host) => {
      const { web } = openDesk({ names: ['kassa-1.kauppa.example'] });
      await request(web.handle).get('/healthz').set('Host', host).expect(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '192.168.1.5',
    'localhost:8090@evil.example',
    '127.0.0.1.nip.io',
    '[::1',
    '',
  ])('may not be "%s", whatever is asked for', async (host) => {
    const { web, desk } = openDesk();
    for (const path of ['/', '/healthz', '/api/v1/status', '/nothing']) {
      const answer = await request(web.handle).get(path).set('Host', host).expect(421);
      expect(errorOf(answer.body).code).toBe('HOST_UNKNOWN');
    }
    await request(web.handle).post('/api/v1/scans').set('Host', host).send(scan).expect(421);
    expect(desk.lastStrip()).toBeNull();
  });

  it('may be the address the connection came in on', async () => {
    const { web } = openDesk({ host: '0.0.0.0', token: 'secret' });
    await request(web.handle).get('/healthz').set('Host', '127.0.0.1:8090').expect(200);
    await request(web.handle).get('/healthz').set('Host', '0.0.0.0').expect(200);
    await request(web.handle).get('/healthz').set('Host', '10.0.0.1').expect(421);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.5', false],
    ['127.evil.example', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('the page a request comes from', () => {
  test.each([
    ['a foreign page', { Origin: 'https://evil.example' }],
    ['a page without origin', { Origin: 'null' }],
    ['another port of this machine', { Origin: 'http://localhost:9999' }],
    ['a foreign site by its fetch metadata', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { Origin: 'http://localhost:8090', 'Sec-Fetch-Site': 'same-site' }],
  ])('may not be %s', async (_name, headers) => {
    const { web, desk } = openDesk();
    const answer = await request(web.handle)
      .post('/api/v1/scans')
      .set('Host', 'localhost:8090')
      .set(headers)
      .send(scan)
      .expect(403);
    expect(errorOf(answer.body).code).toBe('ORIGIN_FOREIGN');
    expect(desk.lastStrip()).toBeNull();
  });

  it('may be our own', async () => {
    const { web } = openDesk();
    await request(web.handle)
      .post('/api/v1/scans')
      .set({ Host: 'localhost:8090', Origin: 'http://localhost:8090', 'Sec-Fetch-Site': 'same-origin' })
      .send(scan)
      .expect(200);
  });

  it('is never told that it may read what we answer', async () => {
    const { web } = openDesk();
    const preflight = await request(web.handle)
      .options('/api/v1/scans')
      .set({ Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' })
      .expect(403);
    const get = await request(web.handle).get('/api/v1/status').set('Origin', 'https://evil.example').expect(200);
    for (const { headers } of [preflight, get]) expect(Object.keys(headers).join()).not.toContain('access-control');
  });
});

describe('the token', () => {
  it('must be configured where other machines can reach the till', () => {
    for (const host of ['0.0.0.0', '192.168.1.5', '::', 'kassa-1']) {
      expect(() => openDesk({ host })).toThrow(/no token is configured; set http.token/);
    }
  });

  it('is wanted for everything that tells or does something', async () => {
    const { web, desk } = openDesk({ host: '0.0.0.0', token: 'correct-horse' });
    for (const route of web.routes.filter((each) => each.access === 'token')) {
      const path = route.path.replace('{id}', '01-000001');
      const answer = await request(web.handle)[route.method](path).set('Host', 'localhost').expect(401);
      expect(errorOf(answer.body).code).toBe('TOKEN_MISSING');
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
    for (const path of ['/', '/healthz', '/openapi.json', '/pages/till.js', '/pages/texts/fi.json']) {
      const answer = await request(web.handle).get(path).set('Host', 'localhost').expect(200);
      expect(answer.text).not.toContain(desk.status().shop.name);
    }
  });

  test.each(['Bearer wrong', 'Bearer correct-horse-battery', 'Bearer ', 'Basic correct-horse', 'correct-horse'])(
    'is not "%s"',
    async (authorization) => {
      const { web } = openDesk({ token: 'correct-horse' });
      const answer = await request(web.handle).get('/api/v1/status').set('Authorization', authorization).expect(401);
      expect(JSON.stringify(answer.body)).not.toContain('correct-horse');
    },
  );

  it('opens the till', async () => {
    const { web } = openDesk({ token: 'correct-horse' });
    await request(web.handle).get('/api/v1/status').set('Authorization', 'Bearer correct-horse').expect(200);
  });

  it('is asked for before a body is read', async () => {
    const { web } = openDesk({ token: 'correct-horse' });
    await request(web.handle).post('/api/v1/scans').type('json').send('x'.repeat(400_000)).expect(401);
  });
});

it('every answer forbids framing, sniffing, keeping and inline scripts', async () => {
  const { web } = openDesk();
  for (const path of ['/', '/healthz', '/nothing', '/pages/till.js']) {
    const { headers } = await request(web.handle).get(path);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});
