// The doctor on printer and scanner: what each fault of a device looks like to IT, and that it says what to do.
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/doctor.ts';
import { judgePrinter, judgeProfile, judgeScanner, judgeServing } from '../../src/doctor-devices.ts';

const printer = (of: Partial<Parameters<typeof judgePrinter>[0]>): Finding =>
  judgePrinter({
    name: 'tcp 192.0.2.20:9100',
    profile: 'epson-tm-t20iii',
    status: { state: 'ready' },
    isSimulated: false,
    refusal: null,
    speed: null,
    ...of,
  });
const scanner = (of: Partial<Parameters<typeof judgeScanner>[0]>): Finding =>
  judgeScanner({
    kind: 'serial /dev/tillcat/scanner',
    state: { state: 'listening' },
    hasRules: true,
    isThere: true,
    heard: { scans: 0, lost: 0 },
    baudRate: 9600,
    ...of,
  });
const silent = { state: 'silent' } as const;

const FINDINGS: readonly (readonly [string, Finding, Finding['level'], RegExp])[] = [
  [
    'no scanner',
    scanner({ state: { state: 'offline', why: 'ENOENT' }, isThere: false }),
    'error',
    /not there; check the cable/,
  ],
  [
    'wrong permissions of the scanner',
    scanner({ state: { state: 'offline', why: '/dev/ttyACM0 may not be opened; the user needs the group dialout' } }),
    'error',
    /needs the group dialout/,
  ],
  ['a scanner that listens', scanner({ heard: { scans: 3, lost: 0 } }), 'ok', /listening$/],
  ['a scanner nobody has used yet', scanner({}), 'ok', /at 9600 baud; whether that is its speed, a scan shows/],
  [
    'a scanner at another speed',
    scanner({ heard: { scans: 0, lost: 4 } }),
    'error',
    /4 times something came and never a whole scan; it sends at another speed.*scanner\.baudRate \(now 9600\)/,
  ],
  [
    'one noise of a scanner that was plugged in',
    scanner({ heard: { scans: 0, lost: 1 } }),
    'warning',
    /once something came/,
  ],
  [
    'a scanner on a bad cable',
    scanner({ heard: { scans: 12, lost: 5 } }),
    'warning',
    /5 of 17 scans did not come whole; check the cable/,
  ],
  ['a scanner that loses one scan of hundreds', scanner({ heard: { scans: 400, lost: 5 } }), 'ok', /listening/],
  ['a printer that is silent', printer({ status: silent }), 'error', /does not answer; check that it is on/],
  [
    'a printer at another speed',
    printer({ status: silent, speed: { baudRate: 38_400, answersAt: 19_200 } }),
    'error',
    /answers at 19200 baud and is spoken to at 38400; set printer\.transport\.baudRate to 19200/,
  ],
  [
    'a printer on a serial line that is silent at every speed',
    printer({ status: silent, speed: { baudRate: 38_400, answersAt: 'none' } }),
    'error',
    /at 38400 baud, nor at another usual speed; check that it is on/,
  ],
  ['paper that is low', printer({ status: { state: 'paper-low' } }), 'warning', /have a roll at hand/],
  ['paper that is out', printer({ status: { state: 'paper-out' } }), 'error', /put a new roll in/],
  ['an open cover', printer({ status: { state: 'cover-open' } }), 'error', /close it/],
  [
    'a printer that is away',
    printer({ status: { state: 'offline', why: 'no route to host' } }),
    'error',
    /no route to host/,
  ],
  ['a printer that is only simulated', printer({ isSimulated: true }), 'warning', /name the real one/],
];

test.each(FINDINGS)('%s', (_, finding, level, words) => {
  expect(finding.level).toBe(level);
  expect(finding.words).toMatch(words);
});

describe('the profile', () => {
  test('that is for another printer has a row of its own', () => {
    const problem = 'it calls itself EPSON TM-m30III, and profile epson-tm-t20iii is for TM-T20III';
    const found = judgeProfile({ profile: 'epson-tm-t20iii', told: 'EPSON TM-m30III', problem });
    expect(found).toEqual([{ level: 'warning', part: 'profile', words: problem }]);
  });

  test('that is right is said to be, where the printer can be asked', () => {
    const right = judgeProfile({ profile: 'epson-tm-t20iii', told: 'EPSON TM-T20III', problem: null });
    expect(right).toMatchObject([{ level: 'ok', part: 'profile' }]);
    expect(judgeProfile({ profile: 'zj-5870', told: null, problem: null })).toEqual([]);
  });
});

describe('the devices a running daemon holds', () => {
  const serving = (of: Partial<Parameters<typeof judgeServing>[0]>) =>
    judgeServing({
      printer: { name: 'Epson TM-T20III', state: 'ready', why: null, isSimulated: false, mismatch: null },
      scanner: { state: 'ready', why: null, isSimulated: false, scans: 20, lost: 0 },
      profile: 'epson-tm-t20iii',
      baudRate: { printer: null, scanner: 9600 },
      ...of,
    });

  test('are judged as the devices themselves', () => {
    const found = serving({
      printer: { name: 'Epson TM-T20III', state: 'offline', why: 'cable pulled', isSimulated: false, mismatch: null },
      scanner: { state: 'offline', why: 'permission denied', isSimulated: false, scans: 0, lost: 0 },
    });
    expect(found.map(({ level }) => level)).toEqual(['error', 'error']);
    expect(found.map(({ words }) => words).join()).toMatch(/cable pulled.*permission denied/);
  });

  test('are told with what the daemon knows of the scanner’s speed and the printer’s name', () => {
    const found = serving({
      printer: { name: 'Epson', state: 'ready', why: null, isSimulated: false, mismatch: 'it says it is another' },
      scanner: { state: 'ready', why: null, isSimulated: false, scans: 0, lost: 9 },
    });
    expect(found.map(({ part, level }) => `${part} ${level}`)).toEqual([
      'profile warning',
      'printer ok',
      'scanner error',
    ]);
  });

  test('of which a silent one on a serial line is looked for at other speeds only when the daemon stands still', () => {
    const [found] = serving({
      printer: { name: 'Epson', state: 'silent', why: null, isSimulated: false, mismatch: null },
      baudRate: { printer: 38_400, scanner: 9600 },
    });
    expect(found?.words).toMatch(/at 38400 baud.*while the daemon is stopped, the doctor looks for another speed/);
  });
});
