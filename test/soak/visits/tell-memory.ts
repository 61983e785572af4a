// Loaded into the daemon beside its program: tells in $TILLCAT_MEMORY_FILE, ten times a second, what its heap holds.
import { renameSync, writeFileSync } from 'node:fs';

const EVERY_MS = 100;
const file = process.env['TILLCAT_MEMORY_FILE'];

if (file !== undefined) {
  setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.new`, `${heapUsed} ${external}`);
    renameSync(`${file}.new`, file);
  }, EVERY_MS).unref();
}
