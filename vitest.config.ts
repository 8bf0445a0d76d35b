import { defineConfig } from 'vitest/config';

/** On a shared machine a test of real processes and sockets may be starved once; one that is wrong fails twice. */
const patience = process.env.CI === undefined ? { testTimeout: 30_000, retry: 0 } : { testTimeout: 60_000, retry: 1 };

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.{ts,tsx}'],
    // The long suites (`npm run test:long`): random lives, killed processes, two instances under load.
    exclude: process.env.LONG === undefined ? ['test/model/**', 'test/crash/**', 'test/soak/**'] : [],
    ...patience,
    hookTimeout: patience.testTimeout,
    // The tests wait more than they compute.
    maxWorkers: '100%',
    // Rows of one world that wait for Fleet wait together.
    maxConcurrency: 10,
    // `npm run coverage`: every rule, every reading of Fleet's answers and every sentence is tried by some test.
    coverage: {
      provider: 'v8',
      include: ['src/domain/**', 'src/fleet/**', 'src/views/**'],
      reporter: [['text', { skipFull: true }], 'json-summary'],
      thresholds: { branches: 100 },
    },
  },
});
