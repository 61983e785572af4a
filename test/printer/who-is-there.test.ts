// Whether the printer that is there is the profile's: noticed when it comes, and again when another one is put in its place.
import { expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { watchIdentity } from '../../src/printer/who-is-there.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { profileNamed } from './a-till-printer.ts';

const profile = profileNamed('epson-tm-t20iii');

function watched(model: string) {
  const clock = new SimulatedClock(instant(Date.UTC(2026, 10, 22, 12)));
  const device = new SimulatedPrinter({ profile, identity: { maker: 'EPSON', model } });
  const transport = simulatedTransport({ printer: device, clock, limits: PRINTER_LIMITS });
  const printer = new EscposPrinter({ profile, transport, clock, limits: PRINTER_LIMITS, startsAfterBreak: false });
  const told: (string | null)[] = [];
  const problem = watchIdentity({ printer, changed: () => told.push(problem()), report: () => undefined });
  const stop = new AbortController();
  printer.start(stop.signal);
  return { clock, device, told, problem };
}

test('the right printer is no problem, and nobody is told', async () => {
  const { clock, told, problem } = watched('TM-T20III');
  await clock.advance(3000);
  expect([problem(), told]).toEqual([null, []]);
});

test('another printer is a problem that names both, told once', async () => {
  const { clock, told, problem } = watched('TM-m30III');
  await clock.advance(5000);
  expect(problem()).toMatch(/calls itself EPSON TM-m30III, and profile epson-tm-t20iii is for/);
  expect(told).toHaveLength(1);
});

test('a printer is asked again after it was away', async () => {
  const { clock, device, problem } = watched('TM-m30III');
  await clock.advance(3000);
  const asked = device.bytesReceived;
  device.set({ unplugged: true });
  await clock.advance(3000);
  device.set({ unplugged: false });
  await clock.advance(5000);
  expect(problem()).not.toBeNull();
  expect(device.bytesReceived).toBeGreaterThan(asked);
});
