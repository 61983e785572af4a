// A program of its own, run beside the daemon at the lowest priority: looks through the store and says what it found.
// Usage: node check-store.ts FILE    Prints one line: "sound", or what is wrong. Exit 0 for both, 1 where it could not look.
import { setPriority } from 'node:os';
import { damageOf } from './check-pages.ts';

try {
  setPriority(19);
} catch {
  // The hardened unit allows nobody to change priorities; then it looks at the daemon's own.
}
const [file = ''] = process.argv.slice(2);
process.stdout.write(`${damageOf(file, 'pages') ?? 'sound'}`.concat('\n'));
