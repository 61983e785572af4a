// Two programs at one keyboard scanner would serve each card twice: the second one is refused, and waits.
import { expect, test } from 'vitest';
import { exclusiveLine } from '../../src/scan/exclusive-line.ts';
import { SimulatedLine } from '../../src/scan/simulated-line.ts';

/** The machine's names, as long as they are held. */
function names() {
  const held = new Set<string>();
  const take = (name: string) => {
    if (held.has(name)) return Promise.resolve({ holder: 'process 7' });
    held.add(name);
    return Promise.resolve({ [Symbol.asyncDispose]: () => Promise.resolve(void held.delete(name)) });
  };
  return { held, take };
}

const events = { onBytes: () => {}, onOverrun: () => {}, onLost: () => {} };

function twoPrograms() {
  const { held, take } = names();
  const device = new SimulatedLine();
  device.plugIn();
  const program = () => exclusiveLine({ source: device, nameOf: () => Promise.resolve('/dev/hidraw0'), take });
  return { held, device, first: program(), second: program() };
}

test('the second one is told who has it, and gets it when the first one lets go', async () => {
  const { first, second } = twoPrograms();
  const line = await first.open(events);
  await expect(second.open(events)).rejects.toThrow('/dev/tillcat/scanner is in use by process 7');
  await line.close();
  await (await second.open(events)).close();
});

test('an unplugged scanner and one that does not open are nobody’s', async () => {
  const { held, device, first } = twoPrograms();
  await first.open(events);
  device.unplug({ silently: false });
  await Promise.resolve();
  expect(held.size).toBe(0);
  await expect(first.open(events)).rejects.toThrow('is not there');
  expect(held.size).toBe(0);
});
