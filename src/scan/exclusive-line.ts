// One process for one scanner: hidraw hands its reports to everybody who opens it, and a card read twice is served twice.
import type { LineSource } from './line.ts';

/** Takes a name nobody else on this machine may hold, or says who holds it: "process 1234". */
export type TakeName = (name: string) => Promise<AsyncDisposable | { readonly holder: string }>;

/** Holds the device's name for as long as a line is open. `nameOf`: of the device as it is now, links resolved. */
export function exclusiveLine(of: { source: LineSource; nameOf: () => Promise<string>; take: TakeName }): LineSource {
  const { source, nameOf, take } = of;
  return {
    path: source.path,
    identity: () => source.identity(),
    open: async (events) => {
      const held = await take(`scanner-${await nameOf()}`);
      if ('holder' in held) throw new Error(`${source.path} is in use by ${held.holder}; one daemon has one scanner`);
      const release = once(() => held[Symbol.asyncDispose]());
      const onLost = (why: string): void => {
        void release();
        events.onLost(why);
      };
      try {
        const line = await source.open({ ...events, onLost });
        const close = async (): Promise<void> => {
          await line.close();
          await release();
        };
        return { send: (bytes) => line.send(bytes), close };
      } catch (thrown) {
        await release();
        throw thrown;
      }
    },
  };
}

function once(work: () => PromiseLike<void>): () => PromiseLike<void> {
  let done: PromiseLike<void> | null = null;
  return () => (done ??= work());
}
