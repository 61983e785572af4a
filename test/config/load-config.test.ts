// One configuration is found, checked whole, and explained in sentences.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig, parseConfig } from '../../src/config/load-config.ts';
import { nearestWord, slipsBetween } from '../../src/domain/nearest-word.ts';
import { sampleConfig } from '../../src/config/sample-config.ts';
import { configSchema } from '../../src/config/schema.ts';
import { isTillError, TillError } from '../../src/domain/till-error.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, yaml: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, yaml);
  return file;
}

function problemsOf(yaml: string): readonly string[] {
  try {
    parseConfig({ yaml, file: 'tillcat.yaml' });
  } catch (thrown) {
    if (isTillError(thrown, 'CONFIG_INVALID') && 'problems' in thrown.details) return thrown.details.problems;
    throw thrown;
  }
  return [];
}

describe('the one configuration', () => {
  test('is the one named on the command line, before the environment, before the folder', () => {
    const [flag, env] = [put('flag.yaml', 'till: { id: "11" }'), put('env.yaml', 'till: { id: "22" }')];
    put('tillcat.yaml', 'till: { id: "33" }');
    const load = (configFile: string | null, TILLCAT_CONFIG?: string) =>
      loadConfig({ configFile, env: { TILLCAT_CONFIG }, cwd: folder }).config.till.id;
    expect(load(flag, env)).toBe('11');
    expect(load('flag.yaml', env)).toBe('11');
    expect(load(null, env)).toBe('22');
    expect(load(null, '')).toBe('33');
    expect(load(null)).toBe('33');
  });

  test('without a file is the defaults, with both devices simulated', () => {
    const { config, file } = loadConfig({ configFile: null, env: {}, cwd: folder });
    expect(file).toBeNull();
    expect(config.scanner).toEqual({ type: 'simulated' });
    expect(config.printer.transport).toEqual({ type: 'simulated' });
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8090, token: null, names: [] });
    expect(config.history).toEqual({ windowDays: 56, memoryDays: 56 });
    expect(config.data).toBe(join(folder, 'var'));
  });

  test('counts relative paths from its own folder', () => {
    const file = put(
      'etc/till.yaml',
      'data: ../state\nscanner: { type: serial, path: ./line }\ncards: [{ length: 9 }]\n',
    );
    const { config } = loadConfig({ configFile: file, env: {}, cwd: '/' });
    expect(config.data).toBe(join(folder, 'state'));
    expect(config.secrets).toBe(join(folder, 'etc/secrets'));
    expect(config.scanner).toMatchObject({ path: join(folder, 'etc/line'), baudRate: 9600 });
  });

  test('that is named and not there is unreadable, with its path', () => {
    const load = () => loadConfig({ configFile: 'gone.yaml', env: {}, cwd: folder });
    expect(load).toThrow(TillError);
    expect(load).toThrow(`Cannot read the configuration ${join(folder, 'gone.yaml')}: there is no such file; check`);
  });

  test('that is named and a folder is said to be one', () => {
    expect(() => loadConfig({ configFile: folder, env: {}, cwd: folder })).toThrow(/it is a folder/);
  });

  test('may be empty', () => {
    expect(problemsOf('')).toEqual([]);
    expect(problemsOf('# nothing yet\n')).toEqual([]);
  });

  test('is taken as DESIGN shows it', () => {
    const yaml = `
shop: { id: "1", name: Kulmakauppa, language: fi, currency: EUR, timeZone: Europe/Helsinki }
till: { id: "01" }
gs1: { companyPrefix: "9501101" }
http: { host: 127.0.0.1, port: 8090 }
scanner: { type: serial, path: /dev/tillcat/scanner, baudRate: 9600 }
printer:
  profile: epson-tm-t20iii
  transport: { type: tcp, host: 127.0.0.1, port: 9100 }
cards: [ { prefix: "6340", length: 18, check: luhn } ]
history: { windowDays: 56, memoryDays: 3650 }
policy: { categories: { "Maitotuotteet": ok, "*": ok } }
visit: { printAt: scan, patienceSeconds: 45, daysBetweenStrips: 7 }
coupons: { code: gs1, validDays: 14 }
holdout: { customersPercent: 5 }
`;
    expect(problemsOf(yaml)).toEqual([]);
    expect(parseConfig({ yaml, file: '' }).policy.categories).toEqual({ Maitotuotteet: 'ok', '*': 'ok' });
  });
});

