import type { SlackUserId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import type { News } from './settle-request.ts';

/**
 * Whoever is asked for the first time gets a new card, which makes a sound. Somebody who was asked before has one already,
 * and a card that is brought up to date in place makes none: they are told.
 */
export async function whenAskedAgain(
  { store }: ServiceContext,
  { id }: DeviceRequest,
  to: SlackUserId,
  askedAgain: News,
): Promise<News> {
  const copies = await store.copies(id);
  const wasAsked = copies.some(({ kind, slackUserId }) => kind === 'approver' && slackUserId === to);
  return wasAsked ? askedAgain : () => [];
}
