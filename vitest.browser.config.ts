import { defineConfig } from 'vitest/config';

const report = process.env.TEST_REPORT;
const json = report === undefined ? [] : ['json'];

/** `npm run test:browser`: the demo in a real Chromium. One file after the other: each starts a whole workspace. */
export default defineConfig({
  test: {
    include: ['sandbox/test/browser/**/*.browser.ts'],
    // On a shared CI machine, a whole workspace plus a browser is slow but still correct.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // `TEST_REPORT`: where a second look reads which files failed.
    reporters: ['verbose', ...json],
    ...(report === undefined ? {} : { outputFile: report }),
  },
});
