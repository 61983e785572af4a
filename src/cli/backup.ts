// tillcat backup: a checked copy of the store at one instant, while the daemon serves.
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';

export const backupCommand: Command = {
  name: 'backup',
  operands: 'FILE',
  summary:
    'copy the store while the daemon serves; the copy is checked, and holds neither the key nor the serials claimed',
  options: {
    nightly: {
      type: 'boolean',
      about: 'instead of FILE: look through the store, back it up under its date, drop the older',
    },
    json: { type: 'boolean', about: 'what was written as JSON' },
  },
  example: 'tillcat backup /media/usb/till-01.db',
  count: [0, 1],
  async run({ composition, configFile, terminal, words, flag }) {
    const [file] = words;
    if ((file === undefined) !== flag('nightly')) {
      throw new TillError('WRONG_USE', {
        problem: 'tillcat backup takes a FILE to write, or --nightly; see: tillcat backup --help',
      });
    }
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const { backUp, backUpNightly } = await composition.backups();
    const made = file === undefined ? backUpNightly(shop) : backUp(shop, file);
    const { facts } = made;
    if (flag('json')) terminal.out(`${JSON.stringify({ file: made.file, ...facts })}\n`);
    else
      terminal.out(
        `${made.file}: ${facts.customers} customers, ${facts.bytes} bytes, checked; key ${facts.fingerprint ?? 'none'}\n`,
      );
    return EXIT.done;
  },
};
