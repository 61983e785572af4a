// The printer of a shop that has configured none: of the same type, and it never prints.
import type { Printer } from './printer.ts';

export const NO_PRINTER: Printer = {
  profile: null,
  start: () => undefined,
  status: () => ({ state: 'none' }),
  onStatus: () => () => undefined,
  checkStatus: () => Promise.resolve({ state: 'none' }),
  identify: () => Promise.resolve(null),
  print: ({ parts }) =>
    Promise.resolve({
      parts: parts.map(({ serial }) => ({ serial, result: 'failed' })),
      end: 'failed',
      status: { state: 'none' },
      bytes: 0,
      millimetres: 0,
      firstByteMs: null,
    }),
};
