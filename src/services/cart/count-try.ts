import type { ChangeId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** After so many answers that confirm nothing a person is told, instead of waiting in front of the modal. */
export const MOST_TRIES = 3;

/** Which try of this change just failed, counted over all runs and instances. */
export async function countTry({ store }: ServiceContext, changeId: ChangeId): Promise<number> {
  for (let tried = 1; tried <= MOST_TRIES; tried += 1) {
    if ((await store.commit({ once: `tried.${changeId}.${tried}` })) !== 'repeated') return tried;
  }
  return MOST_TRIES;
}
