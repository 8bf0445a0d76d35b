import type { Act, SubmitResult } from '../act-types.ts';
import { accepted, post } from '../delivery.ts';
import { placedElements } from '../elements.ts';
import { isObj, type Obj, obj, objects, str, textOf } from '../json.ts';
import { envelope, interaction, viewObject } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { checkView, closeStack, closeView, rerender, showModal } from '../view-store.ts';
import type { ViewRecord } from '../workspace-state.ts';
import { type Actor, checkMayAct, tell } from './actor.ts';
import { clientErrors } from './client-checks.ts';

const trouble = 'We had some trouble connecting. Try again?';

export async function submitView(actor: Actor, record: ViewRecord): Promise<SubmitResult> {
  const { core, userId } = actor;
  checkMayAct(actor);
  if (record.view.submit === undefined) throw new Error('this view has no submit button');
  const refused = clientErrors(record);
  record.errors = refused;
  if (Object.keys(refused).length > 0) {
    core.changed('submit refused');
    return { kind: 'errors', errors: byLabel(record, refused), bySlack: true };
  }
  const payload = {
    ...envelope(core, 'view_submission', userId),
    trigger_id: core.tickets.issueTrigger(userId, record.id),
    view: viewObject(core, record, record.values),
    response_urls: responseUrls(actor, record),
  };
  const act = await post(core, interaction(core, 'view_submission', userId, payload, actor.target));
  if (!accepted(act)) return failed(actor, act);
  return apply(actor, record, act);
}

function failed({ core, userId }: Actor, act: Act): SubmitResult {
  tell(core, userId, act, trouble);
  return { kind: 'failed', shown: act.shown, act };
}

/** A modal gets response URLs only from selects with response_url_enabled. */
function responseUrls({ core, userId }: Actor, record: ViewRecord): Obj[] {
  return placedElements(objects(record.view.blocks)).flatMap(({ blockId, actionId, element, isInput }) => {
    const state = record.values[blockId]?.[actionId];
    const channel = str(state?.selected_conversation) ?? str(state?.selected_channel);
    if (!isInput || element.response_url_enabled !== true || channel === undefined) return [];
    const url = core.tickets.issueResponseUrl('app', userId, channel);
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
  });
}

function apply(actor: Actor, record: ViewRecord, act: Act): SubmitResult {
  const { core } = actor;
  try {
    return applyAction(actor, record, act);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    core.violations.note({
      severity: 'breach',
      rule: 'invalid_ack_body',
      where: 'view_submission',
      detail: error.message,
    });
    return failed(actor, act);
  }
}

function applyAction({ core, userId }: Actor, record: ViewRecord, act: Act): SubmitResult {
  if (act.rawBody.trim() === '') {
    closeView(core, record);
    return { kind: 'closed', act };
  }
  // The person closed the modal before the app answered, so there is nowhere to show the answer.
  if (!record.open) return { kind: 'closed', act };
  if (!isObj(act.body)) throw new Refusal('not_an_object');
  const { response_action: action, view, errors } = act.body;
  switch (action) {
    case undefined:
      if (Object.keys(act.body).length > 0) throw new Refusal('missing_response_action');
      closeView(core, record);
      return { kind: 'closed', act };
    case 'clear':
      closeStack(core, userId);
      return { kind: 'cleared', act };
    case 'errors':
      return showErrors(core.changed, record, obj(errors), act);
    case 'update':
      rerender(core, record, checkView(core, view, 'modal', record));
      return { kind: 'updated', act };
    case 'push':
      showModal(core, userId, checkView(core, view, 'modal'), record);
      return { kind: 'pushed', act };
    default:
      throw new Refusal('unknown_response_action', [String(action)]);
  }
}

function showErrors(changed: (what: string) => void, record: ViewRecord, errors: Obj, act: Act): SubmitResult {
  const inputs = objects(record.view.blocks).filter((block) => block.type === 'input');
  const given: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(errors)) {
    if (!inputs.some((block) => block.block_id === blockId)) throw new Refusal('errors_for_no_input', [blockId]);
    if (typeof text !== 'string' || text === '') throw new Refusal('empty_error_text', [blockId]);
    given[blockId] = text;
  }
  if (Object.keys(given).length === 0) throw new Refusal('errors_without_entries');
  record.errors = given;
  changed('errors shown');
  return { kind: 'errors', errors: byLabel(record, given), act };
}

export function byLabel(record: ViewRecord, errors: Record<string, string>): Record<string, string> {
  const blocks = objects(record.view.blocks);
  const label = (id: string): string => textOf(blocks.find((block) => block.block_id === id)?.label) ?? id;
  return Object.fromEntries(Object.entries(errors).map(([id, text]) => [label(id), text]));
}
