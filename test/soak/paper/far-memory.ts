// What a printer holds that it has not printed yet: 4 KB, as an Epson's, read command by command.
import { CommandReader } from '../../../src/printer/command-reader.ts';
import type { EscposCommand } from '../../../src/printer/escpos-command.ts';
import type { PrinterProfile } from '../../../src/printer/profile.ts';

const MOST_BYTES = 4_096;
const STEP_BYTES = 64;

export class FarMemory {
  readonly #language: PrinterProfile['commands'];
  #bytes: Uint8Array = new Uint8Array(0);
  #commands: EscposCommand[] = [];
  #reader: CommandReader;

  constructor(language: PrinterProfile['commands']) {
    this.#language = language;
    this.#reader = new CommandReader(language);
  }

  get isEmpty(): boolean {
    return this.#commands.length === 0 && this.#bytes.length === 0;
  }

  get isFull(): boolean {
    return this.#bytes.length >= MOST_BYTES;
  }

  take(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
  }

  /** null where no command is whole. */
  next(): EscposCommand | null {
    while (this.#commands.length === 0 && this.#bytes.length > 0) {
      this.#commands.push(...this.#reader.push(this.#bytes.subarray(0, STEP_BYTES)));
      this.#bytes = this.#bytes.slice(STEP_BYTES);
    }
    return this.#commands.shift() ?? null;
  }

  /** The power is gone, or what was to be printed is thrown away: half a command too. */
  lose(): void {
    this.#bytes = new Uint8Array(0);
    this.#commands = [];
    this.#reader = new CommandReader(this.#language);
  }
}
