// The roll in the printer outside: what is printed comes off it in pieces, and the next one goes on where it ended.
import type { EscposCommand } from '../../../src/printer/escpos-command.ts';
import { PaperRoll } from '../../../src/printer/paper-roll.ts';
import type { PrinterProfile } from '../../../src/printer/profile.ts';
import type { KeptPaper } from './kept-paper.ts';
import { settingsAfter } from './line-settings.ts';

/** Printers that lie; the oracle must catch each of them. */
export const LIES = ['lost', 'twice', 'hidden'] as const;
export type Lie = (typeof LIES)[number] | null;

export class FarRoll {
  readonly #of: { readonly profile: PrinterProfile; readonly paper: KeptPaper; readonly lie: Lie };
  #roll: PaperRoll;
  /** How the lines are set now, and the line that was begun. */
  #settings: EscposCommand[] = [];
  #symbols = 0;

  constructor(of: { readonly profile: PrinterProfile; readonly paper: KeptPaper; readonly lie: Lie }) {
    this.#of = of;
    this.#roll = new PaperRoll(of.profile);
  }

  apply(command: EscposCommand): void {
    const { lie, paper } = this.#of;
    const isLying = command.kind === 'symbol' && lie !== null && this.#symbols++ % 20 === 7;
    if (isLying && lie === 'lost') return paper.pretend();
    for (let times = isLying && lie === 'twice' ? 2 : 1; times > 0; times--) {
      this.#roll.apply(command);
      if (command.kind === 'symbol') paper.drawn(this.#roll.lastMark);
    }
    paper.printing(command);
    this.#settings = settingsAfter(this.#settings, command);
    if (command.kind === 'cut') this.#takePieces();
    if (command.kind === 'cut' && command.cut === 'full') paper.endStrip();
  }

  /** What was on the old one is taken away with it. */
  change(): void {
    const { paper, profile } = this.#of;
    const hanging = this.#roll.hanging();
    paper.newRoll();
    this.#takePieces();
    if (hanging !== null) paper.take({ ...hanging, cut: 'torn' });
    paper.endStrip();
    this.#roll = new PaperRoll(profile);
    for (const command of this.#settings) this.#roll.apply(command);
  }

  #takePieces(): void {
    for (const piece of this.#roll.pieces.splice(0)) this.#of.paper.take(piece);
    this.#of.paper.complain(this.#roll.complaints.splice(0));
  }
}
