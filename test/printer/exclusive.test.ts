// Two programs and one printer.
import { afterEach, describe, expect, it } from 'vitest';
import { exclusive, type TakeName } from '../../src/printer/exclusive.ts';
import type { Link, Transport } from '../../src/printer/link.ts';
import { takeName } from '../../src/system/machine-lock.ts';

const NOBODY = { received: () => undefined, lost: () => undefined };
const open: Link[] = [];
afterEach(async () => {
  for (const link of open.splice(0)) await link.close();
});

/** A line that opens, or does not, and can be lost. */
function line({ fails = false } = {}): Transport & { lose: () => void } {
  let tell: (why: string) => void = () => undefined;
  return {
    name: 'tcp 10.0.0.7:9100',
    outlivesPrinter: false,
    lose: () => tell('it was pulled out'),
    open: ({ lost }) => {
      if (fails) return Promise.reject(new Error('it is off'));
      tell = lost;
      return Promise.resolve({ isOpen: true, write: () => Promise.resolve(), close: () => Promise.resolve() });
    },
  };
}

/** A line whose device takes its time to close, until `closed` is called; `closing` settles when that has begun. */
function slowToClose(): ReturnType<typeof line> & { closing: Promise<undefined>; closed: () => void } {
  const [closing, closed] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const wire = line();
  const close = (): Promise<void> => {
    closing.resolve(undefined);
    return closed.promise;
  };
  return {
    ...wire,
    open: async (events) => ({ ...(await wire.open(events)), close }),
    closing: closing.promise,
    closed: () => closed.resolve(undefined),
  };
}

/** The printer's name, held by one at a time; `free` settles when it is first given back. */
function nameOfPrinter(): { take: TakeName; isHeld: () => boolean; free: Promise<undefined> } {
  let isHeld = false;
  const free = Promise.withResolvers<undefined>();
  const give = (): Promise<void> => {
    isHeld = false;
    free.resolve(undefined);
    return free.promise;
  };
  const take: TakeName = () => {
    if (isHeld) return Promise.resolve({ holder: 'process 7' });
    isHeld = true;
    return Promise.resolve({ [Symbol.asyncDispose]: give });
  };
  return { take, isHeld: () => isHeld, free: free.promise };
}

const nameOf = () => Promise.resolve(`10.0.0.7:9100 of process ${process.pid}`);

function till(transport: Transport, take: TakeName = takeName) {
  const ours = exclusive({ transport, nameOf, take });
  return { refusal: ours.refusal, open: async () => void open.push(await ours.open(NOBODY)) };
}

describe('a printer', () => {
  it('that one program uses is refused to the other, which is told whose it is', async () => {
    const [first, second] = [till(line()), till(line())];
    await first.open();
    await expect(second.open()).rejects.toThrow(
      `10.0.0.7:9100 is used by process ${process.pid}; one TillCAT to a printer`,
    );
    expect((await second.refusal())?.code).toBe('PRINTER_IN_USE');
    expect(await first.refusal()).toBeNull();
  });

  it('that is slow to be told as taken is known as taken by whoever asks meanwhile', async () => {
    const answer = Promise.withResolvers<{ holder: string }>();
    const second = till(line(), () => answer.promise);
    const opening = expect(second.open()).rejects.toThrow('is used by process 7');
    const refusal = second.refusal();
    answer.resolve({ holder: 'process 7' });
    expect((await refusal)?.code).toBe('PRINTER_IN_USE');
    await opening;
  });

  it('whose name cannot even be asked for is nobody else’s', async () => {
    const second = till(line(), () => Promise.reject(new Error('no socket')));
    await expect(second.open()).rejects.toThrow('no socket');
    expect(await second.refusal()).toBeNull();
  });

  it('is free again when it was closed, lost, or did not open', async () => {
    const [first, second] = [till(line()), till(line())];
    await first.open();
    await open.pop()?.close();
    await second.open();
    expect(await second.refusal()).toBeNull();
    await open.pop()?.close();

    const wire = line();
    await till(wire).open();
    wire.lose();
    await open.pop()?.close();
    await expect(first.open()).resolves.toBeUndefined();
    await open.pop()?.close();

    await expect(till(line({ fails: true })).open()).rejects.toThrow('it is off');
    await expect(first.open()).resolves.toBeUndefined();
  });

  describe('that is lost', () => {
    it('is the next program’s when its line is closed, and not before', async () => {
      const name = nameOfPrinter();
      const wire = slowToClose();
      await exclusive({ transport: wire, nameOf, take: name.take }).open(NOBODY);
      wire.lose();
      await wire.closing;
      expect(name.isHeld()).toBe(true);
      wire.closed();
      await name.free;
      expect(name.isHeld()).toBe(false);
    });

    it('before it had opened is held until what opened is closed', async () => {
      const name = nameOfPrinter();
      const wire = slowToClose();
      const opened = Promise.withResolvers<undefined>();
      const open: Transport['open'] = async (events) => {
        const link = await wire.open(events);
        wire.lose();
        await opened.promise;
        return link;
      };
      const opening = exclusive({ transport: { ...wire, open }, nameOf, take: name.take }).open(NOBODY);
      opened.resolve(undefined);
      const link = await opening;
      await wire.closing;
      expect(name.isHeld()).toBe(true);
      wire.closed();
      await link.close();
      expect(name.isHeld()).toBe(false);
    });

    it('and then does not open is free', async () => {
      const name = nameOfPrinter();
      const open: Transport['open'] = ({ lost }) => {
        lost('it was pulled out');
        return Promise.reject(new Error('it is off'));
      };
      const ours = exclusive({ transport: { ...line(), open }, nameOf, take: name.take });
      await expect(ours.open(NOBODY)).rejects.toThrow('it is off');
      expect(name.isHeld()).toBe(false);
    });

    it('is not refused to its own program, which waits until its old line is closed', async () => {
      const name = nameOfPrinter();
      const wire = slowToClose();
      const ours = exclusive({ transport: wire, nameOf, take: name.take });
      await ours.open(NOBODY);
      wire.lose();
      const again = ours.open(NOBODY);
      await wire.closing;
      wire.closed();
      await expect(again).resolves.toMatchObject({ isOpen: true });
      expect(name.isHeld()).toBe(true);
    });
  });
});