describe('what is wrong', () => {
  test('is all said in one go, each with key, value, line and what to do', () => {
    const yaml = `shop:
  name: Kulmakauppa
  langauge: fi
  timeZone: Europe/Helsinky
till: { id: 01 }
http: { port: 80900, token: short }
scaner: { type: serial }
visit: { printAt: sometimes }
holdout: none
`;
    expect(problemsOf(yaml)).toEqual([
      'shop.timeZone: "Europe/Helsinky" must be a time zone this machine knows, like Europe/Helsinki (line 4)',
      'shop.langauge: there is no such key; did you mean language? (line 3)',
      'till.id: 1 must be two digits in quotes, like "01" (line 5)',
      'http.port: 80900 must be a whole number from 0 to 65535 (line 6)',
      'http.token: must be 16 to 200 characters without spaces, or left out (line 6)',
      'visit.printAt: "sometimes" must be one of scan, payment (line 8)',
      'holdout: "none" must be a group of keys, each on its own line (line 9)',
      'scaner: there is no such key; did you mean scanner? (line 7)',
    ]);
  });

  test.each([
    ['scanner: { type: usb }', 'scanner.type: "usb" must be one of serial, hid, simulated, none (line 1)'],
    ['scanner: { path: /dev/x }', 'scanner.type: is missing; it must be one of serial, hid, simulated, none'],
    [
      'scanner: { type: serial, path: /dev/x, baud: 9600 }\ncards: [{ length: 3 }]',
      'scanner.baud: there is no such key; did you mean baudRate? (line 1)',
    ],
    [
      'printer: { transport: { type: tcp, hots: a, host: b } }',
      'printer.transport.hots: there is no such key; did you mean host? (line 1)',
    ],
    [
      'printer: { transport: { type: tcp } }',
      'printer.transport.host: is missing; it must be a host name or an address, without a port',
    ],
    ['cards: [{ length: 13, chek: ean13 }]', 'cards[0].chek: there is no such key; did you mean check? (line 1)'],
    [
      'gs1: { companyPrefix: 9501101 }',
      `gs1.companyPrefix: 9501101 must be the shop's GS1 company prefix: 4 to 11 digits in quotes (line 1)`,
    ],
    [
      'policy: { categories: { Oluet: beer } }',
      'policy.categories.Oluet: "beer" must be one of infant-formula, tobacco, nicotine, alcohol, medicine, gambling, health, discreet, ok (line 1)',
    ],
  ])('%j is said as such', (yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([problem]);
  });

  test.each([
    [
      'history: { windowDays: 56, memoryDays: 28 }',
      'history.memoryDays: 28 must not be less than history.windowDays: what is forgotten cannot be offered (line 1)',
    ],
    [
      'http: { host: 0.0.0.0 }',
      'http.token: is missing, and 0.0.0.0 can be reached by other machines: set a token, or http.host to 127.0.0.1',
    ],
    ['cards: [{ length: 12, check: ean13 }]', 'cards[0].length: 12 must be 13 where check is ean13 (line 1)'],
    [
      'cards: [{ prefix: "63AB", length: 12, check: luhn }]',
      'cards[0].prefix: "63AB" must be digits where check is luhn (line 1)',
    ],
    [
      'cards: [{ prefix: "6340", length: 3 }]',
      'cards[0].prefix: "6340" is longer than the whole card, which has 3 (line 1)',
    ],
    [
      'optOutCards: { stop: A, start: A }',
      'optOutCards.start: "A" must differ from optOutCards.stop, or the one card would undo itself (line 1)',
    ],
    [
      'coupons: { code: value }',
      'coupons.valueMask: is missing, and coupons.code is value: ask the till vendor for the mask of its value coupons',
    ],
    [
      'scanner: { type: serial, path: /dev/x }\nprinter: { transport: { type: serial, path: /dev/x } }',
      'printer.transport.path: "/dev/x" is the scanner’s path as well: each device has its own (line 2)',
    ],
  ])('%j contradicts itself', (yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([problem]);
  });

  test('in the YAML itself is said with its place', () => {
    expect(problemsOf('shop: { name: "Kulma\n').join()).toMatch(/line \d/);
    expect(problemsOf('data: a\ndata: b\n').join()).toMatch(/unique.*line 2/);
    expect(problemsOf('- a list\n')).toHaveLength(1);
    expect(problemsOf('just words')).toHaveLength(1);
  });

  test.each([
    ['policy: { categories: { *: ok } }', /a \* stands in quotes: "\*"$/],
    ['policy:\n  categories:\n    *: ok\n', /line 3, column 8; a \* stands in quotes: "\*"$/],
    [
      'till: { id: "01" }\n---\ntill: { id: "02" }\n',
      /^there is a second document behind the --- of line 2; only one may be$/,
    ],
    ['shop: { name: *kulma }', /^Unresolved alias.*kulma; what begins with \* or & stands in quotes$/],
  ])('in %j is said with what to do', (yaml, sentence) => {
    expect(problemsOf(yaml)).toEqual([expect.stringMatching(sentence)]);
  });

  test.each([
    [
      'printer:\n  # profile: zj-5870\n',
      'printer: is empty; write its keys below it, further in, or take it out (line 1)',
    ],
    [
      'cards: { prefix: "6340", length: 18 }',
      'cards: {"prefix":"6340","length":18} must be a list, each card rule behind a hyphen: - { prefix: "6340", length: 18 } (line 1)',
    ],
  ])('in %j is said with what to write', (yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([problem]);
  });

  test.each([
    ['- data: var\n- http: { token: a-secret-of-the-shop }\n', 'a list, its lines begin with a hyphen'],
    ['var\n', 'a single value'],
  ])('a file without keys is named, and told what to hold', (yaml, found) => {
    expect(problemsOf(yaml)).toEqual([
      `the whole file is ${found}; write keys with their values, each on its own line, as in "data: var"`,
    ]);
    put('tillcat.yaml', 'data: var\n');
    const overlay = put('config.d/10.yaml', yaml);
    expect(() => loadConfig({ configFile: null, env: {}, cwd: folder })).toThrow(`The configuration ${overlay} is not`);
  });

  test('never shows a secret', () => {
    expect(problemsOf('http: { token: "geheim geheim geheim" }').join()).not.toContain('geheim');
  });
});

