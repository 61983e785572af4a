// The serial line itself; what passes over it is tried by test/faults.
import { expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import { serialTransport } from '../../src/printer/serial.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';

test('a line that is not there says so, and leaves nothing behind that goes on looking for it', async () => {
  const clock = new SimulatedClock(instant(0));
  const line = {
    path: '/dev/no-such-line',
    baudRate: 38_400,
    flowControl: 'none',
    clock,
    limits: PRINTER_LIMITS,
  } as const;
  const opening = serialTransport(line).open({ received: () => undefined, lost: () => undefined });
  await expect(opening).rejects.toThrow('there is no such device');
  expect(clock.pendingCount).toBe(0);
});
