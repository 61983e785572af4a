// The head is too hot to print: it cools down by itself, and the strip goes on or the truth is told.
import { holdsBeforeTheFirstByte, holdsInAStrip, holdsWhenMendedSoon } from './what-must-hold.ts';

const told = { fault: { headHot: true }, state: 'head-hot' };
holdsBeforeTheFirstByte(told);
holdsInAStrip(told);
holdsWhenMendedSoon(told);
