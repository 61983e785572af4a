// tillcat key set, tillcat key fingerprint: the shop's one secret comes in through standard input and never out again.
import { readFileSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { EXIT, type Command } from './command.ts';

const STANDARD_INPUT = 0;

export const keySet: Command = {
  name: 'key set',
  operands: '',
  summary: "give this till the shop's key from standard input: 32 bytes, or 64 hexadecimal digits",
  options: {},
  example: 'ssh till-07 sudo tillcat key set < shop.key',
  count: [0, 0],
  async run({ composition, configFile, terminal }) {
    if (terminal.input.isTTY) {
      throw new TillError('WRONG_USE', { problem: 'The key comes from a file: tillcat key set < shop.key' });
    }
    const { config } = composition.loadConfig(configFile);
    let given: Uint8Array;
    try {
      given = readFileSync(STANDARD_INPUT);
    } catch (thrown) {
      throw new TillError(
        'FILE_UNREADABLE',
        { file: 'standard input', problem: toError(thrown).message },
        { cause: thrown },
      );
    }
    const { setKey } = await composition.keys();
    const { fingerprint, file, isNew } = setKey(config, given);
    terminal.out(
      `${isNew ? 'the key is set' : 'the same key was here already'}: ${file}, fingerprint ${fingerprint}\n`,
    );
    return EXIT.done;
  },
};

export const keyFingerprintCommand: Command = {
  name: 'key fingerprint',
  operands: '',
  summary: "what the shop's key is known by; the same on all tills of a shop; exit 1 where there is none",
  options: {},
  example: 'tillcat key fingerprint',
  count: [0, 0],
  async run({ composition, configFile, terminal }) {
    const { keyFacts } = await composition.keys();
    const facts = keyFacts(composition.loadConfig(configFile).config);
    terminal.out(
      facts === null ? 'this till has no key yet; give it the shop’s: tillcat key set\n' : `${facts.fingerprint}\n`,
    );
    return facts === null ? EXIT.couldNot : EXIT.done;
  },
};
