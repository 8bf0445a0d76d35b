import { afterAll, beforeAll, describe, it } from 'vitest';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import { addressesHiddenText } from '../../src/views/order-form/details.ts';
import { adminsUnknownText, noMatchText } from '../../src/views/people/link.ts';
import { modalWith } from '../handlers/cart-support.ts';
import { people, startWorld, until, type World } from '../support/world.ts';

/** Fleet's list of people has a row without an id, and Clara and Dan, its only admins, have no role in it. */
function withGaps() {
  const seed = aSeed();
  const users = seed.users.map((user) => (user.role === 'ADMIN' ? { ...user, role: null } : user));
  return { ...seed, users: [...users, { ...users[0], id: null }] } as unknown as typeof seed;
}

describe('a list of Fleet’s with gaps', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ fleet: { seed: withGaps() }, directory: false });
    await until(() => world.logged.some(({ message }) => message === 'the directory may lack people'));
  });
  afterAll(() => world.close());

  it('tells somebody who is not in it that part of it could not be read', async () => {
    const nils = world.slack.person(people.nobody);

    await nils.command('/fleet order');

    await modalWith(world, nils, noMatchText({ kind: 'people_incomplete' }));
  });

  it('makes no admin of Slack one of the app, and says why', async () => {
    const dan = world.slack.person(people.dan);

    await dan.command('/fleet settings', { channelId: 'C0GENERAL' });

    await world.slack.until(() => dan.ephemerals('C0GENERAL').some((one) => one.text().includes(adminsUnknownText)));
  });

  it('hides colleagues’ and offices’ addresses, and says so', async () => {
    world.fleet.faults.add({ operation: 'listUserAddresses', kind: 'row_unreadable', at: 1 });
    const anna = world.slack.person(people.anna);

    await anna.command('/fleet order macbook');

    await modalWith(world, anna, addressesHiddenText);
  });
});
