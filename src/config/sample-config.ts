// The configuration of `run --sample`: an invented shop of its own, both devices simulated, nothing leaves the machine.
import { join } from 'node:path';
import { stringify } from 'yaml';
import { configSchema, type Config } from './schema.ts';

/** `stateFolder` is absolute; the sample shop lives in a folder of its own in it and never meets a real shop's data. */
export function sampleConfig(sample: {
  stateFolder: string;
  port: number;
  shop: Config['shop'];
  cards: Config['cards'];
  categories: Config['policy']['categories'];
}): Config {
  return configSchema.parse({
    data: join(sample.stateFolder, 'sample'),
    secrets: join(sample.stateFolder, 'sample', 'secrets'),
    shop: sample.shop,
    http: { host: '127.0.0.1', port: sample.port },
    scanner: { type: 'simulated' },
    printer: { transport: { type: 'simulated' } },
    cards: sample.cards,
    policy: { categories: sample.categories },
    holdout: { customersPercent: 0 },
  });
}

/** The same as a file in the sample shop's own folder, so that every command can be tried on it with --config. */
export function sampleYaml({ shop, http, cards, policy, holdout }: Config): string {
  const { port } = http;
  const words = { data: '.', secrets: 'secrets', shop, http: { port }, cards, policy, holdout };
  return `# The sample shop, for: tillcat --config <this file> COMMAND. Each start of the sample writes it again.\n${stringify(words)}`;
}
