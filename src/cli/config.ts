// tillcat config check: whether the configuration is right, and which files it is made of.
import { EXIT, type Command } from './command.ts';

export const configCheck: Command = {
  name: 'config check',
  operands: '',
  summary: 'whether the configuration is right; exit 78 where it is not, with every problem and its line',
  options: { json: { type: 'boolean', about: 'the configuration that counts as JSON, the token left out' } },
  example: 'tillcat --config /etc/tillcat/tillcat.yaml config check',
  count: [0, 0],
  run({ composition, configFile, terminal, flag }) {
    const { config, file, overlays } = composition.loadConfig(configFile);
    if (flag('json')) {
      const http = { ...config.http, token: config.http.token === null ? null : '(set)' };
      terminal.out(`${JSON.stringify({ file, overlays, config: { ...config, http } })}\n`);
    } else {
      const files = file === null ? 'no file, the defaults stand' : [file, ...overlays].join(', ');
      terminal.out(`right: shop ${config.shop.id} ${config.shop.name}, till ${config.till.id} (${files})\n`);
    }
    return Promise.resolve(EXIT.done);
  },
};
