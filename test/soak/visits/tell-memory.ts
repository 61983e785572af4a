// Loaded into the daemon beside its program: tells in $TILLCAT_MEMORY_FILE, ten times a second, what its heap holds.
//
// A control: with $TILLCAT_LEAK it keeps so many bytes each time, as a program that forgets nothing would.
import { renameSync, writeFileSync } from 'node:fs';

const EVERY_MS = 100;
const file = process.env['TILLCAT_MEMORY_FILE'];

const leak = Number(process.env['TILLCAT_LEAK'] ?? 0);
const kept: Buffer[] = [];

if (file !== undefined) {
  setInterval(() => {
    if (leak > 0) kept.push(Buffer.alloc(leak, 1));
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.new`, `${heapUsed} ${external}`);
    renameSync(`${file}.new`, file);
  }, EVERY_MS).unref();
}
