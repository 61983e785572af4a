// One process for one printer: two daemons that write to it would mix two customers' coupons.
import { TillError } from '../domain/till-error.ts';
import type { Link, LinkEvents, Transport } from './link.ts';

/** Takes a name nobody else on this machine may hold, or says who holds it: "process 1234". */
export type TakeName = (name: string) => Promise<AsyncDisposable | { readonly holder: string }>;

export type ExclusiveTransport = Transport & {
  /**
   * Why it was not opened the last time: another process has it. null where it is ours, or was not the reason. Waits while the
   * name is being taken; who holds it is asked for half a second at most.
   */
  readonly refusal: () => Promise<TillError<'PRINTER_IN_USE'> | null>;
};

/**
 * Holds the printer's name until the connection is closed, which one that is lost is as well: until then bytes may be on
 * their way. `nameOf`: of the device as it is now, links resolved.
 */
export function exclusive({ transport, nameOf, take }: Shared): ExclusiveTransport {
  const printer = transport.name;
  let taking: Promise<AsyncDisposable | TillError<'PRINTER_IN_USE'> | null> = Promise.resolve(null);
  let lastEnds: Promise<unknown> = Promise.resolve();
  const takeIt = async () => {
    // A line of ours that was lost is not refused to ourselves while it is being closed.
    await lastEnds;
    const held = await take(`printer-${await nameOf()}`);
    return 'holder' in held ? new TillError('PRINTER_IN_USE', { printer, holder: held.holder }) : held;
  };
  return {
    name: printer,
    outlivesPrinter: transport.outlivesPrinter,
    refusal: async () => {
      const taken = await taking.catch(() => null);
      return taken instanceof TillError ? taken : null;
    },
    open: async (events: LinkEvents): Promise<Link> => {
      const taken = takeIt();
      taking = taken;
      const held = await taken;
      if (held instanceof TillError) throw held;
      const release = once(() => held[Symbol.asyncDispose]());
      const opening = Promise.withResolvers<Link | null>();
      const lost = (why: string): void => {
        // It may be lost before it is here to be closed.
        lastEnds = opening.promise.then((link) => link?.close()).then(release);
        events.lost(why);
      };
      try {
        const link = await transport.open({ ...events, lost });
        opening.resolve(link);
        return heldLink({ link, release });
      } catch (thrown) {
        opening.resolve(null);
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
