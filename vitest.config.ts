import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/end-to-end/**', 'test/soak/**', 'node_modules/**'],
    setupFiles: ['test/setup.ts'],
    // Much of it is waiting for printers that do not answer: more workers than a small machine has cores are right.
    maxWorkers: Math.max(4, availableParallelism()),
    // What hangs is found all the same; what is only slow, on a machine with other things to do, is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
