// The composition root's scanner alone, for whoever wants to see what it sends and what is made of it.
import { makeScanner } from './app-devices.ts';
import type { Config } from './config/schema.ts';
import { maskCard } from './domain/mask-card.ts';
import { aimIdentifierOf } from './scan/aim-identifier.ts';
import { readCard } from './scan/card-grammar.ts';
import type { Heard } from './scan/listening.ts';
import type { Loss } from './scan/scan-framer.ts';
import type { ScannerState } from './scan/scanner.ts';
import { realClock } from './system/real-clock.ts';

/** One scan, or what was heard in place of one. */
export type SeenScan = {
  /** As they came in, framing and all. */
  readonly bytes: Uint8Array;
  /** The data without framing, identifier and prefix; null where it was not believed. */
  readonly text: string | null;
  readonly loss: Loss | null;
  /** "]C0"; null where the scanner sends none. */
  readonly aim: string | null;
  readonly is: 'card' | 'stop' | 'start' | 'coupon' | 'not-a-card' | 'lost';
  /** Why it is no card; null where it is one, or where `loss` says it. */
  readonly why: string | null;
  /** "..4413" */
  readonly maskedCard: string | null;
};

/** Listens until the signal; a scanner that can sound does, as it will after a visit. */
export async function watchScanner(of: {
  config: Config;
  signal: AbortSignal;
  onState: (state: ScannerState) => void;
  onScan: (scan: SeenScan) => void;
}): Promise<void> {
  const { config, signal } = of;
  const onHeard = (heard: Heard): void => {
    if (signal.aborted) return;
    const scan = seen(heard, config);
    scanner.sound(scan.is === 'not-a-card' || scan.is === 'lost' ? 'error' : 'ok');
    of.onScan(scan);
  };
  const { scanner, finished } = makeScanner({ config, clock: realClock, onHeard });
  scanner.onState((state) => {
    if (!signal.aborted) of.onState(state);
  });
  scanner.start({ signal, onScan: () => undefined });
  await finished();
}

function seen({ bytes, text, loss }: Heard, config: Config): SeenScan {
  const nothing = { bytes, text, loss, aim: null, why: null, maskedCard: null };
  if (text === null) return { ...nothing, is: 'lost' };
  const { stop: stopCard, start: startCard } = config.optOutCards;
  const reading = readCard({ text, rules: config.cards, stopCard, startCard });
  const scan = { ...nothing, aim: aimIdentifierOf(Buffer.from(bytes).toString('latin1')), is: reading.kind };
  if (reading.kind === 'card') return { ...scan, maskedCard: maskCard(reading.number) };
  return reading.kind === 'not-a-card' ? { ...scan, why: reading.why } : scan;
}
