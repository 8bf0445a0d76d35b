import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const src = new URL('src/', root).href;

export interface Recorder {
  /** The files of `src` of which a function ran while `act` did, by their paths from the root. */
  during(act: () => Promise<unknown>): Promise<readonly string[]>;
  stop(): void;
}

/** V8's precise coverage of this process. That a module is loaded does not count, only that a function of it is called. */
export async function recordFiles(): Promise<Recorder> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  // Each time it is asked, V8 counts from zero again.
  const take = async () => (await session.post('Profiler.takePreciseCoverage')).result;
  return {
    during: async (act) => {
      await take();
      await act();
      const scripts = await take();
      return scripts
        .filter(({ url, functions }) => url.startsWith(src) && functions.some(wasCalled))
        .map(({ url }) => fileURLToPath(url).slice(fileURLToPath(root).length))
        .sort();
    },
    stop: () => session.disconnect(),
  };
}

interface CoveredFunction {
  readonly functionName: string;
  readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
}

function wasCalled({ functionName, ranges: [whole] }: CoveredFunction): boolean {
  const isModuleBody = functionName === '' && whole?.startOffset === 0;
  return !isModuleBody && whole !== undefined && whole.count > 0;
}
