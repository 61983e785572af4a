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
    const { config, file, overlays, warnings } = composition.loadConfig(configFile);
    for (const warning of warnings) terminal.err(`warning: ${warning}\n`);
    if (flag('json')) {
      const http = { ...config.http, token: config.http.token === null ? null : '(set)' };
      terminal.out(`${JSON.stringify({ file, overlays, warnings, config: { ...config, http } })}\n`);
    } else {
      terminal.out(`right: shop ${config.shop.id} ${config.shop.name}, till ${config.till.id}\n`);
      terminal.out(file === null ? '  no file, the defaults stand\n' : `  ${file}\n`);
      for (const overlay of overlays) terminal.out(`  ${overlay}, laid over it\n`);
    }
    return Promise.resolve(EXIT.done);
  },
};
