import { defineConfig } from 'vitest/config';
import { failedFiles } from './scripts/failed-files.ts';

// Where `.ci/run` reads which files failed, to run each once more by itself.
const report = process.env.TEST_REPORT;

/** `npm run test:browser`: the demo in a real Chromium. One file after the other: each starts a whole workspace. */
export default defineConfig({
  test: {
    include: ['sandbox/test/browser/**/*.browser.ts'],
    // On a shared CI machine, a whole workspace plus a browser is slow but still correct.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['verbose', ...(report === undefined ? [] : [failedFiles(report)])],
  },
});
