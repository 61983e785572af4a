// tillcat support-bundle: one file for whoever helps from afar, without secrets and without anybody's purchases.
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';

export const supportBundle: Command = {
  name: 'support-bundle',
  operands: 'FILE',
  summary: 'write what a helper far away needs: findings, state, settings, numbers, log; no secrets, no purchases',
  options: {},
  example: 'tillcat support-bundle till-07.json.gz',
  count: [1, 1],
  async run({ composition, configFile, terminal, signal, words }) {
    const [file] = words;
    if (file === undefined)
      throw new TillError('WRONG_USE', { problem: 'tillcat support-bundle takes a FILE to write' });
    const { writeSupportBundle } = await composition.support();
    const { bytes } = await writeSupportBundle({ configFile, file, signal });
    terminal.out(`${file}: ${bytes} bytes; zcat shows what is in it\n`);
    return EXIT.done;
  },
};
