// SECURITY.md promises a test for each threat: each threat is there, and each test is there, runs with the others and tests something.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const rows = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('test/'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, threat = '', control = '', tests = '']) => ({ threat, control, tests }));

it.each([
  /DNS rebinding/,
  /CSRF/,
  /oversized bodies/,
  /slow loris/,
  /path traversal/,
  /hostile barcode/,
  /hostile product name/,
  /rogue USB device/,
  /insider/,
  /strips left behind/,
  /stolen memory card/,
  /secrets in logs/,
  /when installed/,
])('has a line on %s', (threat) => {
  expect(rows.filter((row) => threat.test(row.threat))).toHaveLength(1);
});

it.each(rows)('$threat', ({ control, tests }) => {
  expect(control.length).toBeGreaterThan(20);
  const files = filesOf(tests);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    const text = read(file);
    expect(text, file).toMatch(/\bexpect/);
    // Nothing is left out for good, and nothing keeps the others from running.
    expect(text, file).not.toMatch(/\.(?:skip|only|todo|fails)\b/);
    // What may be left out on some machine is so for want of a program, which areThere says.
    const conditions = text.match(/\.(?:skipIf|runIf)\b.*/g) ?? [];
    for (const condition of conditions) expect(condition, file).toMatch(/^\.skipIf\(!areThere\('\w+'(?:, '\w+')*\)\)/);
  }
});

it('installs what such tests want where every change is checked, and SECURITY.md says what that is', () => {
  const programs = rows.flatMap(({ tests }) => filesOf(tests)).flatMap((file) => programsOf(read(file)));
  expect(programs.length).toBeGreaterThan(0);
  for (const program of programs) {
    expect(read('.ci/run')).toMatch(new RegExp(`^for pair in .*\\b${program}:`, 'm'));
    expect(read('SECURITY.md')).toContain(`\`${program}\``);
  }
});

function filesOf(tests: string): readonly string[] {
  return [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
}

function programsOf(text: string): readonly string[] {
  const conditions = text.match(/\bareThere\(.*?\)/g) ?? [];
  return conditions.flatMap((condition) => [...condition.matchAll(/'(\w+)'/g)].map(([, program = '']) => program));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
