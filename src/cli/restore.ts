// tillcat restore: a backup takes the store's place, while the daemon is stopped; the store that was there is set aside.
import { EXIT, type Command } from './command.ts';

export const restoreCommand: Command = {
  name: 'restore',
  operands: 'FILE',
  summary: "put a backup in the store's place while the daemon is stopped; what was there is set aside",
  options: {},
  example: 'systemctl stop tillcat && tillcat restore /media/usb/till-01.db && systemctl start tillcat',
  count: [1, 1],
  async run({ composition, configFile, terminal, words }) {
    const [file = ''] = words;
    const { config } = composition.loadConfig(configFile);
    const { restore, couponWords } = await composition.backups();
    const restored = await restore(config, file);
    const { facts, setAside } = restored;
    const made = facts.at === null ? 'of an unknown time' : `of ${new Date(facts.at).toISOString()}`;
    terminal.out(`the backup ${made} with ${facts.customers} customers is in place\n${couponWords(restored)}\n`);
    if (setAside !== null) terminal.out(`the store that was there is ${setAside}\n`);
    return EXIT.done;
  },
};
