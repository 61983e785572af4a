// What the configuration names must be there: the profiles of printer and scanner, and a logo only where the printer has room for one.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { PROGRAM_FOLDER, profileOf, readConfig, scannerProfileOf } from '../../src/app-config.ts';
import { isTillError } from '../../src/domain/till-error.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
const shipped = (name: string): string => readFileSync(join(PROGRAM_FOLDER, 'hardware', name), 'utf8');
const read = () => readConfig({ configFile: 'tillcat.yaml', env: {}, cwd: folder });

function problemsOf(yaml: string): readonly string[] {
  put('tillcat.yaml', yaml);
  try {
    read();
  } catch (thrown) {
    if (isTillError(thrown, 'CONFIG_INVALID')) return thrown.details.problems;
    throw thrown;
  }
  return [];
}

test('a printer’s profile that there is not is told with the nearest one, its line, and where the shop’s own would lie', () => {
  const [problem, ...more] = problemsOf('data: state\nprinter: { profile: epson-tm-t20 }');
  expect(more).toEqual([]);
  expect(problem).toMatch(
    /^printer\.profile: There is no printer profile "epson-tm-t20"; did you mean epson-tm-t20iii\?/,
  );
  expect(problem).toContain(`or put epson-tm-t20.json into ${join(folder, 'state', 'printers')} (line 2)`);
});

test.each(['Epson-TM-T20III', 'epson-tm-t20iii.json', 'epson_tm_t20iii'])('%s is nearly a profile', (name) => {
  expect(problemsOf(`printer: { profile: ${name} }`)[0]).toContain('did you mean epson-tm-t20iii?');
});

test('a scanner’s profile that there is not is told likewise, with the file that says it last', () => {
  put('config.d/20-till.yaml', 'scanner: { type: serial, path: /dev/x, profile: zebra-ds2280 }');
  const [problem] = problemsOf('data: state');
  expect(problem).toMatch(/^scanner\.profile: There is no scanner profile "zebra-ds2280"; did you mean zebra-ds2208\?/);
  expect(problem).toMatch(/\(20-till\.yaml line 1\)$/);
});

test('all that is named and not there is told in one go', () => {
  const yaml = 'printer: { profile: star }\nscanner: { type: serial, path: /dev/x, profile: zebra }';
  expect(problemsOf(yaml).map((problem) => problem.split(':', 1)[0])).toEqual(['printer.profile', 'scanner.profile']);
});

test('a logo in a Star printer is refused: it would never be printed', () => {
  expect(problemsOf('printer:\n  profile: star-tsp143\n  logo: "AB"')).toEqual([
    'printer.logo: "AB" names a picture in an ESC/POS printer, and star-tsp143 is none; take it out (line 3)',
  ]);
  expect(problemsOf('printer: { profile: epson-tm-t88v, logo: "AB" }')).toEqual([]);
});

test('profiles in the shop’s own folder are found, and win', () => {
  put('state/printers/our-own.json', shipped('printers/zj-5870.json').replace('"zj-5870"', '"our-own"'));
  put('state/scanners/ours.json', shipped('scanners/zebra-ds2208.json').replace('"zebra-ds2208"', '"ours"'));
  const yaml = 'data: state\nprinter: { profile: our-own }\nscanner: { type: serial, path: /dev/x, profile: ours }';
  expect(problemsOf(yaml)).toEqual([]);
  const { config } = read();
  expect(profileOf(config).name).toBe('our-own');
  expect(scannerProfileOf(config)?.name).toBe('ours');
});

test.each([
  ['few columns', { columns: 23 }, /our-own is too narrow for a strip, which takes 28 columns/],
  ['narrow paper', { printableDots: 336, paperDots: 340, paperWidthMm: 42.5, columns: 28 }, /too narrow for a strip/],
  ['no EAN-13', { symbologies: ['code128'] }, /our-own draws no ean13, .*coupons\.code: gs1 \(line 2\)/],
])('a profile with %s, on which no strip would ever come out, is refused before it is waited for', (_, own, words) => {
  const profile = z.record(z.string(), z.unknown()).parse(JSON.parse(shipped('printers/zj-5870.json')));
  put('state/printers/our-own.json', JSON.stringify({ ...profile, name: 'our-own', ...own }));
  expect(problemsOf('data: state\nprinter: { profile: our-own }')).toEqual([expect.stringMatching(words)]);
});

test('every profile that comes with the program is right for every kind of code', () => {
  for (const file of readdirSync(join(PROGRAM_FOLDER, 'hardware', 'printers')))
    for (const code of ['gs1', 'pointer', 'value, valueMask: "9821234OOVVVC"'])
      expect(problemsOf(`printer: { profile: ${file.slice(0, -5)} }\ncoupons: { code: ${code} }`)).toEqual([]);
});

test('a profile of the shop’s own that is wrong, or cannot be read, is a wrong configuration too', () => {
  put('state/printers/our-own.json', '{ "name": "our-own" }');
  expect(problemsOf('data: state\nprinter: { profile: our-own }')[0]).toMatch(/our-own\.json is not right: model/);
  mkdirSync(join(folder, 'state/printers/a-folder.json'));
  expect(problemsOf('data: state\nprinter: { profile: a-folder }')[0]).toMatch(/a-folder\.json is not right: .*EISDIR/);
});
