import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { cartOf } from '../handlers/cart-support.ts';
import { storeOf } from '../support/store-of.ts';
import { until as eventually, people, startWorld, type World } from '../support/world.ts';
import { runNow } from './clock.ts';

/** The approver is no longer there: an exception, or a request that nobody will ever answer. */
describe('an approver who is gone', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ instances: 2, slack: { eventRetryDelaysMs: [] } });
  });
  afterEach(() => world.close());

  const anna = () => world.slack.person(people.anna);
  const until = <T>(what: string, probe: () => T | undefined | false | null) =>
    world.slack.until(probe, { what, timeoutMs: 12_000 });
  const wayOut = () =>
    until('the way out', () => {
      const card = anna().message(cardTitles.requester);
      return card?.buttons().some(({ text }) => text === 'Choose another approver') && card;
    });
  /** Slack takes messages to deactivated people, and the event that says so is lost: only their profile tells. */
  const leaves = async () => {
    world.slack.deliverTo([]);
    await world.slack.changePerson(people.clara, { deleted: true });
    world.slack.deliverTo(world.instances.map(({ port }) => `http://127.0.0.1:${port}/slack/events`));
  };

  /** Chosen, looked at and still there; gone before their card is posted. */
  const sentWhileTheyLeave = async () => {
    const cart = await cartOf(world, 'anna');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    world.slack.faults.on('chat.postMessage', { latencyMs: 500, times: 1 });
    await cart.submit();
    await eventually(async () => (await storeOf(world).openRequests()).length === 1);
    await leaves();
  };

  it('deactivated before it is sent: nothing is sent to them', async () => {
    const cart = await cartOf(world, 'anna');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await world.slack.changePerson(people.clara, { deleted: true });
    await cart.submit();
    await until('the modal', () => /may not sign|somebody else|choose/i.test(anna().modal()?.text() ?? ''));
    await world.quiet();
    expect(await storeOf(world).openRequests()).toEqual([]);
  });

  it('deactivated after being chosen: the requester is asked to choose another at once, and admins are told', async () => {
    await sentWhileTheyLeave();

    const card = await wayOut();
    expect(card.text()).toContain("Clara Rossi can't be reached or is no longer an approver");
    await until('the message', () => anna().message('needs another approver'));
    await until('the admin', () => world.slack.person(people.dan).message('Clara Rossi'));
  });

  it('who then is chosen gets the card, signs, and what was asked before signs nothing', async () => {
    await sentWhileTheyLeave();
    const card = await wayOut();
    await anna().modal()?.closeAll();
    await card.press('Choose another approver');
    const modal = await until('the modal', () => anna().modal());
    await modal.select('New approver', "Dan O'Neil");
    await modal.submit();

    const dans = await until("Dan's card", () => world.slack.person(people.dan).message(cardTitles.approver));
    await dans.press('Approve', { confirm: true });
    await until('the order', () => dans.text().includes('Ordered.'));
    expect(world.fleet.orders()[0]?.validations).toMatchObject([{ signatoryId: 22 }]);
  });

  it('gone by the time of a reminder of ours: nobody is reminded in vain', async () => {
    await sentToClara(world);
    await leaves();
    const [request] = await storeOf(world).openRequests();
    if (request === undefined) throw new Error('nothing was sent');
    await runNow(world, { kind: 'remind', tenant: world.workspaceId as WorkspaceId, requestId: request.id });

    await wayOut();
    await until('the admin', () => world.slack.person(people.dan).message('Clara Rossi'));
  });

  it('gone when the requester reminds them: told so, and not “is reminded”', async () => {
    const cards = await sentToClara(world);
    await leaves();
    await cards.anna.press('Remind');

    await wayOut();
    const told = [...anna().ephemerals(anna().dm()), ...anna().messagesIn()].map((one) => one.text()).join('\n');
    expect(told).toContain('Choose another approver');
    expect(told).not.toContain('a reminder');
  });

  it.each(['user_not_found', 'messages_tab_disabled', 'cannot_dm_bot'])(
    'Slack refuses a message to them (%s): the same way out',
    async (error) => {
      const cart = await cartOf(world, 'anna');
      await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
      world.slack.faults.on('chat.postMessage', { error, when: ({ channel }) => channel === people.clara });
      world.slack.faults.on('conversations.open', { error, when: ({ users }) => users === people.clara });
      await cart.submit();
      await wayOut();
      await until('the admin', () => world.slack.person(people.dan).message('Clara Rossi'));
    },
  );
});
