import type { Act, SlackPerson } from '../slack/start.ts';
import type { ActAnswer, PersonAct } from './act-requests.ts';

const done: ActAnswer = { reached: true };

/** An act that Slack does not send to the app (an input without dispatch_action) counts as reached. */
function answerTo(act: Act | undefined): ActAnswer {
  return { reached: act === undefined || !act.sent || (act.status >= 200 && act.status <= 299) };
}

export async function performAct(person: SlackPerson, act: PersonAct): Promise<ActAnswer> {
  const { raw } = person;
  switch (act.kind) {
    case 'command':
      return answerTo(await person.command(act.text, { channelId: act.channelId }));
    case 'say':
      await person.say(act.channelId, act.text);
      return done;
    case 'shortcut':
      return answerTo(await person.shortcut(act.name));
    case 'open_home':
      return answerTo(await person.openHome('home'));
    case 'read':
      raw.read(act.channelId);
      return done;
    case 'press':
      return answerTo(await raw.blockAction({ ...placed(act), ...given(act) }));
    case 'set_value':
      return answerTo(await setValue(person, act));
    case 'suggest': {
      const { options, act: asked } = await raw.suggest(act.where, act.blockId, act.actionId, act.query);
      return { ...answerTo(asked), options };
    }
    case 'submit': {
      const result = await raw.submit(act.viewId);
      return { reached: result.kind !== 'failed', outcome: result.kind };
    }
    case 'close':
      await raw.close(act.viewId, { all: act.all ?? false });
      return done;
    default:
      return act satisfies never;
  }
}

/** With a confirm dialog, the value counts only once the person confirms. */
function setValue(person: SlackPerson, act: Extract<PersonAct, { kind: 'set_value' }>): Promise<Act> {
  if (act.confirm !== undefined) return person.raw.blockAction({ ...placed(act), value: act.value, ...given(act) });
  const how = act.enter === undefined ? {} : { enter: act.enter };
  return person.raw.setValue(act.where, act.blockId, act.actionId, act.value, how);
}

function placed({ where, blockId, actionId }: Extract<PersonAct, { kind: 'press' | 'set_value' }>) {
  return { ...(typeof where === 'string' ? { viewId: where } : { message: where }), blockId, actionId };
}

function given({ value, confirm }: Extract<PersonAct, { kind: 'press' | 'set_value' }>) {
  return { ...(value === undefined ? {} : { value }), ...(confirm === undefined ? {} : { confirm }) };
}
