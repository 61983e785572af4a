// The way to a simulated printer within the process: same type, limits and failures as a cable.
import type { Clock } from '../../domain/clock.ts';
import { TillError } from '../../domain/till-error.ts';
import { withDeadline } from '../deadline.ts';
import type { PrinterLimits } from '../limits.ts';
import type { Link, LinkEvents, Transport } from '../link.ts';
import type { Cable, SimulatedPrinter } from './simulated-printer.ts';

export function simulatedTransport({ printer, clock, limits }: SimulatedLine): Transport {
  const name = 'simulated printer';
  return {
    name,
    outlivesPrinter: false,
    open: async (events) => {
      const link = new SimulatedLink({ name, clock, limits, events });
      const cable = printer.attach(link.hostEnd);
      if (cable === null) throw new TillError('PRINTER_UNREACHABLE', { printer: name, problem: 'it is unplugged' });
      return Promise.resolve(link.on(cable));
    },
  };
}

export type SimulatedLine = {
  /** Only the printer's socket is needed: what is put between may listen in, and speak. */
  readonly printer: Pick<SimulatedPrinter, 'attach'>;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
};

type Ends = {
  readonly name: string;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  readonly events: LinkEvents;
};

class SimulatedLink implements Link {
  readonly #of: Ends;
  #cable: Cable | null = null;
  #why = 'it was closed';
  #giveUpWrite: (error: Error) => void = () => undefined;

  constructor(of: Ends) {
    this.#of = of;
  }

  readonly hostEnd = {
    answer: (bytes: Uint8Array): void => {
      if (this.isOpen) this.#of.events.received(bytes);
    },
    drop: (why: string): void => {
      this.#cable = null;
      this.#why = why;
      this.#giveUpWrite(this.#lost());
      this.#of.events.lost(why);
    },
  };

  on(cable: Cable): this {
    this.#cable = cable;
    return this;
  }

  get isOpen(): boolean {
    return this.#cable !== null;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { name, clock, limits } = this.#of;
    const cable = this.#cable;
    if (cable === null) throw this.#lost();
    const taken = new Promise<void>((resolve, reject) => {
      this.#giveUpWrite = reject;
      cable.receive(bytes).then(resolve, reject);
    });
    const late = () => new TillError('PRINTER_STALLED', { printer: name, waitedMs: limits.writeMs });
    await withDeadline({ work: taken, clock, limitMs: limits.writeMs, late });
    if (!this.isOpen) throw this.#lost();
  }

  close(): Promise<void> {
    this.#cable?.detach();
    this.#cable = null;
    this.#giveUpWrite(this.#lost());
    return Promise.resolve();
  }

  #lost(): TillError {
    return new TillError('PRINTER_CONNECTION_LOST', { printer: this.#of.name, problem: this.#why });
  }
}
