// The simulated printer serves for weeks: what lies in the bin beneath it is emptied.
import { expect, it } from 'vitest';
import { loadProfile } from '../../src/printer/profile.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';

it('keeps the last hundred strips and no more', async () => {
  const folder = new URL('../../hardware/printers', import.meta.url).pathname;
  const printer = new SimulatedPrinter({ profile: loadProfile({ name: 'epson-tm-t20iii', folders: [folder] }) });
  const cable = printer.attach({ answer: () => true, drop: () => undefined });
  for (let strip = 0; strip < 150; strip++) {
    await cable?.receive(Buffer.from(`Strip ${strip}\n\n\n\n\n\n\x1dVA\0`, 'latin1'));
  }
  expect(printer.strips).toHaveLength(100);
  expect(printer.pieces.length).toBeLessThanOrEqual(101);
  const last = printer.strips
    .at(-1)
    ?.flatMap(({ marks }) => marks.map((mark) => (mark.kind === 'text' ? mark.text : '')));
  expect(last?.join('')).toBe('Strip 149');
});
