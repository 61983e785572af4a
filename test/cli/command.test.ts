// How a command's words are read, and what its help says.
import { describe, expect, it, test } from 'vitest';
import { helpOf, isStop, readWords } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { counted, thousands } from '../../src/cli/counts.ts';
import { previewCommand } from '../../src/cli/preview.ts';
import { TillError } from '../../src/domain/till-error.ts';

const CARD = '634000000000000017';

describe('the words of a command', () => {
  it('are its operands and options', () => {
    const { words, option, flag } = readWords(previewCommand, [CARD, '--png', 'strip.png']);
    expect(words).toEqual([CARD]);
    expect(option('png')).toBe('strip.png');
    expect(option('at')).toBeNull();
    expect(flag('help')).toBe(false);
  });

  it.each([
    [[], 'tillcat preview takes CARD, got none; see: tillcat preview --help'],
    [[CARD, CARD], `tillcat preview takes CARD, got "${CARD} ${CARD}"; see: tillcat preview --help`],
    [[CARD, '--pgn', 'x'], 'There is no option --pgn; did you mean --png? see: tillcat preview --help'],
    [[CARD, '--frobnicate'], 'There is no option --frobnicate; see: tillcat preview --help'],
    [[CARD, '-x'], 'There is no option -x; see: tillcat preview --help'],
    [[CARD, '--png'], '--png takes FILE, got none; see: tillcat preview --help'],
    [[CARD, '--png='], '--png takes FILE, got none; see: tillcat preview --help'],
    [[CARD, '--png', '--at', 'now'], '--png takes FILE, got --at; see: tillcat preview --help'],
    [[CARD, '--help=please'], '--help takes no value, got "please"; see: tillcat preview --help'],
    [[CARD, '--config', 'x'], '--config stands before the command: tillcat --config FILE preview'],
  ])('%j are refused in one sentence', (args, sentence) => {
    expect(() => readWords(previewCommand, args)).toThrow(new TillError('WRONG_USE', { problem: sentence }));
  });

  it('may be numbers below zero, for the command to judge, and a name that begins with a hyphen behind "="', () => {
    expect(readWords(previewCommand, [CARD, '--at', '-1']).option('at')).toBe('-1');
    expect(readWords(previewCommand, [CARD, '--png=-strip.png']).option('png')).toBe('-strip.png');
    expect(readWords(previewCommand, ['--png', 'strip.png', '--', '-1']).words).toEqual(['-1']);
  });

  it('may be -h', () => {
    expect(readWords(previewCommand, ['-h']).flag('help')).toBe(true);
  });
});

test.each(commands)('the help of tillcat $name names each option with what follows it, and an example', (command) => {
  const help = helpOf(command);
  expect(help).toContain(`Example:\n  ${command.example}\n`);
  expect(command.example).toMatch(new RegExp(`\\btillcat (--config \\S+ )?${command.name}\\b`));
  for (const [name, option] of Object.entries(command.options)) {
    expect(help).toContain(option.type === 'string' ? `--${name} ${option.value}` : `--${name}`);
    expect(help.match(new RegExp(`--${name}\\b.*`))?.[0]).toContain(` ${option.about}`);
  }
});

test('a stop that was asked for is known again, however it was passed on; nothing else is taken for one', () => {
  const stop = new AbortController();
  const asked = new Error('stopped by SIGINT');
  expect(isStop(asked, stop.signal)).toBe(false);
  stop.abort(asked);
  expect(isStop(asked, stop.signal)).toBe(true);
  expect(isStop(new Error('aborted', { cause: asked }), stop.signal)).toBe(true);
  expect(isStop(new Error('no paper'), stop.signal)).toBe(false);
});

test('numbers are read at a glance, and one is not many', () => {
  expect(thousands(96412)).toBe('96 412');
  expect(counted(1, 'coupon')).toBe('1 coupon');
  expect(counted(6, 'coupon')).toBe('6 coupons');
  expect(counted(0, 'line')).toBe('0 lines');
});
