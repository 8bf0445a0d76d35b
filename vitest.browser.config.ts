import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: the demo in a real Chromium. One file after the other: each starts a whole workspace. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    reporters: ['verbose'],
  },
});
