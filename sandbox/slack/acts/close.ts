import type { Act } from '../act-types.ts';
import { post } from '../delivery.ts';
import { envelope, interaction, viewObject } from '../payloads.ts';
import { closeStack, closeView } from '../view-store.ts';
import type { ViewRecord } from '../workspace-state.ts';
import { type Actor, checkMayAct } from './actor.ts';

/** The close button of one view. With clear_on_close, the whole stack closes. */
export async function closeByButton(actor: Actor, record: ViewRecord): Promise<Act | undefined> {
  checkMayAct(actor);
  if (record.view.clear_on_close === true) {
    const acts = await closeByCross(actor);
    return acts[0];
  }
  closeView(actor.core, record);
  return tellClosed(actor, record, false);
}

/** The X: closes every view of the stack, top first, and notifies the app for each view that asks for it. */
export async function closeByCross(actor: Actor): Promise<Act[]> {
  const { core, userId } = actor;
  const records = (core.state.modals[userId] ?? []).flatMap((id) => core.state.views[id] ?? []).reverse();
  closeStack(core, userId);
  const acts: Act[] = [];
  for (const record of records) {
    const act = await tellClosed(actor, record, true);
    if (act !== undefined) acts.push(act);
  }
  return acts;
}

async function tellClosed(
  { core, userId, target }: Actor,
  record: ViewRecord,
  isCleared: boolean,
): Promise<Act | undefined> {
  if (record.view.notify_on_close !== true) return undefined;
  const payload = {
    ...envelope(core, 'view_closed', userId),
    view: viewObject(core, record, record.values),
    is_cleared: isCleared,
  };
  return post(core, interaction(core, 'view_closed', userId, payload, target));
}
