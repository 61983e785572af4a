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
  const files = [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect(text, file).toMatch(/\bexpect/);
    // Nothing is left out for good, and nothing keeps the others from running.
    expect(text, file).not.toMatch(/\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b/);
  }
});
