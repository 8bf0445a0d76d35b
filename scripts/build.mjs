/**
 * Bundles each entry of the app, with the libraries, into one file of `dist`: a process that reads one file instead of two
 * thousand starts in half the time. Types are checked before, by `tsc`.
 */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts', 'src/app/audit-export.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  // The maps name the sources; they need not hold them a second time.
  sourcesContent: false,
  legalComments: 'external',
  // Optional, native, and found at run time.
  external: ['msgpackr-extract'],
  // What CommonJS packages require at run time.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
