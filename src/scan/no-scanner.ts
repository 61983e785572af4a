// The scanner of a shop that has configured none: cards come over HTTP only.
import { noCounts } from './scan-framer.ts';
import type { Scanner } from './scanner.ts';

export const noScanner: Scanner = {
  kind: 'none',
  start: () => {},
  state: () => ({ state: 'none' }),
  onState: () => () => {},
  counts: noCounts,
  sound: () => {},
};
