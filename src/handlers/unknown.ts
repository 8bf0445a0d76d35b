import { type AllMiddlewareArgs, type AnyMiddlewareArgs, ReceiverMultipleAckError } from '@slack/bolt';
import { tellWhoActed } from '../presenters/workspace.ts';
import { unknownCommandText, unknownPressText } from '../views/notices.ts';
import type { HandlerDeps } from './deps.ts';

/**
 * Something that no listener knows: an id of a release that is gone, or of one newer than this instance. Bolt would
 * leave it unanswered for three seconds, and runs every listener that matches, so a catch-all cannot be one of them: it
 * goes after them, and whoever was acknowledged already needs nothing.
 */
export function answerUnknown(deps: HandlerDeps) {
  return async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await args.next();
    if (!('ack' in args) || typeof args.ack !== 'function') return;
    const isCommand = 'command' in args;
    try {
      // Bolt's ack takes a different answer for each kind; both of these are legal for theirs.
      const ack = args.ack as (answer?: unknown) => Promise<void>;
      await ack(isCommand ? { response_type: 'ephemeral', text: unknownCommandText } : undefined);
    } catch (error) {
      if (error instanceof ReceiverMultipleAckError) return;
      throw error;
    }
    const tenant = args.context.teamId === undefined ? null : deps.tenant(args.context.teamId);
    if (isCommand || 'options' in args || tenant === null) return;
    deps.inBackground('answer something unknown', tellWhoActed(tenant, args.body, unknownPressText));
  };
}
