// The sample shop's configuration, and the file of it that lets other commands be tried on the sample.
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/load-config.ts';
import { sampleConfig, sampleYaml } from '../../src/config/sample-config.ts';
import { configSchema } from '../../src/config/schema.ts';

test('the file beside the sample shop says what the sample runs with', () => {
  const { shop } = configSchema.parse({ shop: { name: 'Kulmakauppa', address: 'Kuusitie 4' } });
  const config = sampleConfig({
    stateFolder: '/state',
    port: 8091,
    shop,
    cards: [{ prefix: '6340', length: 18, check: 'luhn' }],
    categories: { Maitotuotteet: 'ok', Olut: 'alcohol' },
  });
  const read = parseConfig({ yaml: sampleYaml(config), file: '/state/sample/tillcat.yaml' });
  expect(read).toEqual({ ...config, data: '.', secrets: 'secrets' });
});
