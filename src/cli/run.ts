// tillcat run: the daemon; with --sample the invented shop, with a prompt for whoever sits at the terminal.
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { EXIT, isStop, type Command, type CommandInput } from './command.ts';
import { makeSample } from './make-sample.ts';
import { SamplePrompt } from './sample-prompt.ts';

export const runCommand: Command = {
  name: 'run',
  operands: '',
  summary: 'the daemon: cards in, coupons out, until it is stopped',
  options: {
    sample: { type: 'boolean', about: 'an invented corner shop with simulated devices' },
    at: { type: 'string', value: 'INSTANT', about: "start the shop's clock there, for replays" },
  },
  example: 'tillcat run --sample',
  count: [0, 0],
  async run(input) {
    const { composition, configFile, option, flag } = input;
    const text = option('at');
    const loaded = composition.loadConfig(configFile);
    const at = text === null ? null : composition.parseInstant(text, loaded.config);
    if (text !== null && at === null) {
      throw new TillError('WRONG_USE', { problem: `--at takes an ISO 8601 time like 2008-05-09T12:00, got "${text}"` });
    }
    try {
      return flag('sample') ? await runSample(input, at) : await runShop(input, loaded, at);
    } catch (thrown) {
      // Stopped while still starting: that is what was asked for.
      if (isStop(thrown, input.signal)) return EXIT.done;
      throw toError(thrown);
    }
  },
};

type At = ReturnType<CommandInput['composition']['parseInstant']>;
type Loaded = ReturnType<CommandInput['composition']['loadConfig']>;

async function runShop({ composition, signal, terminal }: CommandInput, loaded: Loaded, at: At): Promise<number> {
  const { config, warnings } = loaded;
  const daemon = await composition.startDaemon({ config, warnings, at, signal, sampleCards: null, err: terminal.err });
  await daemon.ended;
  return EXIT.done;
}

async function runSample(input: CommandInput, at: At): Promise<number> {
  const { composition, signal, terminal } = input;
  const sample = composition.sampleOf(input.configFile);
  await makeSample(input, sample);
  sample.writeConfig();
  const daemon = await composition.startDaemon({
    config: sample.config,
    warnings: [],
    at,
    signal,
    sampleCards: sample.cards,
    err: terminal.err,
  });
  const prompt = new SamplePrompt({ daemon, terminal, sample, signal });
  await prompt.run();
  await daemon.ended;
  return EXIT.done;
}
