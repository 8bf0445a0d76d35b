import type { Placed } from '../elements.ts';
import type { Obj } from '../json.ts';
import type { Place } from './actor.ts';

// As in a client, the options from look-ups are kept with the rendered element; people can choose only from these.
const offers = new WeakMap<object, Map<string, Obj[]>>();

const owner = (place: Place): object => (place.kind === 'view' ? place.record : place.message);
const key = ({ blockId, actionId }: Placed): string => JSON.stringify([blockId, actionId]);

export function rememberOffered(place: Place, placed: Placed, options: Obj[]): void {
  const ofPlace = offers.get(owner(place)) ?? new Map<string, Obj[]>();
  ofPlace.set(key(placed), [...options, ...(ofPlace.get(key(placed)) ?? [])].slice(0, 1000));
  offers.set(owner(place), ofPlace);
}

export function offeredOptions(place: Place, placed: Placed): Obj[] {
  return offers.get(owner(place))?.get(key(placed)) ?? [];
}
