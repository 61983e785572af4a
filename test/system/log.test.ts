// Log lines: priorities for the journal, words for people, and nothing personal.
import { expect, test } from 'vitest';
import { createLog, logForm, type LogForm } from '../../src/system/log.ts';

function logged(form: LogForm, level: 'info' | 'warn' = 'info') {
  const lines: string[] = [];
  return { lines, log: createLog({ form, level, write: (line) => lines.push(line) }) };
}

test('the journal gets the priority of each line before its JSON', () => {
  const { lines, log } = logged('journal');
  log.info({ printer: 'ready' }, 'printer changed');
  log.warn('paper low');
  log.error('no printer');
  log.fatal('the store is damaged');
  expect(lines.map((line) => line.slice(0, 3))).toEqual(['<6>', '<4>', '<3>', '<2>']);
  expect(JSON.parse(lines[0]?.slice(3) ?? '')).toMatchObject({
    level: 'info',
    printer: 'ready',
    msg: 'printer changed',
  });
});

test('a person gets a line of words', () => {
  const { lines, log } = logged('terminal');
  log.warn({ printer: 'paper-out', waited: 3 }, 'printer changed');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}printer changed printer=paper-out waited=3\n$/);
});

test('an error is written with where it came from', () => {
  const { lines, log } = logged('terminal');
  log.error({ err: new Error('no answer') }, 'print failed');
  expect(lines[0]).toContain('print failed\nError: no answer\n    at ');
});

test.each<LogForm>(['json', 'journal', 'terminal'])('no card, customer, token or key is written as %s', (form) => {
  const { lines, log } = logged(form);
  log.info({ card: 'SECRET', visit: { customer: 'SECRET', token: 'SECRET' }, shopKey: 'SECRET' }, 'visit');
  expect(lines.join()).not.toContain('SECRET');
});

test('lines below the level are not written', () => {
  const { lines, log } = logged('json', 'warn');
  log.info('chatter');
  expect(lines).toEqual([]);
});

test.each([
  [true, {}, 'terminal'],
  [false, { JOURNAL_STREAM: '8:12345' }, 'journal'],
  [false, {}, 'json'],
])('with a terminal: %s and %j the form is %s', (isTerminal, env, form) => {
  expect(logForm({ isTerminal, env })).toBe(form);
});
