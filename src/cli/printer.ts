// tillcat printer test: one page that shows width, characters, a code and the cut, on the printer of the configuration.
import type { PrinterStatus } from '../domain/printer-status.ts';
import { EXIT, type Command } from './command.ts';

export const printerTest: Command = {
  name: 'printer test',
  operands: '',
  summary: 'print a page that shows width, characters, a code and the cutter',
  options: {},
  example: 'tillcat printer test',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal }) {
    const { config } = composition.loadConfig(configFile);
    if (config.printer.transport.type === 'till') {
      terminal.err('tillcat: printer.transport.type is till: print a page from the till, the printer is not ours\n');
      return EXIT.couldNot;
    }
    const result = await composition.printTestPage(config, signal);
    const told = result.told === null ? '' : `, and calls itself ${result.told.maker} ${result.told.model}`;
    terminal.out(`printer ${result.printer}: ${words(result.before)}${told}\n`);
    if (result.mismatch !== null) terminal.err(`tillcat: ${result.mismatch}\n`);
    const sent = `${result.bytes} bytes, ${Math.round(result.millimetres)} mm`;
    switch (result.end) {
      case 'printed':
        terminal.out(`printed, confirmed by the printer: ${sent}\n`);
        return EXIT.done;
      case 'unknown':
        terminal.out(`sent, and the printer did not say whether it is printed: ${sent}; look at the paper\n`);
        return EXIT.done;
      case 'partly-printed':
      case 'failed':
      case 'dropped':
        terminal.err(`tillcat: the page was not printed: ${words(result.status)}; check paper, cover and cable\n`);
        return EXIT.couldNot;
    }
  },
};

function words(status: PrinterStatus): string {
  return status.state === 'offline' ? `offline (${status.why})` : status.state;
}
