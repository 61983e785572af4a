// What `tillcat status` makes of the daemon's own answer.
import request from 'supertest';
import { expect, test } from 'vitest';
import { isServing, statusScreen } from '../../src/cli/status-screen.ts';
import { tellStatus } from '../../src/cli/status.ts';
import { statusSchema } from '../../src/web/status-answer.ts';
import { openDesk } from '../web/open-desk.ts';

test('the daemon answers, and the command says in one line how it is', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle).get('/api/v1/status').expect(200);
  expect(tellStatus(answer.body)?.line).toMatch(/^(ready|degraded): printer ready · scanner ready · \d+ customers/);
});

test('an answer that is not TillCAT’s is not taken for one', () => {
  expect(tellStatus({ state: 'ready' })).toBeNull();
});

test('everything stands on one screen, each line with its till', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle).get('/api/v1/status').expect(200);
  const lines = statusScreen(answer.body) ?? [];
  expect(lines.length).toBeGreaterThan(7);
  expect(lines.length).toBeLessThan(25);
  expect(lines.filter((line) => !/^till \d\d [a-z]+ +\S/.test(line))).toEqual([]);
});

test('a model of the future is not said to be 0 days old', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle).get('/api/v1/status').expect(200);
  const body = statusSchema.parse(answer.body);
  const modelRow = (asOf: string) => {
    const model = body.model === null ? null : { ...body.model, asOf };
    const clock = { ...body.clock, now: '2008-04-18T09:00:00Z' };
    return statusScreen({ ...body, clock, model })?.find((line) => line.includes(' model '));
  };
  expect(modelRow('2008-04-18T08:00:00Z')).toContain('0 days old');
  expect(modelRow('2008-05-16T00:00:00Z')).toMatch(/of the future: as of 2008-05-16/);
});

test('a strip that prints or is waited for is a customer being served', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle).get('/api/v1/status').expect(200);
  const body = statusSchema.parse(answer.body);
  expect(isServing({ ...body, queueLength: 0, lastVisits: [] })).toBe(false);
  expect(isServing({ ...body, queueLength: 1 })).toBe(true);
  expect(isServing({ ...body, printer: { ...body.printer, state: 'printing' } })).toBe(true);
  const held = { visit: 'V', at: '2026-11-22T16:00:00Z', outcome: 'queued', end: null, coupons: 0 };
  expect(isServing({ ...body, queueLength: 0, lastVisits: [held] })).toBe(true);
});

test('an older daemon, which says less, is asked whether it serves somebody all the same: an upgrade waits for it', () => {
  const visit = { visit: 'V', at: '2026-11-22T16:00:00Z', outcome: 'printing', end: null };
  const said = { state: 'ready', queueLength: 0, lastVisits: [visit], printer: { state: 'printing' } };
  expect(isServing(said)).toBe(true);
  expect(isServing({ ...said, printer: { state: 'ready' } })).toBe(false);
});
