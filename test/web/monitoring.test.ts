// Alerts and dashboard ask only for what a till has, by labels and values it has, and every metric a till has is documented.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openDesk } from './open-desk.ts';

const FOLDER = join(import.meta.dirname, '../../packaging/monitoring');
const file = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** Type by name, and the label sets each metric has been seen with. */
type Metrics = {
  readonly types: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
};

let till: Metrics;
beforeAll(async () => {
  const { text } = await request(openDesk().web.handle).get('/metrics').expect(200);
  const types = new Map(
    [...text.matchAll(/^# TYPE (tillcat_\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const labels = new Map<string, Map<string, Set<string>>>();
  for (const [, name = '', inner = ''] of text.matchAll(/^(tillcat_\w+)(?:\{([^}]*)\})? /gm)) {
    const seen = labels.get(name) ?? new Map<string, Set<string>>();
    labels.set(name, seen);
    for (const [, label = '', value = ''] of inner.matchAll(/(\w+)="([^"]*)"/g))
      seen.set(label, (seen.get(label) ?? new Set()).add(value));
  }
  till = { types, labels };
});

const named = (text: string) =>
  new Set([...text.matchAll(/tillcat_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')));

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string().min(10), action: z.string().min(10) }),
        }),
      ),
    }),
  ),
});
const alerts = rulesSchema.parse(parse(file('alerts.yaml'))).groups.flatMap(({ rules }) => rules);

function exprsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'expr' && typeof inner === 'string' ? [inner] : exprsOf(inner),
  );
}
const panels = exprsOf(JSON.parse(file('dashboard.json')));
const everyExpr = [...alerts.map(({ expr }) => expr), ...panels].map((expr) => [expr] as const);

test.each(['alerts.yaml', 'dashboard.json', 'README.md'])('%s names only metrics there are', (name) => {
  expect([...named(file(name))].filter((metric) => !till.types.has(metric))).toEqual([]);
});

test('every metric of a till is documented, with its kind and labels', () => {
  const rows = new Map(
    file('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `tillcat_'))
      .flatMap((line) => {
        const [, names = '', kind = '', labels = ''] = line.split('|').map((cell) => cell.trim());
        return [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, { kind, labels }] as const);
      }),
  );
  expect([...rows.keys()].sort()).toEqual([...till.types.keys()].sort());
  for (const [name, type] of till.types) {
    expect(rows.get(name)?.kind, name).toBe(type);
    for (const label of till.labels.get(name)?.keys() ?? []) expect(rows.get(name)?.labels, name).toContain(label);
  }
});

describe.each(everyExpr)('%s', (expr) => {
  test('grows only what is counted', () => {
    for (const [, name = ''] of expr.matchAll(/(?:rate|increase)\((tillcat_\w+)/g)) {
      const type = till.types.get(name.replace(/_bucket$/, ''));
      expect(type, name).toBe(name.endsWith('_bucket') ? 'histogram' : 'counter');
    }
  });

  test('asks by labels and values that a till has', () => {
    for (const [, name = '', inner = ''] of expr.matchAll(/(tillcat_\w+)\{([^}]*)\}/g)) {
      for (const [, label = '', how = '', value = ''] of inner.matchAll(/(\w+)(=~|!=|!~|=)"([^"]*)"/g)) {
        // Prometheus's own, and the dashboard's variables.
        if (['job', 'instance'].includes(label) || value.includes('$')) continue;
        const values = till.labels.get(name)?.get(label);
        expect(values, `${name} has no label ${label}`).toBeDefined();
        for (const one of how.includes('~') ? value.split('|') : [value]) expect([...(values ?? [])]).toContain(one);
      }
    }
  });
});

test('each alert has a name of its own and says what is the matter, where, and what to do', () => {
  expect(alerts.length).toBeGreaterThan(7);
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { alert, annotations } of alerts) expect(annotations.summary, alert).toContain('$labels.instance');
});

describe.skipIf(spawnSync('promtool', ['--version']).status !== 0)('where Prometheus is installed', () => {
  const promtool = (...args: readonly string[]) => spawnSync('promtool', args, { encoding: 'utf8' });

  test('it takes the rules', () => {
    const { status, stdout, stderr } = promtool('check', 'rules', join(FOLDER, 'alerts.yaml'));
    expect(status, `${stdout}${stderr}`).toBe(0);
  });

  test('a till that is well is silent, and faults are told after their time', () => {
    const { status, stdout, stderr } = promtool('test', 'rules', join(import.meta.dirname, 'alerts.promtool.yaml'));
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});
