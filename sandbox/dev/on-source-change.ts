import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const GATHER_MS = 150;

/** Calls back once after each burst of changes in src/. Returns a function that stops watching. */
export function onSourceChange(changed: () => void, folder = src): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, (_event, file) => {
    if (file === null || !/\.(ts|lua|json)$/u.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, GATHER_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
