// A picture of paper for the simulated desk: white, with a grey bar where each word would be. Real strips are drawn from printer bytes.
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 576;
const LINE_HEIGHT = 30;
const COLUMN_WIDTH = 13;
const MARGIN = 15;

/** PNG, 8-bit grey. */
export function simulatedPicture(text: string): Uint8Array {
  const lines = text.split('\n');
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  // One filter byte (0, none) before each row.
  const rows = Buffer.alloc(height * (WIDTH + 1), 255);
  for (let y = 0; y < height; y++) {
    const row = y * (WIDTH + 1);
    rows[row] = 0;
    const within = (y - MARGIN) % LINE_HEIGHT;
    if (y < MARGIN || within < 6 || within > 21) continue;
    const line = lines[Math.floor((y - MARGIN) / LINE_HEIGHT)] ?? '';
    for (let column = 0; column < line.length; column++) {
      if (line[column] === ' ') continue;
      const x = row + 1 + MARGIN + column * COLUMN_WIDTH;
      rows.fill(line[column] === '|' && column % 2 === 0 ? 0 : 90, x, Math.min(x + COLUMN_WIDTH, row + WIDTH));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
