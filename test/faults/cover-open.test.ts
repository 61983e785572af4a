// The cover is open at the scan, or is opened in the middle of a strip; closed in time, the strip goes on.
import { holdsAtTheScan, holdsBeforeTheFirstByte, holdsInAStrip, holdsWhenMendedSoon } from './what-must-hold.ts';

const told = { fault: { coverOpen: true }, state: 'cover-open' };
holdsBeforeTheFirstByte(told);
holdsAtTheScan(told);
holdsInAStrip(told);
holdsWhenMendedSoon(told);
