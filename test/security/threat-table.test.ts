// SECURITY.md promises a test for each threat: each is there, and tests something.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const rows = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('test/'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('has a line for each threat', () => {
  expect(rows.length).toBeGreaterThan(14);
});

it.each(rows)('%s%s', (...row) => {
  const tests = [...(row[3] ?? '').matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
  expect(tests.length).toBeGreaterThan(0);
  for (const file of tests) {
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(/\bexpect/);
  }
});
