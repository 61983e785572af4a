// The local API against pages in a browser on the same machine, and against whoever sends too much or asks for files.
import request from 'supertest';
import { describe, expect, it, test } from 'vitest';
import { FAMILY, openDesk } from '../web/open-desk.ts';

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
