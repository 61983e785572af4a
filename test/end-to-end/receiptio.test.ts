// A program of other people's, receiptio, prints on the simulated printer: what it is told of it is what a real one would tell.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/printer/profile.ts';
import type { SimulatedFaults } from '../../src/printer/simulated/faults.ts';
import { writeOut } from '../../src/printer/simulated/picture.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';
import { PROGRAM_FOLDER, runToEnd } from './tillcat.ts';

const RECEIPTIO = join(PROGRAM_FOLDER, 'node_modules', 'receiptio', 'bin', 'cli.js');
/** It knows no other port than 9100, so that an address of our own keeps others of this machine out. */
const AT = { host: '127.91.0.1', port: 9100 };
const WORDS = 'Good morning | two rolls';
/** Seconds it waits for the printer; what is wrong in a job it tells when they are over. */
const PATIENCE = '5';

const folder = mkdtempSync(join(tmpdir(), 'tillcat-receiptio-'));
const receipt = join(folder, 'morning.receipt');
beforeAll(() => writeFileSync(receipt, `${WORDS}\n`));
afterAll(() => rmSync(folder, { recursive: true }));

type Tried = { readonly before?: Partial<SimulatedFaults>; readonly within?: Partial<SimulatedFaults> };

/** Prints as its user would, and answers its last word with what is on paper. */
async function print({ before = {}, within }: Tried): Promise<{ word: string; paper: string }> {
  const profile = loadProfile({
    name: 'epson-tm-t20iii',
    folders: [join(PROGRAM_FOLDER, 'hardware', 'printers')],
  });
  const printer = new SimulatedPrinter({ profile });
  printer.set(before);
  if (within !== undefined) printer.setAfterBytes(60, within);
  const server = await serveSimulatedPrinter({ printer, ...AT });
  try {
    const words = [RECEIPTIO, '-d', AT.host, '-t', PATIENCE, receipt];
    const { out, err } = await runToEnd(process.execPath, words);
    return { word: `${out}${err}`.trim(), paper: writeOut({ pieces: printer.pieces, profile }) };
  } finally {
    await server.close();
  }
}

describe('receiptio at the simulated printer', () => {
  it('is told success, and its words are on the paper', async () => {
    const { word, paper } = await print({});
    expect(word).toBe('success');
    expect(paper).toContain('Good morning');
  });

  it.each([
    ['coveropen', { coverOpen: true }],
    ['paperempty', { paperOut: true }],
    ['offline', { deaf: true }],
  ])('is told %s before it prints anything', async (told, before) => {
    const { word, paper } = await print({ before });
    expect(word).toBe(told);
    expect(paper).not.toContain('Good morning');
  });

  it.each([
    ['coveropen', { coverOpen: true }],
    ['paperempty', { paperOut: true }],
  ])('is told %s in the middle of its job', async (told, within) => {
    const { word, paper } = await print({ within });
    expect(word).toBe(told);
    expect(paper).not.toContain('two rolls');
  });
});
