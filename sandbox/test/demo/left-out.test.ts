import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../browser/', import.meta.url));

it('says which tests need a browser and did not run', () => {
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.browser\.ts$/u.exec(file)?.[1] ?? []);

  process.stdout.write(`left out because they need Chromium (npm run test:browser): ${names.sort().join(', ')}\n`);
  expect(names).toContain('story');
});