describe('the host of a printer', () => {
  const problems = (host: string) => problemsOf(`printer: { transport: { type: tcp, host: "${host}" } }`);

  test.each(['192.0.2.20', 'printer-3.shop.example', 'localhost', '::1', '2001:db8::20'])('may be %s', (host) =>
    expect(problems(host)).toEqual([]),
  );

  test.each([
    '192.0.2.20:9100',
    'printer:9100',
    '192.0.2.300',
    '192.0.2',
    '[::1]',
    'fe80::2%eth0',
    'http://printer',
    '',
  ])('may not be %j: the port has a key of its own', (host) =>
    expect(problems(host)).toEqual([
      `printer.transport.host: "${host}" must be a host name or an address, without a port (line 1)`,
    ]),
  );
});

describe('the configuration that is installed', () => {
  const file = join(import.meta.dirname, '../../systemd/tillcat.yaml');
  const yaml = readFileSync(file, 'utf8');

  test('is right as it stands', () => {
    expect(problemsOf(yaml)).toEqual([]);
  });

  test('names every key there is', () => {
    const keys = new Set<string>();
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && typeof node.properties === 'object' && node.properties !== null) {
        for (const key of Object.keys(node.properties)) keys.add(key);
      }
      for (const inner of Object.values(node)) walk(inner);
    };
    walk(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }));
    expect(keys.size).toBeGreaterThan(40);
    expect([...keys].filter((key) => !new RegExp(`^[ #-]*${key}:`, 'm').test(yaml))).toEqual([]);
  });
});

test('a scanner without card rules is taken: any plausible number may be a card, and the doctor warns', () => {
  expect(problemsOf('scanner: { type: serial, path: /dev/x }')).toEqual([]);
  expect(problemsOf('scanner: { type: hid, path: /dev/x, layout: fi }')).toEqual([]);
});

test('the sample shop has a folder of its own, simulated devices, and holds nobody out', () => {
  const { shop, cards, policy } = configSchema.parse({});
  const config = sampleConfig({ stateFolder: '/state', port: 8090, shop, cards, categories: policy.categories });
  expect(config.data).toBe('/state/sample');
  expect(config.scanner.type).toBe('simulated');
  expect(config.printer.transport.type).toBe('simulated');
  expect(config.holdout.customersPercent).toBe(0);
});

describe('the nearest word', () => {
  test.each([
    ['langauge', 'language', 1],
    ['port', 'ports', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['same', 'same', 0],
  ])('%s is %s with %i slips', (from, to, slips) => {
    expect(slipsBetween(from, to)).toBe(slips);
    expect(slipsBetween(to, from)).toBe(slips);
  });

  test('is none where nothing is near', () => {
    expect(nearestWord('zebra', ['host', 'port'])).toBeNull();
    expect(nearestWord('PORT', ['host', 'port'])).toBe('port');
  });
});
