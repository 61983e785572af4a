// What a command is, and how its words are read: one file a command, one sentence an error.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Composition } from '../composition.ts';
import { nearestWord } from '../domain/nearest-word.ts';
import { TillError } from '../domain/till-error.ts';

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
  const known: Command['options'] = { ...command.options, help: HELP };
  const options: ParseArgsOptionsConfig = {};
  for (const [name, { type }] of Object.entries(known))
    options[name] = name === 'help' ? { type, short: 'h' } : { type };
  // Not strict: what is wrong is said below, in a sentence of our own.
  const how = { options, allowPositionals: true, strict: false, tokens: true } as const;
  const { positionals, values, tokens } = parseArgs({ args: [...args], ...how });
  for (const token of tokens) {
    const problem = token.kind === 'option' ? problemOf(token, { command, known }) : null;
    if (problem !== null) throw new TillError('WRONG_USE', { problem });
  }
  const [least, most] = command.count;
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

const HELP = { type: 'boolean', about: 'this text' } as const;

type OptionWord = {
  readonly name: string;
  /** As it was typed: "--days", "-h". */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Behind "=". */
  readonly inlineValue?: boolean | undefined;
};

function problemOf(
  { name, rawName, value = '', inlineValue }: OptionWord,
  { command, known }: { command: Command; known: Command['options'] },
): string | null {
  const see = `see: tillcat ${command.name} --help`;
  if (name === 'config') return `--config stands before the command: tillcat --config FILE ${command.name}`;
  const option = Object.hasOwn(known, name) ? known[name] : undefined;
  if (option === undefined) {
    const nearest = nearestWord(name, Object.keys(known));
    return `There is no option ${rawName}; ${nearest === null ? '' : `did you mean --${nearest}? `}${see}`;
  }
  if (option.type === 'boolean')
    return inlineValue === true ? `${rawName} takes no value, got "${value}"; ${see}` : null;
  // What begins with a hyphen is the next option, forgotten values being commoner than such; numbers below zero are none.
  const isNext = inlineValue !== true && /^-[^\d]/.test(value);
  return value === '' || isNext ? `${rawName} takes ${option.value}, got ${value || 'none'}; ${see}` : null;
}

/** The command's own help: what it does, its options, an example. */
export function helpOf(command: Command): string {
  const options = Object.entries<Option>({ ...command.options, help: HELP });
  const rows = options.map(
    ([name, option]) => `  --${name}${option.type === 'string' ? ` ${option.value}` : ''}`.padEnd(22) + option.about,
  );
  const usage = ['tillcat [--config FILE]', command.name, command.operands].filter((word) => word !== '').join(' ');
  return `${usage}\n\n${command.summary}\n\n${rows.join('\n')}\n\nExample:\n  ${command.example}\n`;
}
