import { useEffect, useRef, useState } from 'react';
import { usePerform } from '../context.ts';
import { str, textOf } from '../json.ts';
import type { Place } from './element-types.ts';

export interface Option {
  readonly value: string;
  readonly text: string;
  readonly description: string;
}

export interface Options {
  readonly kind: 'loading' | 'ready' | 'too_short' | 'failed';
  readonly options: readonly Option[];
}

const SEARCH_MS = 180;

/** The options for this query: Slack's own lists, filtered, or the app's answer. The last query wins. */
export function useOptions(place: Place, isOpen: boolean, query: string, minLength: number): Options {
  const perform = usePerform();
  const [found, setFound] = useState<Options>({ kind: 'loading', options: [] });
  const turn = useRef(0);
  const { where, blockId, actionId } = place;
  const at = JSON.stringify([where, blockId, actionId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `at` identifies the place; `perform` is new at each render
  useEffect(() => {
    if (!isOpen) return;
    turn.current += 1;
    const mine = turn.current;
    if (query.length < minLength) return setFound({ kind: 'too_short', options: [] });
    setFound((before) => ({ kind: 'loading', options: before.options }));
    const ask = async (): Promise<void> => {
      const answer = await perform({ kind: 'suggest', where, blockId, actionId, query });
      if (mine !== turn.current) return;
      const options = (answer?.options ?? []).map((option) => ({
        value: str(option.value),
        text: textOf(option.text),
        description: textOf(option.description),
      }));
      setFound({ kind: answer?.reached === true ? 'ready' : 'failed', options });
    };
    const timer = setTimeout(() => void ask(), query === '' ? 0 : SEARCH_MS);
    return () => clearTimeout(timer);
  }, [at, isOpen, query, minLength]);
  return found;
}
