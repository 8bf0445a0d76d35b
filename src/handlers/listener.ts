import { errorName } from '../domain/error-name.ts';
import { tellWhoActed } from '../presenters/workspace.ts';
import { notConfirmedText, notDoneText, notInstalledText, noticeModal } from '../views/notices.ts';
import type { HandlerDeps, Tenant } from './deps.ts';

/** The part of Bolt's listener arguments that every kind of interaction shares. */
interface AnyArgs {
  // Bolt types ack differently for each kind of listener; only its being called matters here.
  readonly ack: (...answer: never[]) => Promise<void>;
  readonly body: object;
  readonly context: { readonly teamId?: string };
}

/** What an acknowledgement can carry when nothing could be recorded; the rest is told over response_url or a modal. */
type Kind = 'command' | 'submission' | 'press' | 'options' | 'event';

/**
 * Every listener goes through here: the workspace is taken from the signed payload, an acknowledgement is sent whatever
 * happens (Bolt would let Slack wait for 3 s and show "operation timed out"), and whoever acted always gets a sentence.
 */
export function listener<Args extends AnyArgs>(
  deps: HandlerDeps,
  kind: Kind,
  handle: (args: Args, tenant: Tenant) => Promise<void>,
): (args: Args) => Promise<void> {
  return async (args) => {
    let acknowledged = false;
    const tenant = args.context.teamId === undefined ? null : deps.tenant(args.context.teamId);
    const ack = async (...answer: never[]): Promise<void> => {
      await tenant?.context.step?.(`${kind}.before_ack`);
      acknowledged = true;
      await args.ack(...answer);
      await tenant?.context.step?.(`${kind}.after_ack`);
    };
    try {
      if (tenant === null) await apologise(deps, null, kind, args, false, notInstalledText);
      else await handle({ ...args, ack }, tenant);
    } catch (error) {
      deps.log.error('a listener failed', { kind, error: errorName(error) });
      await apologise(deps, tenant, kind, args, acknowledged, failedText(error, acknowledged));
    }
  };
}

/** What is acknowledged may be recorded: whatever fails then says nothing of what was done. */
function failedText(error: unknown, acknowledged: boolean): string {
  return acknowledged ? notConfirmedText : notDoneText(error);
}

async function apologise(
  deps: HandlerDeps,
  tenant: Tenant | null,
  kind: Kind,
  args: AnyArgs,
  acknowledged: boolean,
  text: string,
): Promise<void> {
  // One cast for Bolt's per-kind ack types: the answer's form is decided by `kind`, which the caller states.
  const ack = args.ack as (answer?: unknown) => Promise<void>;
  try {
    if (!acknowledged && kind === 'command') return await ack({ response_type: 'ephemeral', text });
    if (!acknowledged && kind === 'submission')
      return await ack({ response_action: 'update', view: noticeModal('Fleet', text) });
    if (!acknowledged) await ack(kind === 'options' ? { options: [] } : undefined);
    if (kind !== 'options' && kind !== 'event' && tenant !== null) await tellWhoActed(tenant, args.body, text);
  } catch (error) {
    deps.log.error('an apology could not be delivered', { kind, error: errorName(error) });
  }
}
