// What a command is, and how its words are read: one file a command, one sentence an error.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Composition } from '../composition.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

/** Exit codes: done, could not, wrong use, wrong configuration (sysexits EX_CONFIG). */
export const EXIT = { done: 0, couldNot: 1, wrongUse: 2, wrongConfiguration: 78 } as const;

export type Terminal = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input: NodeJS.ReadStream;
  /** Whether a person sits there: prompts and progress bars are for people. */
  readonly isInteractive: boolean;
  readonly columns: number;
};

export type CommandInput = {
  readonly composition: Composition;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** `--config FILE`, or null. */
  readonly configFile: string | null;
  readonly words: readonly string[];
  readonly option: (name: string) => string | null;
  readonly flag: (name: string) => boolean;
};

/** `value` names what follows a text option: FILE, INSTANT, N. */
export type Option =
  | { readonly type: 'boolean'; readonly about: string }
  | { readonly type: 'string'; readonly value: string; readonly about: string };

export type Command = {
  /** "import", "coupon show": one or two words. */
  readonly name: string;
  /** What follows the name: "CODE", "products|customers|purchases FILE[.gz]". */
  readonly operands: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly example: string;
  /** How many operands it takes, least and most. */
  readonly count: readonly [number, number];
  /** @returns the exit code */
  readonly run: (input: CommandInput) => Promise<number>;
};

/** Whether an error is only the stop that was asked for, as whoever was waiting passed it on. */
export function isStop(thrown: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  for (let one = thrown; one instanceof Error; one = one.cause) if (one === signal.reason) return true;
  return false;
}

/** Reads a command's own words. @throws TillError WRONG_USE */
export function readWords(command: Command, args: readonly string[]): Pick<CommandInput, 'words' | 'option' | 'flag'> {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean' } };
  for (const [name, { type }] of Object.entries(command.options)) options[name] = { type };
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    const problem = toError(thrown).message.split('. ')[0] ?? '';
    const see = args.some((word) => word.startsWith('--config'))
      ? `--config stands before the command: tillcat --config FILE ${command.name}`
      : `see: tillcat ${command.name} --help`;
    throw new TillError('WRONG_USE', { problem: `${problem}; ${see}` }, { cause: thrown });
  }
  const [least, most] = command.count;
  const { positionals, values } = parsed;
  if (values['help'] !== true && (positionals.length < least || positionals.length > most)) {
    const problem = `tillcat ${command.name} takes ${command.operands || 'no operands'}, got ${positionals.length === 0 ? 'none' : `"${positionals.join(' ')}"`}; see: tillcat ${command.name} --help`;
    throw new TillError('WRONG_USE', { problem });
  }
  return {
    words: positionals,
    option: (name) => (typeof values[name] === 'string' ? values[name] : null),
    flag: (name) => values[name] === true,
  };
}

/** The command's own help: what it does, its options, an example. */
export function helpOf(command: Command): string {
  const help: Command['options'] = { help: { type: 'boolean', about: 'this text' } };
  const options = Object.entries({ ...command.options, ...help });
  const rows = options.map(
    ([name, option]) => `  --${name}${option.type === 'string' ? ` ${option.value}` : ''}`.padEnd(22) + option.about,
  );
  const usage = ['tillcat [--config FILE]', command.name, command.operands].filter((word) => word !== '').join(' ');
  return `${usage}\n\n${command.summary}\n\n${rows.join('\n')}\n\nExample:\n  ${command.example}\n`;
}
