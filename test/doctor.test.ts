// The doctor: what each fault of a till looks like to IT, and that it says what to do.
import { expect, test } from 'vitest';
import * as judge from '../src/doctor.ts';
import type { Finding } from '../src/doctor.ts';
import { instant } from '../src/domain/calendar.ts';

const NOW = instant(Date.UTC(2026, 10, 22, 14));
const DAY_MS = 86_400_000;
const printer = (status: Parameters<typeof judge.judgePrinter>[0]['status'], isSimulated = false): Finding =>
  judge.judgePrinter({ name: 'tcp 192.0.2.20:9100', profile: 'epson-tm-t20iii', status, isSimulated, refusal: null });
const scanner = (of: Partial<Parameters<typeof judge.judgeScanner>[0]>): Finding =>
  judge.judgeScanner({
    kind: 'serial /dev/tillcat/scanner',
    state: { state: 'listening' },
    hasRules: true,
    isThere: true,
    ...of,
  });

const FINDINGS: readonly (readonly [string, Finding, Finding['level'], RegExp])[] = [
  [
    'no scanner',
    scanner({ state: { state: 'offline', why: 'ENOENT' }, isThere: false }),
    'error',
    /not there; check the cable/,
  ],
  [
    'a scanner that may not be opened',
    scanner({ state: { state: 'offline', why: 'Cannot open /dev/tillcat/scanner: permission denied' } }),
    'error',
    /permission denied/,
  ],
  ['a scanner that listens', scanner({}), 'ok', /listening/],
  [
    'a printer that is silent, or spoken to at the wrong speed',
    printer({ state: 'silent' }),
    'error',
    /baud rate and its profile/,
  ],
  ['paper that is low', printer({ state: 'paper-low' }), 'warning', /have a roll at hand/],
  ['paper that is out', printer({ state: 'paper-out' }), 'error', /put a new roll in/],
  ['a printer that is away', printer({ state: 'offline', why: 'no route to host' }), 'error', /no route to host/],
  ['a printer that is only simulated', printer({ state: 'ready' }, true), 'warning', /name the real one/],
  [
    'a clock that is off',
    judge.judgeClock({ isDoubtful: true, text: '1970-01-01T02:00' }),
    'error',
    /tillcat clock accept/,
  ],
  [
    'a disk nearly full',
    judge.judgeDisk({ state: 'low', freeBytes: 400_000_000 }),
    'warning',
    /400 MB free: make room soon/,
  ],
  ['a disk that is full', judge.judgeDisk({ state: 'full', freeBytes: 1_000_000 }), 'error', /make room now/],
  ['no model', judge.judgeModel(null, NOW), 'warning', /tillcat train/],
  ['an old model', judge.judgeModel({ name: 'm', asOf: instant(NOW - 9 * DAY_MS) }, NOW), 'warning', /9 days old/],
  [
    'a port that is taken',
    judge.judgePort({ host: '127.0.0.1', port: 8090, daemon: 'stranger' }),
    'error',
    /taken by something else/,
  ],
  [
    'a daemon that does not run',
    judge.judgePort({ host: '127.0.0.1', port: 8090, daemon: 'absent' }),
    'ok',
    /does not run/,
  ],
  [
    'a secret that was missing',
    judge.judgeKey({ fingerprint: '0123456789abcdef', source: 'made', file: '/var/lib/tillcat/secrets/shop.key' }),
    'warning',
    /made just now .* give all tills of the shop the same one/,
  ],
  [
    'GS1’s demonstration prefix',
    judge.judgePrefix({ companyPrefix: '9501101', isSimulated: false }),
    'error',
    /gs1\.companyPrefix/,
  ],
];

test.each(FINDINGS)('%s', (_, finding, level, words) => {
  expect(finding.level).toBe(level);
  expect(finding.words).toMatch(words);
});

test('what the running daemon says of its devices is judged as the devices themselves', () => {
  const found = judge.judgeServing({
    printer: { name: 'Epson TM-T20III', state: 'offline', why: 'cable pulled', isSimulated: false },
    scanner: { state: 'offline', why: 'permission denied', isSimulated: false },
    profile: 'epson-tm-t20iii',
  });
  expect(found.map(({ level }) => level)).toEqual(['error', 'error']);
  expect(found.map(({ words }) => words).join()).toMatch(/cable pulled.*permission denied/);
});

test('no purchases, and old ones, are told', () => {
  const store = { file: 'tillcat.db', customers: 3, products: 5, now: NOW };
  expect(judge.judgeStore({ ...store, newestAt: null }).at(-1)?.words).toMatch(/import them/);
  expect(judge.judgeStore({ ...store, newestAt: instant(NOW - 8 * DAY_MS) }).at(-1)?.words).toMatch(/8 days old/);
});
