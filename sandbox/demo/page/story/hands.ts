/** The story's hands: they find things by what a person reads, and use the page as a person does. */
export class StoryStopped extends Error {
  override name = 'StoryStopped';
}

export interface Hands {
  press(what: string, find: () => HTMLElement | null): Promise<void>;
  type(what: string, find: () => HTMLInputElement | HTMLTextAreaElement | null, text: string): Promise<void>;
  key(find: () => HTMLElement | null, key: string): Promise<void>;
  until<T>(what: string, probe: () => T | null | undefined | false): Promise<T>;
  pause(ms: number): Promise<void>;
}

export type Tell = (caption: string) => void;
/** What the hands do, with captions that explain it. */
export type Script = (hands: Hands, tell: Tell) => Promise<void>;

const PATIENCE_MS = 30_000;

export function createHands(signal: AbortSignal, point: (at: DOMRect | null) => void): Hands {
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new StoryStopped());
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new StoryStopped());
      });
    });
  const until: Hands['until'] = async (what, probe) => {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = probe();
      if (found !== null && found !== undefined && found !== false) return found;
      if (performance.now() > end) throw new Error(`The story waited for ${what}, but it did not appear.`);
      await pause(60);
    }
  };
  const reach = async <T extends HTMLElement>(what: string, find: () => T | null): Promise<T> => {
    const target = await until(what, find);
    target.scrollIntoView({ block: 'nearest' });
    point(target.getBoundingClientRect());
    await pause(isCalm ? 250 : 650);
    return find() ?? target;
  };
  return {
    pause,
    until,
    async press(what, find) {
      const target = await reach(what, find);
      target.focus();
      target.click();
      await pause(220);
    },
    async type(what, find, text) {
      const target = await reach(what, find);
      target.focus();
      target.click();
      for (let end = 1; end <= text.length; end += 1) {
        enter(find() ?? target, text.slice(0, end));
        await pause(45);
      }
    },
    async key(find, key) {
      const target = find();
      target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await pause(200);
    },
  };
}

/** Bypasses React's own tracking of the value, so that React sees a change. */
function enter(target: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const kind = target instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(target, text);
  target.dispatchEvent(new Event('input', { bubbles: true }));
}
