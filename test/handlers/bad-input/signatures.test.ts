import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../../sandbox/slack/start.ts';
import { people, startWorld, type World } from '../../support/world.ts';
import { cardOf, factsOf, payloadOf } from './support.ts';

let world: World;
let card: SlackMessage;
beforeAll(async () => {
  world = await startWorld();
  card = await cardOf(world);
});
afterAll(() => world.close());

const badSignatures = ['wrong', 'stale', 'future', 'missing'] as const;

describe.each(badSignatures)('a request with a %s signature', (signature) => {
  it('is turned away, and a command in it opens nothing', async () => {
    const before = factsOf(world);

    const act = await world.slack.send({ kind: 'command', userId: people.ben, payload: { text: 'order' }, signature });

    expect(act.status).toBe(401);
    await world.quiet();
    expect(world.slack.person(people.ben).modal()).toBeUndefined();
    expect(factsOf(world)).toBe(before);
  });

  it('approves nothing', async () => {
    const before = factsOf(world);
    const [approve] = card.buttons();
    const payload = {
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel },
      channel: { id: card.channel },
      message: { ts: card.ts },
      actions: [{ type: 'button', action_id: 'approve_request', block_id: 'b', value: approve?.value, action_ts: '1' }],
    };

    const act = await world.slack.send({ kind: 'block_actions', userId: people.clara, payload, signature });

    expect(act.status).toBe(401);
    await world.quiet();
    expect(card.text()).toContain('Waiting for you');
    expect(factsOf(world)).toBe(before);
  });
});

it('what was signed for one body is worth nothing for another', async () => {
  const shown = await card.press('Decline');
  const forged = JSON.stringify({ ...payloadOf(shown), user: { id: people.dan } });

  const act = await world.slack.send({
    kind: 'block_actions',
    body: new URLSearchParams({ payload: forged }).toString(),
    signature: 'wrong',
  });

  expect(act.status).toBe(401);
});
