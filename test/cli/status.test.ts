// What `tillcat status` makes of the daemon's own answer.
import request from 'supertest';
import { expect, test } from 'vitest';
import { tellStatus } from '../../src/cli/status.ts';
import { openDesk } from '../web/open-desk.ts';

test('the daemon answers, and the command says in one line how it is', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle).get('/api/v1/status').expect(200);
  expect(tellStatus(answer.body)?.line).toMatch(/^(ready|degraded): printer ready · scanner ready · \d+ customers/);
});

test('an answer that is not TillCAT’s is not taken for one', () => {
  expect(tellStatus({ state: 'ready' })).toBeNull();
});
