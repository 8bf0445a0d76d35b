import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../browser/', import.meta.url));

it('says which tests need a browser and did not run', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.browser.ts'));
  const count = files.flatMap((name) => [...readFileSync(folder + name, 'utf8').matchAll(/^\s*it\(/gmu)]).length;

  process.stdout.write(`left out: ${count} tests in ${files.length} files need Chromium: npm run test:browser\n`);
  expect(count).toBeGreaterThan(0);
});
