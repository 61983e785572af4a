// State, health, figures and the document of all calls.
import request from 'supertest';
import { describe, expect, it, test } from 'vitest';
import type { DaemonState } from '../../src/web/desk.ts';
import { statusSchema } from '../../src/web/status-answer.ts';
import { FAMILY, openDesk } from './open-desk.ts';

it('the state is told as its schema says', async () => {
  const { web, desk, clock } = openDesk();
  desk.statusChange = {
    state: 'degraded',
    printer: { name: 'TM-T20III', isSimulated: false, status: { state: 'offline', why: 'no route' }, mismatch: null },
    scanner: { state: 'offline', why: '/dev/tillcat/scanner is not there' },
    clock: { state: 'doubtful', now: clock.now(), isReplay: true },
    model: null,
    sample: null,
  };
  const answer = await request(web.handle).get('/api/v1/status').expect(200);
  const status = statusSchema.strict().parse(answer.body);
  const printer = { name: 'TM-T20III', isSimulated: false, state: 'offline', why: 'no route', mismatch: null };
  expect(status.printer).toEqual(printer);
  expect(status.clock).toEqual({ state: 'doubtful', now: '2026-11-22T14:05:00.000Z', isReplay: true });
});

test.each<[DaemonState, number]>([
  ['ready', 200],
  ['degraded', 200],
  ['starting', 503],
  ['unable', 503],
  ['stopping', 503],
])('a daemon that is %s answers %i to the one who asks for its health', async (state, code) => {
  const { web, desk } = openDesk();
  desk.statusChange = { state };
  await request(web.handle)
    .get('/healthz')
    .expect(code, { canServe: code === 200, state, version: '0.1.0' });
});

describe('the figures', () => {
  const figures = async (web: ReturnType<typeof openDesk>['web']) =>
    (await request(web.handle).get('/metrics').expect(200)).text.split('\n');

  it('are there from the start, at nought', async () => {
    const lines = await figures(openDesk().web);
    for (const line of [
      'tillcat_visits_total{outcome="printing"} 0',
      'tillcat_redemptions_total{outcome="already-used"} 0',
      'tillcat_baskets_total{outcome="recorded"} 0',
      'tillcat_strips_total{end="unknown"} 0',
      'tillcat_coupons{state="redeemed"} 0',
      'tillcat_printer_ready 1',
      'tillcat_printer_state{state="ready"} 1',
      'tillcat_clock_doubtful 0',
      'tillcat_info{version="0.0.0-simulated",till="01"} 1',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('count what happens', async () => {
    const { web, desk } = openDesk();
    await desk.scan({ card: FAMILY, source: 'http' });
    await desk.scan({ card: FAMILY, source: 'http' });
    desk.redeem({ code: '1', basket: null, till: null });
    desk.sample.setFault('cover-open', true);
    const lines = await figures(web);
    for (const line of [
      'tillcat_visits_total{outcome="printing"} 1',
      'tillcat_visits_total{outcome="capped"} 1',
      'tillcat_strips_total{end="printed"} 1',
      'tillcat_redemptions_total{outcome="unknown-coupon"} 1',
      'tillcat_coupons{state="printed"} 6',
      'tillcat_decision_seconds_bucket{le="0.001"} 0',
      'tillcat_decision_seconds_bucket{le="0.002"} 1',
      'tillcat_scan_to_first_byte_seconds_bucket{le="0.01"} 1',
      'tillcat_printer_ready 0',
      'tillcat_printer_state{state="cover-open"} 1',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines).not.toContain('tillcat_printer_state{state="ready"} 1');
  });
});

describe('the document of all calls', () => {
  const HTTP_METHODS = ['get', 'post', 'put', 'patch', 'delete'];
  type Operation = {
    operationId: string;
    responses: Record<string, object>;
    parameters: { name: string; in: string }[];
  };
  type Document = {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: object };
  };

  async function document(): Promise<{ parsed: Document; text: string; open: ReturnType<typeof openDesk> }> {
    const open = openDesk();
    const answer = await request(open.web.handle).get('/openapi.json').expect(200);
    const parsed: Document = JSON.parse(answer.text) as Document;
    return { parsed, text: answer.text, open };
  }

  it('lists exactly what is answered, and the calls of the contract are among it', async () => {
    const { parsed, open } = await document();
    const listed = Object.entries(parsed.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    );
    expect(listed.sort()).toEqual(open.web.routes.map((route) => `${route.method} ${route.path}`).sort());
    expect(listed).toEqual(
      expect.arrayContaining([
        'post /api/v1/scans',
        'post /api/v1/baskets',
        'post /api/v1/coupons/redeem',
        'get /api/v1/visits/{id}',
        'get /api/v1/status',
        'get /api/v1/events',
        'get /healthz',
        'get /metrics',
      ]),
    );
    for (const [path, methods] of Object.entries(parsed.paths)) {
      for (const method of HTTP_METHODS.filter((each) => !(each in methods))) {
        const answer = await request(open.web.handle)[method as 'get'](path.replace('{id}', '01-000001'));
        expect(answer.status, `${method} ${path}`).toBe(405);
      }
    }
  });

  it('is written in OpenAPI 3.0: every reference leads somewhere, every call has a name, and no word of a later dialect is used', async () => {
    const { parsed, text } = await document();
    expect(parsed.openapi).toBe('3.0.3');
    const names = Object.values(parsed.paths).flatMap((methods) =>
      Object.values(methods).map((each) => each.operationId),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const [, reference = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1];
      expect(parsed.components.schemas, reference).toHaveProperty([name ?? '']);
    }
    expect(text).not.toMatch(/"(\$schema|\$defs|definitions|const|prefixItems|propertyNames)":/);
    expect(text).not.toMatch(/"type":\["/);
    for (const [path, methods] of Object.entries(parsed.paths)) {
      for (const operation of Object.values(methods)) {
        const inPath = operation.parameters.filter((each) => each.in === 'path').map((each) => `{${each.name}}`);
        expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', 'default']));
      }
    }
  });
});
