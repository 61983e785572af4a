// From bytes to scans: no half scan is glued to the next, and noise is never a scan.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCAN_LIMITS } from '../../src/scan/limits.ts';
import { ScanFramer, noCounts, TERMINATORS, type Terminator } from '../../src/scan/scan-framer.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function framer(terminator: Terminator = 'any') {
  const counts = noCounts();
  const it = new ScanFramer({ terminator, counts });
  return {
    counts,
    silence: () => it.silence(),
    send: (text: string, atMs = 0) => it.push({ bytes: bytes(text), atMs }),
  };
}

const CARD = '634004021188884417';
const OTHER = '634004029999990003';

describe('whole scans', () => {
  test.each([
    ['CR', `${CARD}\r`],
    ['LF', `${CARD}\n`],
    ['CRLF', `${CARD}\r\n`],
    ['TAB', `${CARD}\t`],
    ['STX and ETX', `\x02${CARD}\x03`],
    ['STX and ETX with CR before the ETX', `\x02${CARD}\r\x03`],
    ['STX and ETX with CRLF after it', `\x02${CARD}\x03\r\n`],
  ])('ended by %s are one scan each, with nothing between them', (_name, sent) => {
    const { send, counts } = framer();
    expect(send(sent + sent)).toEqual([CARD, CARD]);
    expect(counts).toEqual({ ...noCounts(), scans: 2 });
  });

  test.each<[Terminator, string]>([
    ['cr', `${CARD}\r`],
    ['lf', `${CARD}\n`],
    ['crlf', `${CARD}\r\n`],
    ['tab', `${CARD}\t`],
    ['stx-etx', `\x02${CARD}\x03`],
  ])('are taken with the terminator %s configured', (terminator, sent) => {
    expect(framer(terminator).send(sent + sent)).toEqual([CARD, CARD]);
  });

  test('are not cut by a line ending that is not the configured one', () => {
    const { send, counts } = framer('tab');
    expect(send(`6340\r0402\t`)).toEqual([]);
    expect(counts.noise).toBe(1);
    expect(send(`${CARD}\t`)).toEqual([CARD]);
  });

  test('are only taken between STX and ETX where that is configured', () => {
    const { send } = framer('stx-etx');
    expect(send(`${OTHER}\r\n\x02${CARD}\x03`)).toEqual([CARD]);
  });

  test('keep the separator of a GS1 symbol', () => {
    expect(framer().send('10ABC\x1d21XY\r')).toEqual(['10ABC\x1d21XY']);
  });
});

describe('half scans', () => {
  test('are dropped by silence, and the next card is read right', () => {
    const { send, silence, counts } = framer();
    expect(send('63400402', 0)).toEqual([]);
    silence();
    expect(send(`${CARD}\r`, 5000)).toEqual([CARD]);
    expect(counts).toEqual({ ...noCounts(), half: 1, scans: 1 });
  });

  test('are dropped by the next STX', () => {
    const { send, counts } = framer();
    expect(send(`\x026340\x02${CARD}\x03`)).toEqual([CARD]);
    expect(counts.half).toBe(1);
  });

  test('continued after a pause nobody watched are believed in neither half', () => {
    const { send, counts } = framer();
    send('634004', 0);
    expect(send(`${CARD}\r`, SCAN_LIMITS.gapMs + 1)).toEqual([]);
    expect(counts.doubtful).toBe(1);
    expect(send(`${CARD}\r`, SCAN_LIMITS.gapMs + 2)).toEqual([CARD]);
  });

  test('split over reads within the gap are whole', () => {
    const { send } = framer();
    expect(send(CARD.slice(0, 7), 0)).toEqual([]);
    expect(send(CARD.slice(7), SCAN_LIMITS.gapMs)).toEqual([]);
    expect(send('\r', 2 * SCAN_LIMITS.gapMs)).toEqual([CARD]);
  });

  test('begun by an STX that was noise do not end at a CR', () => {
    const { send, silence } = framer();
    expect(send(`6340\x020402118888\r`)).toEqual([]);
    silence();
    expect(send(`${CARD}\r`)).toEqual([CARD]);
  });
});

describe('noise', () => {
  test.each([0x00, 0x07, 0x1b, 0x7f, 0x80, 0xff])('of byte %i spoils what comes up to the next silence', (byte) => {
    const { send, silence, counts } = framer();
    expect(send(`6340${String.fromCharCode(byte)}04021188884417\r\x02${OTHER}\x03${OTHER}\r`)).toEqual([]);
    silence();
    expect(counts.noise).toBe(1);
    expect(send(`${OTHER}\r`)).toEqual([OTHER]);
  });

  test('before a card spoils it, unless silence lies between', () => {
    const { send, silence } = framer();
    expect(send(`\xff\xfe${CARD}\r`)).toEqual([]);
    send('\xff\xfe');
    silence();
    expect(send(`${CARD}\r`)).toEqual([CARD]);
  });

  test('that is longer than any code is dropped up to its end', () => {
    const { send, counts } = framer();
    expect(send(`${'9'.repeat(3 * SCAN_LIMITS.longestScan)}\r${CARD}\r`)).toEqual([CARD]);
    expect(counts.overlong).toBe(1);
  });

  test('never makes a scan that is empty, too long or unprintable, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TERMINATORS), fc.uint8Array({ maxLength: 600 }), (terminator, noise) => {
        const it = new ScanFramer({ terminator, counts: noCounts() });
        for (const scan of it.push({ bytes: noise, atMs: 0 })) {
          expect(scan).toMatch(/^[\x1d\x20-\x7e]+$/);
          expect(scan.length).toBeLessThanOrEqual(SCAN_LIMITS.longestScan);
        }
      }),
    );
  });
});

test('any chunking of the same bytes gives the same scans', () => {
  const stream = fc.array(
    fc.oneof(
      fc.constantFrom(`${CARD}\r`, `${CARD}\r\n`, `\x02${OTHER}\x03`, `${OTHER}\t`, '6340', '\x02', '\x03', '\xff'),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...TERMINATORS), stream, fc.array(fc.nat(40)), (terminator, parts, sizes) => {
      const sent = parts.join('');
      const whole = framer(terminator).send(sent);
      const inPieces = framer(terminator);
      const scans: string[] = [];
      let from = 0;
      for (const size of [...sizes, sent.length]) {
        scans.push(...inPieces.send(sent.slice(from, from + size)));
        from += size;
      }
      expect(scans).toEqual(whole);
    }),
  );
});
