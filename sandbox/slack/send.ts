import type { Act, Delivery } from './act-types.ts';
import type { Core } from './core.ts';
import { post } from './delivery.ts';
import { type Obj, str } from './json.ts';
import { command, envelope, eventDelivery, interaction } from './payloads.ts';
import type { SendRequest } from './workspace-types.ts';

/** Raw requests for adversarial tests, with any payload and any signature. A refusal by the app is not a breach here. */
export async function sendRaw(core: Core, request: SendRequest): Promise<Act> {
  const built = build(core, request);
  const delivery = {
    ...built,
    ...(request.contentType === undefined ? {} : { contentType: request.contentType }),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
  return post(core, delivery, {
    judged: false,
    ...(request.signature === undefined ? {} : { signature: request.signature }),
    ...(request.retry === undefined ? {} : { retry: request.retry }),
  });
}

function build(core: Core, { kind, payload = {}, userId, target }: SendRequest): Delivery {
  const person = userId ?? Object.keys(core.state.people)[0] ?? '';
  if (kind === 'event') return eventDelivery(core, payload, target);
  if (kind === 'command') return command(core, person, commandFields(core, person, payload), target);
  const trigger =
    kind === 'block_suggestion' || kind === 'view_closed' ? {} : { trigger_id: core.tickets.issueTrigger(person) };
  return interaction(core, kind, person, { ...envelope(core, kind, person), ...trigger, ...payload }, target);
}

function commandFields(core: Core, userId: string, payload: Obj): Record<string, string> {
  const channel = str(payload.channel_id) ?? Object.keys(core.state.channels)[0] ?? '';
  const fields: Obj = {
    token: 'sandbox-verification-token',
    team_id: core.state.team.id,
    team_domain: core.state.team.domain,
    channel_id: channel,
    channel_name: core.state.channels[channel]?.name ?? '',
    user_id: userId,
    user_name: core.state.people[userId]?.name ?? '',
    command: '/fleet',
    text: '',
    api_app_id: core.state.bot.appId,
    is_enterprise_install: 'false',
    response_url: core.tickets.issueResponseUrl('commands', userId, channel),
    trigger_id: core.tickets.issueTrigger(userId),
    ...payload,
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

/** Sends the same body again with a fresh signature, like a proxy or a double click. */
export function redeliver(
  core: Core,
  previous: Act,
  { target, retry }: { target?: string; retry?: { num: number; reason: string } } = {},
): Promise<Act> {
  const delivery = { ...previous.delivery, target: target ?? core.nextTarget() ?? previous.delivery.target };
  return post(core, delivery, retry === undefined ? {} : { retry });
}
