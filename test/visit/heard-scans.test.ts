// The till's own scanner: what it could not read may have been the next customer's card, and STOP does not mean the one before.
import { expect, test } from 'vitest';
import { hearScans } from '../../src/hear-scans.ts';
import { SCAN_LIMITS } from '../../src/scan/limits.ts';
import { LineScanner } from '../../src/scan/line-scanner.ts';
import { SimulatedLine } from '../../src/scan/simulated-line.ts';
import { CARDS, STOP } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

/** Opens a till whose scanner stands on a simulated line. */
async function withScanner(till: OpenTill) {
  const line = new SimulatedLine();
  const { clock, desk } = till;
  const sounds = { ok: Uint8Array.of(1), error: Uint8Array.of(2) };
  const setup = { source: line, newDecoder: null, prefix: null, sounds, clock, onHeard: null };
  const scanner = new LineScanner({ kind: 'serial', terminator: 'any', ...setup });
  const stop = new AbortController();
  const reported: string[] = [];
  const report = (error: Error): void => void reported.push(error.message);
  line.plugIn();
  scanner.start({ signal: stop.signal, onScan: hearScans({ desk, scanner, report }) });
  await till.pass(0);
  return { line, reported, [Symbol.dispose]: () => stop.abort() };
}

test('a card is served and sounds well, something else sounds wrong', async () => {
  await using till = await openTill();
  using heard = await withScanner(till);
  heard.line.type(`${CARDS.anna}\r`);
  heard.line.type('a card!\r');
  expect(heard.line.sent).toEqual([1, 2]);
});

test.each([
  { what: 'half a card', bytes: 'BERT' },
  { what: 'a card with noise in it', bytes: 'BER\0TA\r' },
  { what: 'something far too long', bytes: `${'7'.repeat(SCAN_LIMITS.longestScan + 1)}\r` },
])('after $what STOP means nobody', async ({ bytes }) => {
  await using till = await openTill();
  using heard = await withScanner(till);
  heard.line.type(`${CARDS.anna}\r`);
  heard.line.type(bytes);
  await till.pass(3000);
  heard.line.type(`${STOP}\r`);
  expect(till.customer(CARDS.anna).optedOutAt).toBeNull();
  heard.line.type(`${CARDS.anna}\r${STOP}\r`);
  expect(till.customer(CARDS.anna).optedOutAt).not.toBeNull();
});

test('noise before a card does not spoil that customer’s STOP', async () => {
  await using till = await openTill();
  using heard = await withScanner(till);
  heard.line.type('BERT');
  await till.pass(3000);
  heard.line.type(`${CARDS.anna}\r`);
  await till.pass(1000);
  heard.line.type(`${STOP}\r`);
  expect(till.customer(CARDS.anna).optedOutAt).not.toBeNull();
});

test('a full disk sounds wrong and the next card is heard', async () => {
  await using till = await openTill();
  using heard = await withScanner(till);
  till.shop.db.exec(`create temp trigger full_disk before insert on visit begin select raise(abort, 'no room'); end`);
  heard.line.type(`${CARDS.anna}\r`);
  till.shop.db.exec('drop trigger full_disk');
  heard.line.type(`${CARDS.bertta}\r`);
  expect([heard.reported, heard.line.sent]).toEqual([['no room'], [2, 1]]);
});
