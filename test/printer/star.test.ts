// A printer in Star line mode: its commands byte by byte, its status, its counter, and the faults it has like any other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandReader, readStream } from '../../src/printer/command-reader.ts';
import { composeStrip } from '../../src/printer/compose.ts';
import { countOfStar, StarReplyReader, statusOfStar } from '../../src/printer/star-status.ts';
import { flawsOfStrip } from '../../src/printer/verify-strip.ts';
import { verifyStream } from '../../src/printer/verifier.ts';
import type { SimulatedFaults } from '../../src/printer/simulated/faults.ts';
import type { ReceiptElement } from '../../src/receipt/elements.ts';
import { gs1Code, line, serial, strip } from './a-strip.ts';
import { composedBytes, passTime, profileNamed, results, tillPrinter, timesPrinted } from './a-till-printer.ts';

const profile = profileNamed('star-tsp143');
const HEAD = '1b40' + '1b5200' + '1b1d7404' + '1b31'; // ESC @, ESC R 0, ESC GS t 4: CP858, ESC 1: 3 mm a line

function bytesOf(elements: readonly ReceiptElement[]): string {
  return Buffer.from(composedBytes([{ serial: serial(1), elements }], profile)).toString('hex');
}

describe('a part in Star line mode', () => {
  it('is set in a page the printer has, and cut where the blade stands or after a feed to it', () => {
    expect(bytesOf([line('ä €'), { kind: 'cut', cut: 'full' }])).toBe(HEAD + '8420d5' + '0a' + '1b6402');
    expect(bytesOf([{ kind: 'cut', cut: 'partial' }])).toBe(HEAD + '1b6403');
    expect(bytesOf([line('Ž')])).toBe(HEAD + '1b1d7420' + '8e' + '0a');
  });

  it('has its own sizes, weight and feed', () => {
    const big = line('a', { width: 2, height: 2, bold: true });
    expect(bytesOf([big])).toBe(HEAD + '1b690101' + '1b45' + '61' + '0a');
    expect(bytesOf([line('a', { height: 2 })])).toBe(HEAD + '1b690100' + '61' + '0a');
    expect(bytesOf([{ kind: 'feed', millimetres: 5 }])).toBe(HEAD + '1b4928'); // 40 eighths
  });

  it('says FNC1 and set C in its own way, and the digits as digits', () => {
    const digits = '17261206' + '2559501101000017' + serial(1);
    const code = Buffer.from(`%8%1${digits}`).toString('hex');
    expect(bytesOf([{ kind: 'symbol', code: gs1Code(serial(1)), heightMm: 9 }])).toBe(
      HEAD + '1b1d6101' + '1b62' + '36' + '31' + '31' + '48' + code + '1e' + '1b1d6100',
    );
    const ean = { kind: 'ean13', digits: '2112345678900' } as const;
    expect(bytesOf([{ kind: 'symbol', code: ean, heightMm: 9 }])).toContain(
      '1b62' + '33' + '31' + '32' + '48' + Buffer.from(ean.digits).toString('hex') + '1e',
    );
  });

  it('refuses a code it cannot say, before a byte exists', () => {
    const code = { kind: 'gs1', elementString: '(21)ABC' } as const;
    expect(() => bytesOf([{ kind: 'symbol', code, heightMm: 9 }])).toThrow(/digits only/);
  });

  it('is without a flaw whatever a product is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parts = [{ serial: serial(1), elements: [line(text)] }];
        expect(flawsOfStrip({ parts, strip: composeStrip({ parts, profile }), profile })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is read the same however it is cut up on the line', () => {
    const bytes = composedBytes(strip({ columns: 48, codeOf: gs1Code }), profile);
    const whole = readStream(bytes, 'star-line').filter(({ kind }) => kind !== 'text');
    const reader = new CommandReader('star-line');
    const pieces = [...bytes].flatMap((byte) => reader.push(Uint8Array.of(byte)));
    expect(pieces.filter(({ kind }) => kind !== 'text')).toEqual(whole);
    expect(whole.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });

  it.each([
    ['the drawer', Uint8Array.of(0x07), 'drawer'],
    ['ESC/POS', Uint8Array.of(0x1d, 0x21, 0x11), 'unknown-command'],
    ['a code without a start', Uint8Array.of(0x1b, 0x62, 0x36, 0x31, 0x31, 0x48, 0x31, 0x32, 0x1e), 'unknown-command'],
    ['a code that never ends', Uint8Array.of(0x1b, 0x62, 0x36, 0x31, 0x31, 0x48, 0x31), 'unfinished'],
    ['a page the printer has not', Uint8Array.of(0x1b, 0x1d, 0x74, 0x10), 'wrong-page'],
  ])('is told from %s', (_, bytes, kind) => {
    expect(verifyStream({ bytes, profile }).flaws.map((flaw) => flaw.kind)).toContain(kind);
  });
});

describe('a Star status', () => {
  it.each([
    [[0x23, 0x06, 0, 0, 0, 0, 0, 0, 0], 'ready'],
    [[0x23, 0x06, 0x28, 0, 0, 0, 0, 0, 0], 'cover-open'],
    [[0x23, 0x06, 0x08, 0, 0, 0x0c, 0, 0, 0], 'paper-out'],
    [[0x23, 0x06, 0, 0, 0, 0x04, 0, 0, 0], 'paper-low'],
    [[0x23, 0x06, 0x08, 0x08, 0, 0, 0, 0, 0], 'cutter-jammed'],
    [[0x23, 0x06, 0x08, 0x40, 0, 0, 0, 0, 0], 'head-hot'],
    [[0x23, 0x06, 0x08, 0x20, 0, 0, 0, 0, 0], 'offline'],
  ])('%j means %s', (bytes, state) => {
    expect(statusOfStar(bytes).state).toBe(state);
  });

  it('is found in noise, with the two bytes a network adds, and counts to 31', () => {
    const reader = new StarReplyReader();
    const own = [0x23, 0x86, 0, 0, 0, 0, 0, 0x6e, 0, 0, 0];
    const replies = reader.push(Uint8Array.from([0x10, 0xff, 0x12, ...own, 0x11, 0x23, 0x06, 0, 0, 0, 0, 0, 0x02, 0]));
    expect(replies.map((reply) => (reply.kind === 'star' ? countOfStar(reply.bytes) : null))).toEqual([31, 1]);
  });
});

describe('a Star printer', () => {
  it('prints a strip whose every part its counter confirms', async () => {
    const { device, print } = tillPrinter({ profile: 'star-tsp143' });
    expect(results(await print())).toEqual(Array(8).fill('printed'));
    expect(results(await print())).toEqual(Array(8).fill('printed'));
    expect(device.strips.map((pieces) => pieces.length)).toEqual([8, 8]);
    expect(device.problems).toEqual([]);
  });

  const faults: readonly [Partial<SimulatedFaults>][] = [
    [{ deaf: true }],
    [{ stalled: true }],
    [{ coverOpen: true }],
    [{ paperOut: true }],
    [{ cutterJammed: true }],
    [{ unplugged: true }],
  ];

  it.each(faults)(
    'that fails in a strip (%o) says no more than is true, and prints the next one whole',
    async (fault) => {
      for (const place of [20, 200, 420, 700, 1_100]) {
        const { device, clock, printer, print } = tillPrinter({ profile: 'star-tsp143' });
        await passTime(clock, printer.checkStatus());
        device.setAfterBytes(place, fault);
        const broken = await print();
        expect(results(broken).filter((result) => result === 'unknown')).toHaveLength(1);
        for (const part of broken.parts) {
          if (part.serial === null) continue;
          if (part.result === 'printed') expect(timesPrinted(device, part.serial)).toBe(1);
          if (part.result === 'failed') expect(timesPrinted(device, part.serial)).toBe(0);
        }
        for (const name of Object.keys(fault)) device.set({ [name]: false });
        await passTime(clock, printer.checkStatus());
        expect(device.hanging).toBeNull();
        const before = device.strips.length;
        expect((await print()).end).toBe('printed');
        expect(device.strips.slice(before).map((pieces) => pieces.length)).toEqual([8]);
      }
    },
  );

  it('is known to be open, out of paper or hot within three seconds', async () => {
    const { device, clock, printer } = tillPrinter({ profile: 'star-tsp143' });
    const end = new AbortController();
    printer.start(end.signal);
    await clock.advance(1_500);
    for (const [fault, state] of [
      [{ coverOpen: true }, 'cover-open'],
      [{ coverOpen: false, paperOut: true }, 'paper-out'],
      [{ paperOut: false, headHot: true }, 'head-hot'],
      [{ headHot: false, cutterJammed: true }, 'cutter-jammed'],
      [{ cutterJammed: false, paperLow: true }, 'paper-low'],
      [{ paperLow: false }, 'ready'],
    ] as const) {
      device.set(fault);
      await clock.advance(3_000);
      expect(printer.status().state).toBe(state);
    }
    end.abort();
  });
});
