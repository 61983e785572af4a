// What a printer keeps of a QR code until it is told to print it: GS ( k, functions 65 to 81.
import type { EscposCommand } from './escpos-command.ts';
import { QR_LEVELS, sideModules, type QrLevel } from './qr-code.ts';

export type DrawnSquare = {
  /** Bytes, as a scanner would hand them on. */
  readonly data: Uint8Array;
  readonly level: QrLevel;
  readonly moduleDots: number;
  /** Without the quiet zone, which is the paper's. */
  readonly sideDots: number;
};

/** As after ESC @ (Epson, ESC/POS command reference, GS ( k, functions 167, 169 and 180). */
const FRESH = { moduleDots: 3, level: 'L' as QrLevel, data: new Uint8Array(0) };

export class QrMemory {
  #kept = FRESH;

  forget(): void {
    this.#kept = FRESH;
  }

  /** The square that is printed now; null where only something is kept; 'nothing' where there is nothing to print. */
  take({ function: what, data }: Extract<EscposCommand, { kind: 'two-dimensional' }>): DrawnSquare | 'nothing' | null {
    const n = data[0] ?? 0;
    switch (what) {
      case 67:
        this.#kept = { ...this.#kept, moduleDots: n };
        return null;
      case 69:
        this.#kept = { ...this.#kept, level: QR_LEVELS[n - 48] ?? this.#kept.level };
        return null;
      case 80:
        this.#kept = { ...this.#kept, data: data.slice(1) };
        return null;
      case 81:
        return this.#square();
      default:
        return null;
    }
  }

  #square(): DrawnSquare | 'nothing' {
    const { data, level, moduleDots } = this.#kept;
    const modules = data.length === 0 ? null : sideModules({ bytes: data.length, level });
    return modules === null ? 'nothing' : { data, level, moduleDots, sideDots: modules * moduleDots };
  }
}
