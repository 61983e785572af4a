// tillcat customer export: everything that is kept of a customer, as JSON that people can read.
import { findCustomer } from './customer.ts';
import { EXIT, type Command } from './command.ts';
import { writeFile } from './write-file.ts';

export const customerExport: Command = {
  name: 'customer export',
  operands: 'CARD',
  summary: 'everything that is kept of the customer of this card, as JSON to read and to hand over',
  options: { out: { type: 'string', value: 'FILE', about: 'write it here, readable by you alone' } },
  example: 'tillcat customer export 634000000000000017 --out customer.json',
  count: [1, 1],
  async run(input) {
    using shop = input.composition.openShop(input.composition.loadConfig(input.configFile).config);
    const { recordOf } = await input.composition.customers();
    const text = `${JSON.stringify(recordOf(shop, findCustomer(shop, input).customer), null, 2)}\n`;
    const file = input.option('out');
    if (file === null) input.terminal.out(text);
    else writeFile(file, text);
    return EXIT.done;
  },
};
