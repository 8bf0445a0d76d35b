/**
 * Bundles each entry of the app, with the libraries, into one file of `dist`: a process that reads one file instead of two
 * thousand starts in half the time. Types are checked before, by `tsc`.
 */
import { rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts', 'src/app/audit-export.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Node keeps the text of a module in two bytes a character, and that of a CommonJS file in one.
  format: 'cjs',
  // Names stay: errors are told apart by theirs, and the log says in which function something was thrown.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  sourcemap: true,
  // The maps name the sources; they need not hold them a second time.
  sourcesContent: false,
  legalComments: 'external',
  // Optional, native, and found at run time.
  external: ['msgpackr-extract'],
  logLevel: 'warning',
});
await writeFile('dist/package.json', '{ "type": "commonjs" }\n');
