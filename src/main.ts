// The program's door: finds the command, runs it, and turns what went wrong into one sentence and an exit code.
import { composition } from './composition.ts';
import { commands } from './cli/commands.ts';
import { EXIT, helpOf, isStop, readWords, type Command, type Terminal } from './cli/command.ts';
import { nearestWord } from './domain/nearest-word.ts';
import { isTillError, TillError } from './domain/till-error.ts';
import { VERSION } from './version.ts';

const HELP_WORDS: ReadonlySet<string> = new Set(['--help', '-h', 'help']);

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: process.stdin,
  isInteractive: process.stdin.isTTY && process.stdout.isTTY,
  columns: process.stdout.columns || 80,
};
// A reader that has seen enough (| head) closes the pipe; that is not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { configFile, rest } = takeConfigFile(args);
    if (rest[0] === '--version' || rest[0] === '-V') {
      terminal.out(`${VERSION}\n`);
      return EXIT.done;
    }
    if (rest.length === 0 || HELP_WORDS.has(rest[0] ?? '')) {
      terminal.out(overview());
      return rest.length === 0 ? EXIT.wrongUse : EXIT.done;
    }
    const { command, operands } = find(rest);
    const words = readWords(command, operands);
    if (words.flag('help')) {
      terminal.out(helpOf(command));
      return EXIT.done;
    }
    using stop = composition.stopSignals();
    try {
      return await command.run({ composition, terminal, configFile, signal: stop.signal, ...words });
    } catch (thrown) {
      if (!isStop(thrown, stop.signal)) throw thrown;
      terminal.err(`tillcat: ${command.name} was stopped before its end; run it again\n`);
      return EXIT.couldNot;
    }
  } catch (thrown) {
    if (!(thrown instanceof TillError)) throw thrown;
    terminal.err(`tillcat: ${thrown.message}\n`);
    if (isTillError(thrown, 'WRONG_USE')) return EXIT.wrongUse;
    if (isTillError(thrown, 'CONFIG_INVALID') || isTillError(thrown, 'CONFIG_UNREADABLE'))
      return EXIT.wrongConfiguration;
    return EXIT.couldNot;
  }
}

function takeConfigFile(args: readonly string[]): { configFile: string | null; rest: readonly string[] } {
  const [first = '', second] = args;
  if (first.startsWith('--config=')) return { configFile: first.slice('--config='.length), rest: args.slice(1) };
  if (first !== '--config') return { configFile: null, rest: args };
  if (second === undefined)
    throw new TillError('WRONG_USE', {
      problem: '--config needs a file; for example: tillcat --config tillcat.yaml doctor',
    });
  return { configFile: second, rest: args.slice(2) };
}

/** The longest name that fits: "coupon show" before "coupon". */
function find(words: readonly string[]): { command: Command; operands: readonly string[] } {
  if (words[0]?.startsWith('-') === true) {
    throw new TillError('WRONG_USE', {
      problem: `${words[0]} is no command; --config FILE comes first, once, and then the command; see: tillcat --help`,
    });
  }
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((one) => one.name === name);
    if (command !== undefined) return { command, operands: words.slice(length) };
  }
  const family = commands.filter((one) => one.name.startsWith(`${words[0]} `)).map((one) => `tillcat ${one.name}`);
  const hint = family.length > 0 ? `say one of: ${family.join(', ')}` : 'see: tillcat --help';
  // Of what follows nothing is said again: it may be somebody's card.
  const name = words.slice(0, family.length > 0 ? 2 : 1).join(' ');
  throw new TillError('WRONG_USE', { problem: `There is no command "${name}"; ${meant(words)}${hint}` });
}

/** "did you mean tillcat status? ", or nothing. */
function meant(words: readonly string[]): string {
  for (const length of [2, 1]) {
    const names = commands.map(({ name }) => name).filter((name) => name.split(' ').length === length);
    const nearest = words.length < length ? null : nearestWord(words.slice(0, length).join(' '), names);
    if (nearest !== null) return `did you mean tillcat ${nearest}? `;
  }
  return '';
}

function overview(): string {
  const rows = commands.map((one) => `  ${`${one.name} ${one.operands}`.padEnd(52)} ${one.summary}`);
  return `TillCAT ${VERSION}: a card is scanned, six coupons the customer wants come out.

tillcat [--config FILE] COMMAND

${rows.join('\n')}

Each has --help with an example. Exit: 0 done, 1 could not, 2 wrong use, 78 wrong configuration.
`;
}
