// Reads a printer's bytes command by command, whatever way they were cut up on the line.
import type { EscposCommand } from './escpos-command.ts';
import type { Read } from './escpos-foreign.ts';
import { readEscposCommand } from './escpos-reader.ts';
import type { PrinterProfile } from './profile.ts';
import { readStarCommand } from './star-reader.ts';

type Language = PrinterProfile['commands'];
/** null: the command is not whole yet. */
type ReadCommand = (bytes: Uint8Array) => Read | null;

export class CommandReader {
  readonly #readCommand: ReadCommand;
  #pending: Uint8Array = new Uint8Array(0);

  constructor(language: Language) {
    this.#readCommand = readerOf(language);
  }

  push(bytes: Uint8Array): readonly EscposCommand[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const commands: EscposCommand[] = [];
    let from = 0;
    while (from < this.#pending.length) {
      const read = this.#readCommand(this.#pending.subarray(from));
      if (read === null) break;
      commands.push(read.command);
      from += read.length;
    }
    this.#pending = this.#pending.slice(from);
    return commands;
  }

  /** The beginning of a command whose rest has not come. */
  get pending(): Uint8Array {
    return this.#pending;
  }
}

/** Reads a whole stream; a command cut short at its end is named as unknown. */
export function readStream(bytes: Uint8Array, language: Language): readonly EscposCommand[] {
  return locateCommands(bytes, language).map(({ command }) => command);
}

/** The same, with the place of each command's first byte. */
export function locateCommands(bytes: Uint8Array, language: Language): readonly LocatedCommand[] {
  const readCommand = readerOf(language);
  const commands: LocatedCommand[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = readCommand(bytes.subarray(at));
    if (read === null) return [...commands, { at, command: { kind: 'unknown', bytes: bytes.slice(at) }, isHalf: true }];
    commands.push({ at, command: read.command, isHalf: false });
    at += read.length;
  }
  return commands;
}

export type LocatedCommand = {
  readonly at: number;
  readonly command: EscposCommand;
  /** The stream ended before the command did. */
  readonly isHalf: boolean;
};

function readerOf(language: Language): ReadCommand {
  return language === 'star-line' ? readStarCommand : readEscposCommand;
}
