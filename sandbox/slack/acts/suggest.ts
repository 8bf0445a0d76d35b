import type { Act } from '../act-types.ts';
import { accepted, post } from '../delivery.ts';
import type { Placed } from '../elements.ts';
import { type Obj, obj, objects, textOf } from '../json.ts';
import { judgeOptions } from '../judge/judge.ts';
import { envelope, interaction, messageObject, viewObject } from '../payloads.ts';
import { type Actor, checkMayAct, containerOf, type Place, showFailure, tell } from './actor.ts';
import { listedBySlack } from './listed.ts';
import { rememberOffered } from './offered.ts';

export interface Suggested {
  options: Obj[];
  act?: Act;
}

const defaultMinQueryLength = 3;

/** The options a select offers for this query: its own list, filtered, or the app's answer. */
export async function suggest(actor: Actor, place: Place, placed: Placed, query: string): Promise<Suggested> {
  const { core } = actor;
  if (!placed.type.endsWith('external_select')) return { options: filtered(listedBySlack(actor, placed), query) };
  const { min_query_length: min = defaultMinQueryLength } = placed.element;
  if (query.length < Number(min)) return { options: [] };
  if (!core.manifest.optionsUrlSet) {
    const detail = 'message_menu_options_url is not set in the manifest, so Slack cannot ask for options';
    core.violations.note({ severity: 'breach', rule: 'no_options_url', where: 'block_suggestion', detail });
    return { options: [] };
  }
  checkMayAct(actor);
  const act = await ask(actor, place, placed, query);
  const options = accepted(act) ? judged(actor, act) : [];
  rememberOffered(place, placed, options);
  return { options, act };
}

async function ask(actor: Actor, place: Place, placed: Placed, query: string): Promise<Act> {
  const { core, userId } = actor;
  const payload = {
    ...envelope(core, 'block_suggestion', userId),
    ...containerOf(core, place),
    action_id: placed.actionId,
    block_id: placed.blockId,
    value: query,
    ...(place.kind === 'view' ? { view: lookUpView(actor, place) } : {}),
    ...(place.kind === 'message' && place.message.ephemeralTo === undefined
      ? { message: messageObject(core, place.message) }
      : {}),
  };
  const act = await post(core, interaction(core, 'block_suggestion', userId, payload, actor.target));
  showFailure(actor, act, () => 'No results could be loaded.');
  return act;
}

function lookUpView({ core }: Actor, { record }: Extract<Place, { kind: 'view' }>): Obj {
  return viewObject(core, record, core.settings.suggestionState === 'stale' ? record.renderedValues : {});
}

function judged(actor: Actor, act: Act): Obj[] {
  const { core, userId } = actor;
  const findings = judgeOptions(act.body);
  if (findings.length === 0) return flat(obj(act.body));
  const detail = findings.map((finding) => finding.message).join('; ');
  core.violations.note({ severity: 'breach', rule: 'invalid_options_answer', where: 'block_suggestion', detail });
  tell(core, userId, act, 'No results could be loaded.');
  return [];
}

function flat(answer: Obj): Obj[] {
  return [...objects(answer.options), ...objects(answer.option_groups).flatMap((group) => objects(group.options))];
}

function filtered(options: Obj[], query: string): Obj[] {
  const words = query.toLowerCase();
  return options.filter((option) => (textOf(option.text) ?? '').toLowerCase().includes(words));
}
