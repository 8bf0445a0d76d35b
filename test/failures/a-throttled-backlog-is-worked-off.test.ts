import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { sentRequest, staff, withStaff } from '../soak/staff.ts';
import { storeOf } from '../support/store-of.ts';
import { startWorld, until, type World } from '../support/world.ts';

const COUNT = 12;

/** A backlog behind a busy Slack and a busy Fleet: something is lost on the way, or one bad channel stops the rest. */
describe('everything is throttled at once', () => {
  let world: World;
  afterEach(() => world.close({ violations: 'expected' }));

  it('429 from Slack and from Fleet: the backlog drains, every card arrives once, and one closed DM stops nobody', async () => {
    world = await startWorld({
      instances: 2,
      slackSeed: (seed) => withStaff(seed, COUNT),
      fleet: { seed: staff(COUNT) },
    });
    const { slack, fleet } = world;
    slack.faults.on('chat.postMessage', { error: 'channel_not_found', when: ({ channel }) => channel === 'U0P103' });
    slack.faults.on('chat.postMessage', { status: 429, retryAfter: 1, times: 8 });
    const store = storeOf(world);
    const requests: DeviceRequest[] = [];
    for (let index = 0; index < COUNT; index += 1) requests.push(await sentRequest(world, store, index));
    fleet.faults.add({ operation: '*', kind: 'rate_limited', seconds: 1, times: 3 });

    const cards = (id: string, order: number) =>
      slack
        .person(id)
        .messagesIn()
        .filter((one) => one.text().includes(`(order ${order})`));
    await until(() => requests.every((one) => cards(one.approver.slackUserId, one.fleetOrderId).length > 0), 20_000);
    const reached = requests.filter((one) => one.requester.slackUserId !== 'U0P103');
    await until(() => reached.every((one) => cards(one.requester.slackUserId, one.fleetOrderId).length > 0), 20_000);
    await Promise.all(
      requests.map(async (one) => {
        const [card] = cards(one.approver.slackUserId, one.fleetOrderId);
        await card?.press('Approve', { confirm: true });
      }),
    );
    await until(async () => (await store.openRequests()).length === 0, 20_000);
    await world.quiet();

    for (const one of requests) {
      expect(fleet.validateCommits(one.fleetOrderId)).toBe(1);
      expect(
        cards(one.approver.slackUserId, one.fleetOrderId).filter((card) => card.text().includes(cardTitles.decided)),
      ).toHaveLength(1);
    }
  }, 60_000);
});
