// One process for one printer: two daemons that write to it would mix two customers' coupons.
import { TillError } from '../domain/till-error.ts';
import type { Link, LinkEvents, Transport } from './link.ts';

/** Takes a name nobody else on this machine may hold, or says who holds it: "process 1234". */
export type TakeName = (name: string) => Promise<AsyncDisposable | { readonly holder: string }>;

export type ExclusiveTransport = Transport & {
  /** Why it was not opened the last time: another process has it. null where it is ours, or was not the reason. */
  readonly refusal: () => TillError<'PRINTER_IN_USE'> | null;
};

/** Holds the printer's name for as long as a connection is open. `nameOf`: of the device as it is now, links resolved. */
export function exclusive({ transport, nameOf, take }: Shared): ExclusiveTransport {
  const printer = transport.name;
  let refusal: TillError<'PRINTER_IN_USE'> | null = null;
  return {
    name: printer,
    outlivesPrinter: transport.outlivesPrinter,
    refusal: () => refusal,
    open: async (events: LinkEvents): Promise<Link> => {
      const held = await take(`printer-${await nameOf()}`);
      if ('holder' in held) {
        refusal = new TillError('PRINTER_IN_USE', { printer, holder: held.holder });
        throw refusal;
      }
      refusal = null;
      const release = once(() => held[Symbol.asyncDispose]());
      const lost = (why: string): void => {
        void release();
        events.lost(why);
      };
      try {
        return heldLink({ link: await transport.open({ ...events, lost }), release });
      } catch (thrown) {
        await release();
        throw thrown;
      }
    },
  };
}

export type Shared = {
  readonly transport: Transport;
  readonly nameOf: () => Promise<string>;
  readonly take: TakeName;
};

type Held = { readonly link: Link; readonly release: () => PromiseLike<void> };

function heldLink({ link, release }: Held): Link {
  return {
    get isOpen() {
      return link.isOpen;
    },
    write: (bytes) => link.write(bytes),
    // The name is given back when the device is closed and not before: until then bytes may be on their way.
    close: async () => {
      await link.close();
      await release();
    },
  };
}

function once(work: () => PromiseLike<void>): () => PromiseLike<void> {
  let done: PromiseLike<void> | null = null;
  return () => (done ??= work());
}
