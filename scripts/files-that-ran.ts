import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const src = new URL('src/', root).href;

export interface Recorder {
  /** The files in `src` with a function that ran during `act`, as paths from the root. */
  during(act: () => Promise<unknown>): Promise<readonly string[]>;
  stop(): void;
}

/** Uses V8's precise coverage of this process. A file counts if one of its functions is called, not if it is loaded. */
export async function recordFiles(): Promise<Recorder> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  // Taking the coverage resets V8's counts.
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
