// The roll ends in the middle of a strip: it is known which coupons came out, and the others are never printed again.
import { holdsInAStrip, holdsWhenMendedSoon } from './what-must-hold.ts';

const told = { fault: { paperOut: true }, state: 'paper-out' };
holdsInAStrip(told);
holdsWhenMendedSoon(told);
