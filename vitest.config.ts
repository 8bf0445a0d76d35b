import { defineConfig } from 'vitest/config';
import { failedFiles } from './scripts/failed-files.ts';
import { SlowestFirst } from './test/support/slowest-first.ts';

// Where `.ci/run` reads which files failed, to run each once more by itself.
const report = process.env.TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.{ts,tsx}'],
    // `npm run test:model`, `test:long` and `test:topologies`: random requests, killed processes, and what takes more than a minute of real time.
    exclude: process.env.LONG === undefined ? ['test/{crash,long,model,soak,topologies}/**'] : [],
    reporters: ['default', ...(report === undefined ? [] : [failedFiles(report)])],
    globalSetup: 'test/support/one-redis-a-run.ts',
    // No file mocks a module or leaves anything behind: importing the program once a worker halves the run.
    isolate: false,
    // The tests wait more than they compute.
    maxWorkers: 8,
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Rows of one world that wait for Fleet wait together.
    maxConcurrency: 5,
    // `npm run coverage`: every rule, every reading of Fleet's answers and every sentence is tried by some test.
    coverage: {
      provider: 'v8',
      include: ['src/domain/**', 'src/fleet/**', 'src/views/**'],
      reporter: [['text', { skipFull: true }], 'json-summary'],
      thresholds: { branches: 100 },
    },
  },
});
