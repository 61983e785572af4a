// The roll is empty when the card is held up: nothing is sent, and new paper is all it takes.
import { holdsAtTheScan, holdsBeforeTheFirstByte } from './what-must-hold.ts';

const told = { fault: { paperOut: true }, state: 'paper-out' };
holdsBeforeTheFirstByte(told);
holdsAtTheScan(told);
