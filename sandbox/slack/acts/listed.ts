import { localOptions, type Placed } from '../elements.ts';
import { list, type Obj, obj } from '../json.ts';
import { type Channel, maySee } from '../workspace-state.ts';
import type { Actor } from './actor.ts';

const kinds: Record<Channel['kind'], string> = { public: 'public', private: 'private', dm: 'im', group_dm: 'mpim' };

/** What a select offers without asking the app: its own options, or Slack's people and channels. */
export function listedBySlack(actor: Actor, placed: Placed): Obj[] {
  const { people } = actor.core.state;
  switch (placed.type.replace('multi_', '')) {
    case 'users_select':
      return Object.values(people)
        .filter((person) => !person.isBot && !person.deleted)
        .map((person) => optionOf(person.realName, person.id));
    case 'conversations_select':
      return visible(actor, list(obj(placed.element.filter).include));
    case 'channels_select':
      return visible(actor, ['public']);
    default:
      return localOptions(placed.element);
  }
}

function visible({ core, userId }: Actor, include: unknown[]): Obj[] {
  return Object.values(core.state.channels)
    .filter((channel) => maySee(channel, userId) && !channel.archived)
    .filter((channel) => include.length === 0 || include.includes(kinds[channel.kind]))
    .map((channel) => optionOf(channel.name, channel.id));
}

function optionOf(text: string, value: string): Obj {
  return { text: { type: 'plain_text', text }, value };
}
