// Alerts and dashboard ask only for metrics that a till has, and every metric a till has is documented.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openDesk } from './open-desk.ts';

const FOLDER = join(import.meta.dirname, '../../packaging/monitoring');
const file = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

async function metricsOfATill(): Promise<ReadonlySet<string>> {
  const { text } = await request(openDesk().web.handle).get('/metrics').expect(200);
  return new Set([...text.matchAll(/^# TYPE (tillcat_\w+) /gm)].map(([, name = '']) => name));
}

const named = (text: string) =>
  new Set([...text.matchAll(/tillcat_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')));

test.each(['alerts.yaml', 'dashboard.json', 'README.md'])('%s names only what there is', async (name) => {
  const there = await metricsOfATill();
  expect([...named(file(name))].filter((metric) => !there.has(metric))).toEqual([]);
});

test('every metric of a till is documented', async () => {
  const documented = named(file('README.md'));
  expect([...(await metricsOfATill())].filter((metric) => !documented.has(metric))).toEqual([]);
});

test('every alert says what to do', () => {
  const rules: unknown = parse(file('alerts.yaml'));
  const text = JSON.stringify(rules);
  expect(text.match(/"alert":/g)?.length).toBeGreaterThan(7);
  expect(text.match(/"action":/g)).toHaveLength(text.match(/"alert":/g)?.length ?? 0);
});
