// The dark and light of a QR code, drawn from its data by a library that shares nothing with what we send.
import { createRequire } from 'node:module';
import type bwip from 'bwip-js';
import { z } from 'zod';
import type { DrawnSquare } from '../qr-memory.ts';

const library = z.object({ raw: z.custom<typeof bwip.raw>((value) => typeof value === 'function') });
let loaded: z.infer<typeof library> | null = null;

/** Row by row, true is dark. The library is two megabytes: it is loaded when the first square is looked at, and no strip has one. */
export function squareModules({ data, level }: Pick<DrawnSquare, 'data' | 'level'>): readonly (readonly boolean[])[] {
  loaded ??= library.parse(createRequire(import.meta.url)('bwip-js'));
  const text = Buffer.from(data).toString('latin1');
  const options = { bcid: 'qrcode', text, binarytext: true, eclevel: level };
  const [drawn] = loaded.raw(options);
  if (drawn === undefined || !('pixs' in drawn)) return [];
  const rows: boolean[][] = [];
  for (let from = 0; from < drawn.pixs.length; from += drawn.pixx) {
    rows.push(drawn.pixs.slice(from, from + drawn.pixx).map((module) => module === 1));
  }
  return rows;
}
