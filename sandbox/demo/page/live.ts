import { useEffect, useState } from 'react';
import type { ExchangePicture, PanelPicture, PersonPicture, Picture } from '../picture-types.ts';

/** The server leaves `now` out of what it sends, so that the passing of time alone is no change. */
export type LivePicture = Omit<Picture, 'now'>;
export type LivePanel = Omit<PanelPicture, 'now'>;

export interface LiveState {
  readonly picture: LivePicture | null;
  readonly panel: LivePanel | null;
  /** Everyone; kept while another person's view loads. */
  readonly people: readonly PersonPicture[];
  readonly exchanges: readonly ExchangePicture[];
  /** False while the server does not answer: what is shown may be out of date. */
  readonly isConnected: boolean;
}

const EXCHANGES_KEPT = 400;
const nothing: LiveState = { picture: null, panel: null, people: [], exchanges: [], isConnected: true };

/** What this person sees, live. Each person has their own stream; switching drops the old view at once. */
export function useLive(userId: string): LiveState {
  const [state, setState] = useState(nothing);
  useEffect(() => {
    setState(({ panel, people }) => ({ ...nothing, panel, people }));
    const source = new EventSource(`/live?as=${encodeURIComponent(userId)}`);
    source.addEventListener('open', () => setState((before) => ({ ...before, isConnected: true, exchanges: [] })));
    source.addEventListener('error', () => setState((before) => ({ ...before, isConnected: false })));
    source.addEventListener('picture', ({ data }) => {
      const picture: LivePicture = JSON.parse(data);
      setState((before) => ({ ...before, picture, people: picture.people, isConnected: true }));
    });
    source.addEventListener('panel', ({ data }) => {
      const panel: LivePanel = JSON.parse(data);
      setState((before) => ({ ...before, panel }));
    });
    source.addEventListener('exchanges', ({ data }) => {
      const fresh: ExchangePicture[] = JSON.parse(data);
      setState((before) => ({ ...before, exchanges: merge(before.exchanges, fresh) }));
    });
    return () => source.close();
  }, [userId]);
  return state;
}

/** An exchange that arrives again has been answered since; it replaces its earlier copy. */
function merge(before: readonly ExchangePicture[], fresh: readonly ExchangePicture[]): readonly ExchangePicture[] {
  const byId = new Map(before.map((one) => [one.id, one]));
  for (const one of fresh) byId.set(one.id, one);
  return [...byId.values()].sort((one, other) => one.at - other.at).slice(-EXCHANGES_KEPT);
}
