import { expect, it } from 'vitest';
import { searchPeople } from '../../../src/services/people/find-approvers.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, peopleWorld } from './people-world.ts';

const { redis } = await redisOfFile();

it('finds Fleet’s people by name without asking Fleet, and gives no address away', async () => {
  const { context, inFleet, asked } = peopleWorld(redis);
  await inFleet(
    aUser(1, { firstName: 'Anna', lastName: 'Müller' }),
    aUser(2, { firstName: 'Ben', lastName: 'Muller' }),
  );
  const before = asked.fleet.length;

  const found = await searchPeople(context, ' muller anna ');

  expect(found).toEqual({
    kind: 'people',
    people: [{ fleetUserId: 1, name: 'Anna Müller', isFleetAdmin: false }],
    isWhole: true,
  });
  expect(asked.fleet).toHaveLength(before);
});

it('finds the 101st person, and offers no more than a select holds', async () => {
  const { context, inFleet } = peopleWorld(redis);
  await inFleet(
    ...Array.from({ length: 101 }, (_, index) => aUser(index + 1, { firstName: 'Same', lastName: `N${index + 1}` })),
  );

  expect(await searchPeople(context, 'N101')).toMatchObject({ people: [{ fleetUserId: 101 }] });
  expect(await searchPeople(context, 'same')).toMatchObject({ kind: 'people', people: { length: 98 } });
  expect(await searchPeople(context, 'same', 3)).toMatchObject({ people: { length: 3 } });
});

it('says that people are being loaded, rather than that nobody was found', async () => {
  const { context } = peopleWorld(redis);

  expect(await searchPeople(context, 'anna')).toEqual({ kind: 'people_loading' });
});
