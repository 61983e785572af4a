// The files of config.d: what a fleet shares and what a till says of itself, laid over the one configuration.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { isTillError } from '../../src/domain/till-error.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-config-d-'));
  mkdirSync(join(folder, 'config.d'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const load = () => loadConfig({ configFile: join(folder, 'tillcat.yaml'), env: {}, cwd: folder });

function problemsOf(): readonly string[] {
  try {
    load();
  } catch (thrown) {
    if (isTillError(thrown, 'CONFIG_INVALID')) return thrown.details.problems;
    throw thrown;
  }
  return [];
}

test('the till’s file is laid over the fleet’s, and that over the shop’s', () => {
  write(
    'tillcat.yaml',
    'shop: { name: Kulmakauppa, language: fi }\ntill: { id: "01" }\nvisit: { patienceSeconds: 45 }',
  );
  write('config.d/10-fleet.yaml', 'shop: { language: sv }\nvisit: { daysBetweenStrips: 14 }');
  write('config.d/20-till.yaml', 'till: { id: "07" }');
  const { config, overlays } = load();
  expect(config.shop).toMatchObject({ name: 'Kulmakauppa', language: 'sv' });
  expect(config.visit).toMatchObject({ patienceSeconds: 45, daysBetweenStrips: 14 });
  expect(config.till.id).toBe('07');
  expect(overlays).toEqual([join(folder, 'config.d/10-fleet.yaml'), join(folder, 'config.d/20-till.yaml')]);
});

test('a device of another type takes the whole place of the one beneath', () => {
  write('tillcat.yaml', 'printer: { profile: epson-tm-t88v, transport: { type: file, path: /dev/tillcat/printer } }');
  write('config.d/till.yaml', 'printer: { transport: { type: tcp, host: 192.0.2.20 } }');
  expect(load().config.printer).toEqual({
    profile: 'epson-tm-t88v',
    logo: null,
    transport: { type: 'tcp', host: '192.0.2.20', port: 9100 },
  });
});

test('a list takes the place of the list beneath', () => {
  write('tillcat.yaml', 'cards: [ { prefix: "6340", length: 18 }, { prefix: "1", length: 8 } ]');
  write('config.d/till.yaml', 'cards: [ { prefix: "77", length: 10 } ]');
  expect(load().config.cards).toEqual([{ prefix: '77', length: 10, check: 'none' }]);
});

test('a misspelt key is told with its file and line', () => {
  write('tillcat.yaml', 'shop: { name: Kulmakauppa }');
  write('config.d/10-fleet.yaml', 'shop:\n  langauge: sv');
  expect(problemsOf()).toEqual(['shop.langauge: there is no such key; did you mean language? (10-fleet.yaml line 2)']);
});

test('a wrong value is told of the file that says it last', () => {
  write('tillcat.yaml', 'till: { id: "01" }');
  write('config.d/20-till.yaml', '\ntill: { id: 7 }');
  expect(problemsOf()).toEqual([expect.stringMatching(/^till\.id: 7 must be two digits.*\(20-till\.yaml line 2\)$/)]);
});

test('a file that ends in .yml is laid over as well', () => {
  write('tillcat.yaml', 'till: { id: "01" }');
  write('config.d/20-till.yml', 'till: { id: "07" }');
  const { config, warnings } = load();
  expect(config.till.id).toBe('07');
  expect(warnings).toEqual([]);
});

test('a file of another name is named, for whoever believes that it counts; a hidden one is left alone', () => {
  write('tillcat.yaml', 'till: { id: "01" }');
  write('config.d/20-till.yaml.dpkg-old', 'nonsense: true');
  write('config.d/.20-till.yaml.swp.yaml', 'nonsense: true');
  const { overlays, warnings } = load();
  expect(overlays).toEqual([]);
  expect(warnings).toEqual([
    `${join(folder, 'config.d/20-till.yaml.dpkg-old')} is not read: only names that end in .yaml or .yml are`,
  ]);
});

test('where the defaults stand, a tillcat.yml and a config.d that somebody wrote are named', () => {
  write('tillcat.yml', 'till: { id: "07" }');
  write('config.d/20-till.yaml', 'till: { id: "07" }');
  const { config, file, warnings } = loadConfig({ configFile: null, env: {}, cwd: folder });
  expect([config.till.id, file]).toEqual(['01', null]);
  expect(warnings).toEqual([
    expect.stringMatching(/tillcat\.yml is not read: there is no tillcat\.yaml beside it/),
    expect.stringMatching(/config\.d is not read/),
  ]);
});

test('a file that is no YAML is told by its own name', () => {
  write('tillcat.yaml', 'till: { id: "01" }');
  write('config.d/20-till.yaml', 'till: { id: "01"');
  expect(load).toThrow(/20-till\.yaml is not right/);
});

test('an empty file changes nothing', () => {
  write('tillcat.yaml', 'till: { id: "03" }');
  write('config.d/20-till.yaml', '# nothing yet\n');
  expect(load().config.till.id).toBe('03');
});
