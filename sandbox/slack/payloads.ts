import type { Delivery, DeliveryKind } from './act-types.ts';
import type { Core } from './core.ts';
import { formBody, formType } from './delivery.ts';
import { copy, type Obj } from './json.ts';
import type { Message, StateValues, ViewRecord } from './workspace-state.ts';

const noTarget = 'http://127.0.0.1:9/no-app-connected';

export function interaction(core: Core, kind: DeliveryKind, userId: string, payload: Obj, target?: string): Delivery {
  const body = formBody({ payload: JSON.stringify(payload) });
  return { kind, userId, contentType: formType, body, target: target ?? core.nextTarget() ?? noTarget };
}

export function command(core: Core, userId: string, fields: Record<string, string>, target?: string): Delivery {
  const body = formBody(fields);
  return { kind: 'command', userId, contentType: formType, body, target: target ?? core.nextTarget() ?? noTarget };
}

export function eventDelivery(core: Core, event: Obj, target?: string): Delivery {
  const { team, bot } = core.state;
  const envelope = {
    token: 'sandbox-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: core.ids.next('Ev'),
    event_time: Math.floor(core.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
  const body = JSON.stringify(envelope);
  return { kind: 'event', contentType: 'application/json', body, target: target ?? core.nextTarget() ?? noTarget };
}

/** What every interaction carries. The team is the one where the app is installed, even for a person from elsewhere. */
export function envelope(core: Core, type: string, userId: string): Obj {
  const { team, bot, people } = core.state;
  const person = people[userId];
  const name = person?.name ?? userId;
  return {
    type,
    team: { id: team.id, domain: team.domain },
    user: { id: userId, username: name, name, team_id: person?.isStranger ? 'T0STRANGER' : team.id },
    api_app_id: bot.appId,
    token: 'sandbox-verification-token',
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A view as Slack returns it: in payloads with its state, in answers with an empty one. */
export function viewObject(core: Core, record: ViewRecord, values: StateValues): Obj {
  const { view } = record;
  const { team, bot } = core.state;
  return {
    id: record.id,
    team_id: team.id,
    type: record.kind,
    blocks: copy(view.blocks),
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values: copy(values) },
    hash: record.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: record.previousViewId,
    root_view_id: record.rootViewId,
    app_id: bot.appId,
    external_id: view.external_id ?? '',
    app_installed_team_id: team.id,
    bot_id: bot.botId,
  };
}

/** A message as it appears in payloads and answers. */
export function messageObject(core: Core, message: Message): Obj {
  const { bot, team } = core.state;
  const edit = message.edits.at(-1);
  const byApp = message.from === bot.userId;
  return {
    type: 'message',
    user: message.from,
    ...(byApp ? { bot_id: bot.botId, app_id: bot.appId } : {}),
    team: team.id,
    ts: message.ts,
    text: message.text,
    blocks: copy(message.blocks),
    ...(message.attachments.length > 0 ? { attachments: copy(message.attachments) } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: copy(message.metadata) }),
    ...(edit === undefined ? {} : { edited: { user: bot.userId, ts: (edit.at / 1000).toFixed(6) } }),
  };
}
