import type { Act } from '../act-types.ts';
import { accepted, post } from '../delivery.ts';
import { isObj, type Obj } from '../json.ts';
import { command as commandDelivery, envelope, interaction } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { showAnswer } from '../response-url.ts';
import { maySee } from '../workspace-state.ts';
import { type Actor, channelName, checkMayAct, notSent, showFailure, tell } from './actor.ts';

export async function runCommand(actor: Actor, typed: string, channelId: string): Promise<Act> {
  const { core, userId } = actor;
  checkMayAct(actor);
  const channel = core.state.channels[channelId];
  if (channel === undefined || !maySee(channel, userId)) throw new Error(`${userId} cannot type in ${channelId}`);
  const [word = '', ...rest] = typed.trim().split(' ');
  const known = core.manifest.commands?.find((one) => one.command === word);
  if (core.manifest.commands !== undefined && known === undefined) {
    const act = notSent('command');
    tell(
      core,
      userId,
      act,
      `${word} is not a valid command. In Slack, all messages that start with “/” are interpreted as commands.`,
    );
    return act;
  }
  const { team, bot, people } = core.state;
  const fields = {
    token: 'sandbox-verification-token',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channelId,
    channel_name: channelName(core, channelId),
    user_id: userId,
    user_name: people[userId]?.name ?? userId,
    command: word,
    text: escapeTyped(actor, rest.join(' ').trim(), known?.shouldEscape ?? true),
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: core.tickets.issueResponseUrl('commands', userId, channelId),
    trigger_id: core.tickets.issueTrigger(userId),
  };
  const act = await post(core, commandDelivery(core, userId, fields, actor.target));
  showFailure(actor, act, (reason) => `${word} failed with the error "${reason}"`);
  if (accepted(act)) showAckBody(actor, act, channelId, word);
  return act;
}

function showAckBody(actor: Actor, act: Act, channelId: string, word: string): void {
  if (act.rawBody.trim() === '') return;
  const payload: Obj = isObj(act.body) ? act.body : { text: act.rawBody };
  try {
    showAnswer(actor.core, { channel: channelId, userId: actor.userId }, payload, 'ack');
    act.shown.push({
      kind: payload.response_type === 'in_channel' ? 'message' : 'ephemeral',
      text: String(payload.text ?? ''),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    actor.core.violations.note({
      severity: 'breach',
      rule: 'invalid_ack_body',
      where: 'command',
      detail: error.message,
    });
    tell(actor.core, actor.userId, act, `${word} failed with the error "invalid_command_response"`);
  }
}

/** `@emma` becomes `<@U…|emma>` and `#general` `<#C…|general>` if the command asks for it; & < > always become entities. */
function escapeTyped({ core }: Actor, text: string, shouldEscape: boolean): string {
  const encoded = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (!shouldEscape) return encoded;
  const people = Object.values(core.state.people);
  const channels = Object.values(core.state.channels).filter((one) => one.kind === 'public');
  return encoded
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const person = people.find((one) => one.name === name);
      return person === undefined ? whole : `${before}<@${person.id}|${person.name}>`;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = channels.find((one) => one.name === name);
      return channel === undefined ? whole : `${before}<#${channel.id}|${channel.name}>`;
    });
}

export async function runShortcut(actor: Actor, name: string): Promise<Act> {
  const { core, userId } = actor;
  checkMayAct(actor);
  const known = core.manifest.shortcuts?.find((one) => one.name === name);
  if (core.manifest.shortcuts !== undefined && known === undefined)
    throw new Error(`the app has no shortcut "${name}"`);
  const payload = {
    ...envelope(core, 'shortcut', userId),
    callback_id: known?.callbackId ?? name.toLowerCase().replaceAll(' ', '_'),
    trigger_id: core.tickets.issueTrigger(userId),
    action_ts: core.ids.ts(),
  };
  const act = await post(core, interaction(core, 'shortcut', userId, payload, actor.target));
  showFailure(actor, act, (reason) => `“${name}” failed with the error "${reason}"`);
  return act;
}
