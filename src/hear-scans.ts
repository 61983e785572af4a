// The till's own scanner: each scan is served and answered with a sound, and what could not be read was somebody's try as well.
import type { Desk } from './desk.ts';
import { toError } from './domain/to-error.ts';
import type { Scanner } from './scan/scanner.ts';
import { soundOf } from './sound-of.ts';

/** @returns what is to be done with each whole scan */
export function hearScans(of: {
  desk: Pick<Desk, 'serve' | 'missScan'>;
  scanner: Scanner;
  report: (error: Error) => void;
}): (text: string) => void {
  const { desk, scanner, report } = of;
  let lostSoFar = lostBy(scanner);
  return (text) => {
    const lost = lostBy(scanner);
    if (lost !== lostSoFar) desk.missScan();
    lostSoFar = lost;
    try {
      const sound = soundOf(desk.serve({ text, source: 'scanner' }).outcome);
      if (sound !== null) scanner.sound(sound);
    } catch (thrown) {
      // A full disk, say: this customer gets nothing, and the next card is heard all the same.
      scanner.sound('error');
      report(toError(thrown));
    }
  };
}

/** Scans that came and were not whole, since the start. */
export function lostBy(scanner: Scanner): number {
  const { half, noise, overlong, doubtful } = scanner.counts();
  return half + noise + overlong + doubtful;
}
