import { defineConfig } from 'vitest/config';

// The program run as its users run it: real processes, ports, pseudo-terminals and signals; one at a time.
export default defineConfig({
  test: {
    include: ['test/end-to-end/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
