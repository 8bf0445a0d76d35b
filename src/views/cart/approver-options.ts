import type { PlainTextOption } from '@slack/types';
import type { Person } from '../../domain/people/people.ts';
import { limits } from '../limits.ts';
import { sayingOption } from '../order-equipment/order-equipment-options.ts';
import { plain } from '../text.ts';

export const nobodyMaySign = 'Nobody may sign for you yet: please ask an admin';
export const whoYouAreUnknown = 'Fleet does not know who you are just now: try again';

/** `approvers`: those whom the words typed name. */
export function approverOptions(approvers: readonly Person[], typed: string): PlainTextOption[] {
  if (approvers.length === 0) return [sayingOption(`Nobody called “${typed.trim()}” may sign`)];
  return approvers.slice(0, limits.options).map(({ name, slackUserId }) => ({
    text: plain(name, limits.optionText),
    value: slackUserId,
  }));
}
