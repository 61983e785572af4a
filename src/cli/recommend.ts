// tillcat recommend: ranking only, for a file of cases; one JSON line each, in the file's order.
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { EXIT, type Command } from './command.ts';
import { ProgressLine } from './progress-line.ts';
import { warnOfLaterModel } from './warn-of-later-model.ts';

const MOST_LISTED = 1000;

export const recommendCommand: Command = {
  name: 'recommend',
  operands: '',
  summary: 'rank products for customers at given instants; no offers, blocks or caps',
  options: {
    cases: { type: 'string', value: 'FILE', about: 'CSV file with the columns customer,as_of' },
    top: { type: 'string', value: 'N', about: 'longest list (default 10)' },
    out: { type: 'string', value: 'FILE', about: 'where the JSON lines go (default: standard output)' },
  },
  example: 'tillcat recommend --cases cases.csv --top 10 --out ranked.jsonl',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal, option }) {
    const file = option('cases');
    if (file === null)
      throw new TillError('WRONG_USE', {
        problem: 'tillcat recommend needs --cases FILE with the columns customer,as_of',
      });
    const top = Number(option('top') ?? '10');
    if (!Number.isInteger(top) || top < 1 || top > MOST_LISTED) {
      throw new TillError('WRONG_USE', {
        problem: `--top takes a whole number from 1 to ${MOST_LISTED}, got "${option('top')}"`,
      });
    }
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const cases = await shop.readCases({ file, signal });
    const out = option('out');
    const sink = out === null ? null : createWriteStream(out, { flags: 'w', mode: 0o600 });
    if (out !== null && sink !== null) await opened(sink, out);
    const write = sink === null ? terminal.out : (text: string) => void sink.write(text);
    using progress = new ProgressLine(terminal);
    let warned = false;
    let done = 0;
    for (const one of cases) {
      signal.throwIfAborted();
      const line = shop.rankCase(one, top);
      warned ||= warnOfLaterModel({ shop, at: one.asOf, atText: one.asOfText, terminal });
      write(`${JSON.stringify(line)}\n`);
      progress.show(`ranked ${++done} of ${cases.length}`, done / cases.length);
    }
    if (sink !== null) {
      sink.end();
      await once(sink, 'close');
    }
    return EXIT.done;
  },
};

async function opened(sink: WriteStream, file: string): Promise<void> {
  await once(sink, 'open').catch((thrown: unknown) => {
    throw new TillError('FILE_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  });
}
