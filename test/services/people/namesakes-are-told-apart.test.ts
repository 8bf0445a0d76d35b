import { beforeEach, expect, it } from 'vitest';
import type { CountryCode, FleetUserId } from '../../../src/domain/ids.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { listAddresses } from '../../../src/services/catalog/addresses.ts';
import { listCarts } from '../../../src/services/orders/lists.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { renderCard } from '../../../src/services/request/cards.ts';
import { approvalsMessage } from '../../../src/views/request/approvals.ts';
import { requestCard } from '../../../src/views/request/card.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { BEN, CLARA, cartWorld } from '../cart/cart-world.ts';

const { redis } = await redisOfFile();
let world: Awaited<ReturnType<typeof cartWorld>>;
/** Anna is Fleet user 11, Ben 12, Clara 21. */
const BEN_HERE = 'Ben Martin (Fleet user 12)';
const CLARA_HERE = 'Clara Rossi (Fleet user 21)';

beforeEach(async () => {
  world = await cartWorld(redis);
  const { users } = world.fleet.state;
  for (const [id, like] of [
    [811, 11],
    [812, 12],
    [821, 21],
  ] as const) {
    const person = users.get(like);
    if (person === undefined) throw new Error(`no Fleet user ${like}`);
    users.set(id, { ...person, id, email: `${id}@acme.test`, secondary_email: null });
  }
  await refreshDirectory(world.context);
});

async function sent(): Promise<DeviceRequest> {
  await world.add();
  await world.send({ seen: await world.seen() });
  const [request] = await world.store.openRequests();
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

it('in a request, on its cards and in the list of approvals', async () => {
  const request = await sent();

  expect([request.requester.name, request.approver.name]).toEqual([BEN_HERE, CLARA_HERE]);
  const card = await renderCard(world.context, request, { side: 'approver', slackUserId: CLARA, otherCopy: null });
  expect(requestCard(card).text).toContain(BEN_HERE);
  const list = approvalsMessage({ rows: [card], page: 0, pages: 1, count: 1, first: 1 }, () => 'signed');
  expect(JSON.stringify(list)).toContain(BEN_HERE);
});

it('in Your cart, where the approver is chosen', async () => {
  await world.store.setPreferences(BEN, { lastApprover: CLARA });
  await world.add();

  expect(await world.open()).toMatchObject({ screen: { approverName: CLARA_HERE } });
});

it("in the admins' list, for drafts and requests", async () => {
  await world.add();
  const who = async () => (await listCarts(world.context, 'all', 0)).rows.map((row) => row.who);

  expect(await who()).toEqual([BEN_HERE]);
  await world.send({ seen: await world.seen() });
  expect(await who()).toEqual([BEN_HERE]);
});

it("in a form's addresses, though the namesake has none", async () => {
  const asked = { country: 'DE' as CountryCode, requester: 12 as FleetUserId };
  const offer = await listAddresses(world.context, asked);

  expect(offer?.addresses.map(({ label }) => label)).toContain("Anna Keller (Fleet user 11)'s own address");
});
