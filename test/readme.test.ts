// What README, CONTRIBUTING and CHANGELOG say is there is there: commands, keys and their defaults, calls, files.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import request from 'supertest';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commands } from '../src/cli/commands.ts';
import { parseConfig } from '../src/config/load-config.ts';
import { configSchema } from '../src/config/schema.ts';
import { redemptionAnswerSchema } from '../src/web/redemption-answer.ts';
import { basketAnswerSchema } from '../src/web/till-routes.ts';
import { visitAnswerSchema } from '../src/web/visit-answer.ts';
import { openDesk } from './web/open-desk.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'hardware/wiring.md', 'systemd/README.md'];

const textOf = (document: string): string => readFileSync(join(ROOT, document), 'utf8');

function fences(language: string): string[] {
  const all = README.matchAll(/^( *)```(\w*)\n(.*?)^ *```$/gms);
  return [...all].filter((found) => found[2] === language).map((found) => found[3] ?? '');
}

/** The rows under a heading, each the cells of a table, without the table's head. */
function rowsUnder(heading: string): string[][] {
  const section = README.split(/^##+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}

const bare = (cell: string): string => cell.replaceAll('`', '');

function leaves(value: unknown, path = ''): Map<string, unknown> {
  const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value) && path !== 'policy.categories';
  if (!isBranch) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]),
  );
}

test('README tells every command there is, and none that is not', () => {
  const told = rowsUnder('Commands').map(([name = '']) => bare(name));
  expect(told).toEqual(commands.map(({ name }) => name));
});

test('every option README names in the table of commands exists', () => {
  for (const [name = '', does = ''] of rowsUnder('Commands')) {
    const options = commands.find((command) => command.name === bare(name))?.options ?? {};
    for (const [, option = ''] of does.matchAll(/--([a-z-]+)/g)) expect(Object.keys(options)).toContain(option);
  }
});

test.each(DOCUMENTS)('every command and script that %s lets one type exists', (document) => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(textOf('package.json')));
  for (const [, script = ''] of textOf(document).matchAll(/npm run ([a-z0-9:-]+)/g))
    expect(scripts).toHaveProperty([script]);
  for (const [, words = ''] of textOf(document).matchAll(
    /(?:bin\/|`)tillcat (?:--config \S+ )?([a-z][a-z-]*(?: [a-z]+)?)/g,
  )) {
    const names = [words, words.split(' ')[0] ?? ''];
    expect(
      commands.some(({ name }) => names.includes(name)),
      words,
    ).toBe(true);
  }
});

test('every configuration in README is one the program takes', () => {
  const examples = fences('yaml');
  expect(examples.length).toBeGreaterThan(1);
  for (const yaml of examples) expect(() => parseConfig({ yaml, file: 'README.md' }), yaml).not.toThrow();
});

test('README names every key of the configuration with the default it has', () => {
  const told = rowsUnder('Configuration').map(([key = '', value = '']): [string, unknown] => [
    bare(key),
    parse(bare(value)),
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(leaves(configSchema.parse({}))));
});

test('the answers shown to the integrator are answers the program gives', () => {
  const [scan, basket, redemption, stripScan] = fences('json').map((json): unknown => JSON.parse(json));
  for (const answer of [scan, stripScan]) expect(() => visitAnswerSchema.parse(answer)).not.toThrow();
  expect(() => basketAnswerSchema.parse(basket)).not.toThrow();
  expect(() => redemptionAnswerSchema.parse(redemption)).not.toThrow();
});

test('every call README names is in the OpenAPI document', async () => {
  const { web } = openDesk();
  const answer = await request(web.handle).get('/openapi.json').expect(200);
  const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(answer.body);
  const named = [...README.matchAll(/\/api\/v1\/[a-z]+(?:\/[a-z0-9-]+)*/g)].map(([path]) =>
    path.replace(/visits\/[^/]*/, 'visits/{id}'),
  );
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(named));
});

test.each(DOCUMENTS)('every link in %s leads to a file or a heading', (document) => {
  const text = textOf(document);
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) => slug(words));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(([, link, image]) => link ?? image ?? '');
  for (const link of links.filter((one) => !one.startsWith('http'))) {
    if (link.startsWith('#')) expect(headings, document).toContain(link.slice(1));
    else expect(existsSync(join(ROOT, dirname(document), link.split('#')[0] ?? '')), link).toBe(true);
  }
});

test.each(['README.md', 'CONTRIBUTING.md'])('every file %s names exists', (document) => {
  const named = textOf(document).matchAll(/\b(?:src|test|bench|hardware|systemd|models)\/[\w./-]*[\w/]/g);
  for (const [file] of named) expect(existsSync(join(ROOT, file)), file).toBe(true);
});

/** A heading's name in a link, as GitHub makes it. */
function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
