// At which speed a printer on a serial line answers: asked how it is at each usual speed, which prints nothing.
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { openConnection } from './connection.ts';
import type { PrinterLimits } from './limits.ts';
import type { Transport } from './link.ts';
import type { PrinterProfile } from './profile.ts';
import { StatusQuestions } from './status-questions.ts';

/** What printers can be set to; the ones they come with from the factory first (hardware/printers). */
export const USUAL_SPEEDS = [38_400, 19_200, 9_600, 115_200, 57_600] as const;

/** The first usual speed at which it answers as a printer does; null where it is silent at all of them, or cannot be asked. */
export async function findSpeed(of: {
  readonly at: (baudRate: number) => Transport;
  readonly profile: PrinterProfile;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
}): Promise<number | null> {
  if (of.profile.status === 'none') return null;
  for (const baudRate of USUAL_SPEEDS) {
    if (await answers({ ...of, transport: of.at(baudRate) })) return baudRate;
  }
  return null;
}

async function answers(of: {
  transport: Transport;
  profile: PrinterProfile;
  clock: Clock;
  limits: PrinterLimits;
}): Promise<boolean> {
  try {
    const connection = await openConnection({ ...of, onAutomatic: () => undefined, questions: new StatusQuestions() });
    try {
      await connection.askStatus();
      return true;
    } finally {
      await connection.close();
    }
  } catch (thrown) {
    // Silent, or gone in this moment: that is the answer.
    if (thrown instanceof TillError) return false;
    throw thrown;
  }
}
