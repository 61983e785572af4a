// What the printer's bytes mean, and what is not mistaken for an answer.
import { describe, expect, it } from 'vitest';
import { ReplyReader, statusOfAutomatic, statusOfReplies } from '../../src/printer/escpos-status.ts';

describe('the four status bytes', () => {
  it.each([
    [[0x12, 0x12, 0x12, 0x12], 'ready'],
    [[0x12, 0x12, 0x12, 0x1e], 'paper-low'],
    [[0x1a, 0x32, 0x12, 0x7e], 'paper-out'],
    [[0x1a, 0x16, 0x12, 0x12], 'cover-open'],
    [[0x1a, 0x36, 0x12, 0x7e], 'cover-open'],
    [[0x1a, 0x52, 0x1a, 0x12], 'cutter-jammed'],
    [[0x1a, 0x52, 0x52, 0x12], 'head-hot'],
    [[0x1a, 0x52, 0x32, 0x12], 'offline'],
    [[0x1a, 0x12, 0x12, 0x12], 'offline'],
  ] as const)('%j mean %s', (bytes, state) => {
    expect(statusOfReplies(bytes).state).toBe(state);
  });

  it.each([
    [[0x10, 0x00, 0x00, 0x0f], 'ready'],
    [[0x38, 0x00, 0x00, 0x0f], 'cover-open'],
    [[0x18, 0x00, 0x0f, 0x0f], 'paper-out'],
    [[0x10, 0x00, 0x03, 0x0f], 'paper-low'],
    [[0x18, 0x08, 0x00, 0x0f], 'cutter-jammed'],
  ] as const)('sent unasked, %j mean %s', (bytes, state) => {
    expect(statusOfAutomatic(bytes).state).toBe(state);
  });
});

describe('replies', () => {
  it('are told apart in one stream, however it is cut into reads', () => {
    const stream = [
      0x12, 0x00, 0x10, 0x00, 0x03, 0x0f, 0x5f, 0x54, 0x4d, 0x00, 0x11, 0x0c, 0x37, 0x22, 0x31, 0x00, 0x1e,
    ];
    const expected = ['status', 'done', 'automatic', 'identity', 'done', 'status'];
    expect(new ReplyReader().push(Uint8Array.from(stream)).map(({ kind }) => kind)).toEqual(expected);
    const byByte = new ReplyReader();
    expect(stream.flatMap((byte) => byByte.push(Uint8Array.of(byte))).map(({ kind }) => kind)).toEqual(expected);
  });

  it('inside automatic status are not completions', () => {
    expect(new ReplyReader().push(Uint8Array.of(0x10, 0x00, 0x00, 0x00))).toHaveLength(1);
  });

  it('at paper end say so', () => {
    expect(new ReplyReader().push(Uint8Array.of(0x0c))).toEqual([{ kind: 'done', isPaperOut: true }]);
  });
});
