import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

/** Writes the files that failed, and how many errors belong to no file, for `second-look.mjs`. */
export function failedFiles(path: string): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const failed = modules.filter((one) => !one.ok()).map(({ moduleId }) => moduleId);
      writeFileSync(path, JSON.stringify({ failed, strayErrors: errors.length }));
    },
  };
}
