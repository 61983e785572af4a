// The doctor: what each fault of a till looks like to IT, and that it says what to do.
import { expect, test } from 'vitest';
import * as judge from '../../src/doctor.ts';
import type { Finding } from '../../src/doctor.ts';
import { instant } from '../../src/domain/calendar.ts';

const NOW = instant(Date.UTC(2026, 10, 22, 14));
const DAY_MS = 86_400_000;
const PORT = { host: '127.0.0.1', port: 8090, own: '01' };

const FINDINGS: readonly (readonly [string, Finding, Finding['level'], RegExp])[] = [
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
  [
    'a disk that is read-only',
    judge.judgeDisk({ state: 'read-only', freeBytes: 1e9 }),
    'error',
    /look at it, then start anew/,
  ],
  ['a disk that is full', judge.judgeDisk({ state: 'full', freeBytes: 1_000_000 }), 'error', /make room now/],
  [
    'products of which nobody has said what they are',
    judge.judgePolicy({ products: 0, categories: [], untold: 412 }),
    'warning',
    /412 products are printed because "\*" is ok, and nothing tells whether that is tobacco; .*import products/,
  ],
  ['no model', judge.judgeModel(null, NOW), 'warning', /tillcat train/],
  ['an old model', judge.judgeModel({ name: 'm', asOf: instant(NOW - 9 * DAY_MS) }, NOW), 'warning', /9 days old/],
  [
    'a model trained as of tomorrow',
    judge.judgeModel({ name: 'm', asOf: instant(NOW + DAY_MS) }, NOW),
    'warning',
    /m is of the future.*tillcat train/,
  ],
  [
    'a port that is taken',
    judge.judgePort({ ...PORT, daemon: { is: 'stranger' } }),
    'error',
    /port 8090 on 127\.0\.0\.1 is taken by something else/,
  ],
  [
    'a port that another till’s daemon has',
    judge.judgePort({ ...PORT, daemon: { is: 'serving', till: '02' } }),
    'error',
    /taken by the daemon of till 02; set http\.port/,
  ],
  ['the daemon that serves', judge.judgePort({ ...PORT, daemon: { is: 'serving', till: '01' } }), 'ok', /serves/],
  ['a daemon that does not run', judge.judgePort({ ...PORT, daemon: { is: 'absent' } }), 'ok', /does not run/],
  [
    'a secret that is missing',
    judge.judgeKey({ fingerprint: null, secretsFolder: '/var/lib/tillcat/secrets', hasStore: true }),
    'error',
    /there is none in .*, and the store was made under one; .*tillcat key set < shop\.key/,
  ],
  [
    'a till that has no secret yet',
    judge.judgeKey({ fingerprint: null, secretsFolder: '/var/lib/tillcat/secrets', hasStore: false }),
    'warning',
    /tillcat key set < shop\.key, or the first start makes a new one/,
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

test('no purchases, and old ones, are told', () => {
  const store = { file: 'tillcat.db', customers: 3, products: 5, now: NOW };
  expect(judge.judgeStore({ ...store, newestAt: null }).at(-1)?.words).toMatch(/import them/);
  expect(judge.judgeStore({ ...store, newestAt: instant(NOW - 8 * DAY_MS) }).at(-1)?.words).toMatch(/8 days old/);
});
