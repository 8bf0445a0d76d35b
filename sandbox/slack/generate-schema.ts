// Writes block-kit.generated.json from @slack/types. Run: npx tsx sandbox/slack/generate-schema.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const schema = createGenerator({
  path: here('./judge/schema-roots.ts'),
  tsconfig: here('../../tsconfig.json'),
  type: 'Roots',
  additionalProperties: false,
  skipTypeCheck: true,
  jsDoc: 'none',
}).createSchema('Roots');

writeFileSync(here('./block-kit.generated.json'), `${JSON.stringify(schema, null, 1)}\n`);
