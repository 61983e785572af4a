// A lamp on an LED's file: 1 while the printer wants somebody, 0 otherwise.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileLamp } from '../../src/system/lamp.ts';

let folder: string;
let path: string;
let reported: Error[];
let lamp: FileLamp;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-lamp-'));
  path = join(folder, 'brightness');
  writeFileSync(path, '0\n');
  reported = [];
  lamp = new FileLamp({ path, report: (error) => reported.push(error) });
});
afterEach(() => rmSync(folder, { recursive: true }));

test('is switched on and off', async () => {
  lamp.light(true);
  await lamp.settled();
  expect(readFileSync(path, 'utf8')).toBe('1\n');
  lamp.light(true);
  lamp.light(false);
  await lamp.settled();
  expect(readFileSync(path, 'utf8')).toBe('0\n');
});

test('ends as it was wanted last, however fast it is switched', async () => {
  for (let i = 0; i < 9; i++) lamp.light(i % 2 === 0);
  await lamp.settled();
  expect(readFileSync(path, 'utf8')).toBe('1\n');
  expect(reported).toEqual([]);
});

test('is dark for good when the till stops, whatever is still heard of the printer', async () => {
  lamp.light(true);
  const ended = lamp.end();
  lamp.light(true);
  await ended;
  lamp.light(true);
  await lamp.settled();
  expect(readFileSync(path, 'utf8')).toBe('0\n');
});

test('that is not there is told of once, never made, and lit when it is there', async () => {
  rmSync(path);
  for (const isLit of [true, false, true, false]) {
    lamp.light(isLit);
    await lamp.settled();
  }
  expect(reported.map((error) => error.message)).toEqual([expect.stringContaining(`Cannot switch the lamp ${path}`)]);
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, '');
  lamp.light(true);
  await lamp.settled();
  expect(readFileSync(path, 'utf8')).toBe('1\n');
});
