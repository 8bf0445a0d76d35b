import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Rows of one world that wait for Fleet wait together.
    maxConcurrency: 10,
    coverage: { include: ['src/**'], provider: 'v8', reporter: ['text-summary', 'json-summary'] },
  },
});
