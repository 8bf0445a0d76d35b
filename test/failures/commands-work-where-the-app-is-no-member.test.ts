import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manyRequests } from '../support/requests-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

/** A command typed where the app is no member: `channel_not_found`, and no answer. */
describe('asked from a place where the app is no member', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
    await manyRequests(world, 2);
  });
  afterEach(() => world.close());

  it.each([
    { where: 'a channel', channelId: channels.random, who: people.dan },
    { where: 'a private channel without the app', channelId: channels.it, who: people.dan },
    { where: 'a group DM', channelId: channels.group, who: people.dan },
    { where: 'a DM between two people', channelId: channels.annaEva, who: people.anna },
  ])('in $where every command is answered by its own response and posts nothing', async ({ channelId, who }) => {
    const person = world.slack.person(who);
    const commands = [
      'status',
      'status 7001',
      'status @anna',
      'carts',
      'carts all',
      'carts stuck',
      'approvals',
      'help',
    ];
    for (const command of commands) {
      const before = person.ephemerals(channelId).length;
      await person.command(`/fleet ${command}`, { channelId });
      await world.slack.until(() => person.ephemerals(channelId).length > before, { what: `an answer to ${command}` });
    }
    await world.quiet();

    expect(person.messagesIn(channelId).filter(({ isEphemeral }) => !isEphemeral)).toEqual([]);
    // The sweep may tell people of these orders in their own DMs meanwhile: nothing goes to where it was typed.
    for (const method of ['chat.postMessage', 'chat.postEphemeral'])
      expect(
        world.slack.journal.calls(method).filter((call) => JSON.stringify(call.payload).includes(channelId)),
      ).toEqual([]);
    for (const other of [people.anna, people.ben, people.clara, people.dan, people.eva].filter((id) => id !== who))
      expect(world.slack.person(other).ephemerals(channelId)).toEqual([]);
  });

  it('Share in channel reaches a channel without the app over the button’s own response, and says that it stays as it is', async () => {
    const dan = world.slack.person(people.dan);
    await dan.command('/fleet status 7001', { channelId: channels.it });
    const status = await world.slack.until(() => dan.ephemerals(channels.it)[0]);

    await status.press('Share in channel');

    const shared = await world.slack.until(() => dan.messagesIn(channels.it).find((one) => !one.isEphemeral));
    expect(shared.text()).toContain('Order 7001');
    expect(shared.text()).toContain('As of');
  });
});
