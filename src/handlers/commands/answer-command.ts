import { errorName } from '../../domain/error-name.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { notShownText } from '../../views/notices.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import type { CommandArgs } from './command-args.ts';

/** Acknowledges at once; what has to be looked up follows over the command's own response, or an apology does. */
export async function answerAfterwards(
  deps: HandlerDeps,
  tenant: Tenant,
  { ack, body }: CommandArgs,
  answer: () => Promise<{ readonly ok: boolean }>,
): Promise<void> {
  await ack();
  const answered = async () => {
    try {
      if ((await answer()).ok) return;
    } catch (error) {
      deps.log.error('a command could not be answered', { error: errorName(error) });
    }
    await tellWhoActed(tenant, body, notShownText);
  };
  deps.inBackground('answer a command', answered());
}
