import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeOf } from '../../support/store-of.ts';
import { people, startWorld, type World } from '../../support/world.ts';
import { cardOf, factsOf, pressAs, toldTo } from './support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

describe('Approve, pressed by somebody who was not asked', () => {
  const others = [
    { who: 'another manager', id: people.dan },
    { who: 'the requester', id: people.anna },
    { who: 'a colleague', id: people.ben },
    { who: 'a guest', id: people.guest },
    { who: 'a stranger of another workspace', id: people.stranger },
  ];

  it('changes nothing, whoever it is: each gets a private answer, and the card stays as it is', async () => {
    const card = await cardOf(world);
    const value = card.button('Approve').value ?? '';
    const [before, shown] = [factsOf(world), card.text()];

    for (const { id, who } of others) {
      const act = await pressAs(world, id, card, { actionId: 'approve_request', value });
      expect(act.status, who).toBe(200);
      // To somebody of another workspace there is no other way than the press's own response.
      if (id === people.stranger) continue;
      const told = await toldTo(world, id, /Only Clara Rossi can decide|own request|can't order equipment/);
      expect(told.isEphemeral || told.channel === world.slack.person(id).dm(), who).toBe(true);
    }
    await world.quiet();

    expect(factsOf(world)).toBe(before);
    expect(card.text()).toBe(shown);
    const entries = [];
    for await (const { entry } of storeOf(world).audit()) entries.push(entry);
    expect(entries.filter(({ to }) => to === 'validating' || to === 'ordered')).toEqual([]);
  });

  it.each(['decline_request', 'ask_for_changes', 'hand_over_request'])(
    '%s opens a form for anybody, and its submission by somebody else changes nothing',
    async (actionId) => {
      const card = await cardOf(world);
      const before = factsOf(world);
      const dan = world.slack.person(people.dan);
      const value = card.button('Approve').value ?? '';

      await pressAs(world, people.dan, card, { actionId, value });
      const modal = await world.slack.until(() => dan.modal());
      if (actionId === 'hand_over_request') await modal.select('New approver', 'Eva Lind').catch(() => undefined);
      else await modal.fill(modal.labels()[0] ?? '', 'Because I can');
      const submitted =
        actionId === 'hand_over_request'
          ? await world.slack.send({
              kind: 'view_submission',
              userId: people.dan,
              payload: {
                view: {
                  id: modal.id,
                  type: 'modal',
                  callback_id: modal.callbackId,
                  private_metadata: modal.privateMetadata,
                  hash: modal.hash,
                  state: {
                    values: { new_approver: { new_approver: { type: 'users_select', selected_user: people.dan } } },
                  },
                },
              },
            })
          : (await modal.submit()).act;
      await world.quiet();

      expect(submitted?.status).toBe(200);
      expect(JSON.stringify(submitted?.body)).toContain('Clara Rossi');
      expect(card.text()).toContain('Waiting for you');
      expect(factsOf(world)).toBe(before);
    },
  );
});
