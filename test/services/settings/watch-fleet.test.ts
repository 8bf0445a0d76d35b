import { describe, expect, it } from 'vitest';
import { watchFleet } from '../../../src/app/key-watch.ts';
import type { FleetFailure } from '../../../src/domain/failures/failure.ts';
import type { Pause } from '../../../src/domain/failures/pause.ts';
import type { FleetOrderId, FleetUserId } from '../../../src/domain/ids.ts';
import { resumeUnderNewKey, tryFleetAgain } from '../../../src/services/settings/pause.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, peopleWorld } from '../people/people-world.ts';

const { redis } = await redisOfFile();

type Refusal = Pause['kind'] | 'unreachable' | null;

/** A Fleet that answers as it is told, watched by two instances on one Redis. */
async function watched() {
  const world = peopleWorld(redis);
  await world.inFleet(aUser(1, { role: 'ADMIN' }), aUser(2));
  const answers: { read: Refusal; write: Refusal } = { read: null, write: null };
  const asked = { reads: 0, writes: 0 };
  /** Happens while Fleet is asked. */
  const meanwhile = { act: async (): Promise<void> => undefined };
  const { store, fleet, workspaceId, log } = world.context;
  const raw = {
    ...fleet,
    listUsers: async () => {
      asked.reads += 1;
      await meanwhile.act();
      const failure = failed('listUsers', answers.read);
      return failure ?? ({ ok: true, value: { items: [], unreadableAt: [], total: 0, limit: 1, offset: 0 } } as const);
    },
    validateCart: async () => {
      asked.writes += 1;
      const fleetOrderId = 42 as FleetOrderId;
      return (
        failed('validateCart', answers.write) ?? ({ ok: true, value: { fleetOrderId, clientStatus: 'X' } } as const)
      );
    },
  };
  const instance = (keyId = 'key') => watchFleet(raw, { workspaceId, store, keyId, now: () => world.clock.now, log });
  const one = instance();
  const people = { purchaserId: 2 as FleetUserId, signatoryId: 1 as FleetUserId };
  return {
    ...world,
    answers,
    asked,
    meanwhile,
    store,
    context: { ...world.context, fleet: one },
    admin: world.inSlack('U1', { email: 'user1@acme.example' }),
    employee: world.inSlack('U2', { email: 'user2@acme.example' }),
    read: (keyId?: string) => instance(keyId).listUsers({ limit: 1 }, 'refresh'),
    write: (keyId?: string) => instance(keyId).validateCart(42 as FleetOrderId, people, 'person'),
    told: async () => (await store.outbox(0)).filter(({ work }) => work.kind === 'notify').length,
  };
}

function failed(operation: FleetFailure['operation'], kind: Refusal) {
  return kind === null ? null : ({ ok: false, failure: { operation, kind } } as const);
}

describe('an answer about the key', () => {
  it.each(['unauthorized', 'insufficient_scope', 'company_not_found'] as const)(
    '%s pauses ordering, told to admins once however many meet it, wherever',
    async (kind) => {
      const { answers, store, read, write, told, clock } = await watched();
      answers.read = kind;
      answers.write = kind;

      await Promise.all([read(), write(), read(), write(), read()]);
      clock.now += 1000;
      await read();

      expect(await store.pause()).toMatchObject({ kind, keyId: 'key' });
      expect(await told()).toBe(1);
    },
  );

  it('any other failure pauses nothing', async () => {
    const { answers, store, read } = await watched();
    answers.read = 'unreachable';

    await read();

    expect(await store.pause()).toBeNull();
  });

  it('nothing is written to Fleet while it lasts, and the refusal is the pause’s', async () => {
    const { answers, asked, read, write } = await watched();
    answers.read = 'unauthorized';
    await read();

    expect(await write()).toEqual({ ok: false, failure: { operation: 'validateCart', kind: 'unauthorized' } });
    expect(asked.writes).toBe(0);
  });
});

describe('it ends by itself', () => {
  it('with a read that Fleet accepts and that was asked after it began', async () => {
    const { answers, store, read, clock } = await watched();
    answers.read = 'unauthorized';
    await read();
    answers.read = null;

    await read();
    expect(await store.pause()).not.toBeNull();
    clock.now += 1;
    await read();

    expect(await store.pause()).toBeNull();
  });

  it('not with an answer to what was asked before it began anew', async () => {
    const { answers, store, read, clock, meanwhile } = await watched();
    answers.read = 'unauthorized';
    await read();
    answers.read = null;
    clock.now += 1;
    meanwhile.act = async () => {
      // It ended, and the key was refused once more.
      await store.clearPause();
      clock.now += 1;
      await store.setPause({ kind: 'unauthorized', since: clock.now, keyId: 'key' });
    };

    await read();

    expect(await store.pause()).toMatchObject({ since: clock.now });
  });

  it('not with a read, of a key that may only read', async () => {
    const { answers, store, read, write, clock } = await watched();
    answers.write = 'insufficient_scope';
    await write();
    clock.now += 1;

    await read();

    expect(await store.pause()).not.toBeNull();
  });

  it('with anything that another key gets done, and at that key’s start', async () => {
    const { answers, store, context, write } = await watched();
    answers.write = 'insufficient_scope';
    await write();
    answers.write = null;
    expect(await write('new-key')).toMatchObject({ ok: true });
    expect(await store.pause()).toBeNull();

    await store.setPause({ kind: 'unauthorized', since: 1, keyId: 'key' });
    await resumeUnderNewKey(context, 'key');
    expect(await store.pause()).not.toBeNull();
    await resumeUnderNewKey(context, 'new-key');
    expect(await store.pause()).toBeNull();
  });
});

describe('Try again', () => {
  it('is for admins, and asks Fleet one read', async () => {
    const { answers, store, asked, context, employee, admin, write, clock } = await watched();
    answers.write = 'insufficient_scope';
    await write();
    clock.now += 1;

    expect(await tryFleetAgain(context, employee)).toEqual({ kind: 'not_an_admin' });
    expect(await store.pause()).not.toBeNull();
    expect(await tryFleetAgain(context, admin)).toEqual({ kind: 'resumed', mayOnlyRead: true });

    expect(asked.reads).toBe(1);
    expect(await store.pause()).toBeNull();
    expect(await tryFleetAgain(context, admin)).toEqual({ kind: 'not_paused' });
  });

  it('leaves it as it is when Fleet refuses, or cannot be asked', async () => {
    const { answers, store, context, admin, read, told } = await watched();
    answers.read = 'unauthorized';
    await read();

    expect(await tryFleetAgain(context, admin)).toMatchObject({ kind: 'still_paused' });
    answers.read = 'unreachable';
    expect(await tryFleetAgain(context, admin)).toMatchObject({ kind: 'still_paused' });

    expect(await store.pause()).not.toBeNull();
    expect(await told()).toBe(1);
  });
});
