// A black and white bitmap as a PNG file (ISO/IEC 15948): one bit a dot, no library needed.
import { crc32, deflateSync } from 'node:zlib';

/** Dots row by row, dark is true. */
export class Bitmap {
  readonly width: number;
  readonly height: number;
  readonly #dark: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#dark = new Uint8Array(width * height);
  }

  /** Outside the bitmap nothing is drawn. */
  draw({ x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      this.#dark.fill(1, row * this.width + Math.max(0, x), row * this.width + Math.min(this.width, x + width));
    }
  }

  isDark(x: number, y: number): boolean {
    return this.#dark[y * this.width + x] === 1;
  }

  toPng(): Uint8Array {
    const rowBytes = Math.ceil(this.width / 8);
    // Each row begins with its filter, 0: none. A set bit is white.
    const rows = Buffer.alloc((rowBytes + 1) * this.height, 0xff);
    for (let y = 0; y < this.height; y++) {
      const start = y * (rowBytes + 1);
      rows[start] = 0;
      for (let x = 0; x < this.width; x++) {
        if (!this.isDark(x, y)) continue;
        const at = start + 1 + (x >> 3);
        rows[at] = (rows[at] ?? 0) & ~(0x80 >> (x & 7));
      }
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([1, 0, 0, 0, 0], 8);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')]);
  }
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
