import { describe, expect, it } from 'vitest';
import type { FleetUserId } from '../../src/domain/ids.ts';
import type { NoMatch } from '../../src/domain/people/people.ts';
import { checkMaySign } from '../../src/services/people/approvers.ts';
import { linkPerson } from '../../src/services/people/links.ts';
import { matchPerson } from '../../src/services/people/match.ts';
import { noMatchText } from '../../src/views/people/link.ts';
import { aUser, peopleWorld } from '../services/people/people-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';

const { redis } = await redisOfFile();

async function company() {
  const world = peopleWorld(redis);
  await world.inFleet(
    aUser(1, { email: 'anna@acme.example', role: 'ADMIN' }),
    aUser(2, { email: 'same@acme.example', role: 'ADMIN' }),
    aUser(3, { email: 'same@acme.example', role: 'ADMIN' }),
    aUser(4, { email: 'boss@acme.example', secondaryEmail: 'chief@acme.example', role: 'ADMIN' }),
  );
  const requester = { slackUserId: world.inSlack('UREQ'), fleetUserId: 9 as FleetUserId, name: 'Somebody' };
  return { ...world, requester };
}

describe('an identity is exact or none', () => {
  it('no match, two matches, a variant, a hidden address and Slack away are told apart, and none may sign', async () => {
    const { context, inSlack, requester, faults } = await company();
    const cases = [
      [inSlack('UNONE', { email: 'nobody@acme.example' }), 'no_match'],
      [inSlack('UTWO', { email: 'same@acme.example' }), 'two_matches'],
      [inSlack('UPLUS', { email: 'anna+it@acme.example' }), 'no_match'],
      [inSlack('UDOMAIN', { email: 'anna@acme.test' }), 'no_match'],
      [inSlack('UHIDDEN', { email: null }), 'email_hidden'],
      [inSlack('UGUEST', { email: 'anna@acme.example', isGuest: true }), 'guest'],
    ] as const;

    for (const [slackUserId, kind] of cases) {
      expect(await matchPerson(context, slackUserId)).toEqual({ kind });
      expect(await checkMaySign(context, { slackUserId, requester })).toMatchObject({ ok: false });
    }
    faults.slackIsAway = true;
    const late = inSlack('ULATE', { email: 'anna@acme.example' });
    expect(await matchPerson(context, late)).toEqual({ kind: 'slack_unreachable' });
    expect(await checkMaySign(context, { slackUserId: late, requester })).toMatchObject({
      refusal: { kind: 'eligibility_unknown' },
    });
    const kinds: NoMatch['kind'][] = ['no_match', 'two_matches', 'email_hidden', 'guest', 'slack_unreachable'];
    expect(new Set(kinds.map((kind) => noMatchText({ kind }))).size).toBe(kinds.length);
  });

  it('the address in capitals and with spaces around it is the very same', async () => {
    const { context, inSlack } = await company();

    expect(await matchPerson(context, inSlack('UCASE', { email: ' Anna@ACME.example ' }))).toMatchObject({
      kind: 'matched',
      person: { fleetUserId: 1 },
    });
  });
});

describe('a link is no way round', () => {
  it.each([
    ['yourself', 'UNONE', 'UNONE', 5, 'yourself'],
    ['somebody whose address names another Fleet user', 'U1', 'UBOSS', 5, 'matched_by_email'],
    ['a Fleet user who is somebody else by e-mail', 'U1', 'UNONE', 4, 'taken_by_email'],
    ['a Fleet user who is somebody else by their second address', 'U1', 'UNONE', 6, 'taken_by_email'],
    ['a guest', 'U1', 'UGUEST', 5, 'barred'],
    ['a Fleet user that is not there', 'U1', 'UNONE', 999, 'no_such_fleet_user'],
    ['by somebody who is no admin', 'UOTHER', 'UNONE', 5, 'not_an_admin'],
  ])('%s', async (_what, by, slackUserId, fleetUserId, kind) => {
    const { context, inSlack, inFleet, settings } = await company();
    // Somebody without a Fleet user may administer: their address would not stop them.
    await settings({ admins: ['UNONE' as never] });
    await inFleet(
      aUser(1, { email: 'anna@acme.example', role: 'ADMIN' }),
      aUser(4, { email: 'boss@acme.example' }),
      aUser(5, { email: 'free@acme.example' }),
      aUser(6, { email: null, secondaryEmail: 'chief@acme.example' }),
    );
    inSlack('U1', { email: 'anna@acme.example' });
    inSlack('UBOSS', { email: 'boss@acme.example' });
    inSlack('UCHIEF', { email: 'chief@acme.example' });
    inSlack('UNONE', { email: 'nobody@acme.example' });
    inSlack('UOTHER', { email: 'other@acme.example' });
    inSlack('UGUEST', { email: 'guest@else.example', isGuest: true });

    const asked = {
      by: by as never,
      slackUserId: slackUserId as never,
      fleetUserId: fleetUserId as FleetUserId,
      once: 'o',
    };
    expect(await linkPerson(context, asked)).toMatchObject({ kind: 'refused', refusal: { kind } });
    expect(await context.store.link(slackUserId as never)).toBeNull();
  });

  it('ends when another person’s own address names that Fleet user', async () => {
    const { context, inSlack, inFleet, clock } = await company();
    const users = [aUser(1, { email: 'anna@acme.example', role: 'ADMIN' }), aUser(5, { email: 'old@acme.example' })];
    await inFleet(...users);
    const admin = inSlack('U1', { email: 'anna@acme.example' });
    const tied = inSlack('UTIED', { email: 'nobody@acme.example' });
    const asked = { by: admin, slackUserId: tied, fleetUserId: 5 as FleetUserId, once: 'o' };
    expect(await linkPerson(context, asked)).toMatchObject({ kind: 'linked' });
    expect(await matchPerson(context, tied)).toMatchObject({ kind: 'matched', person: { fleetUserId: 5 } });

    inSlack('UOWNER', { email: 'old@acme.example' });
    clock.now += 25 * 60 * 60 * 1000;
    await context.store.cache.forget('slack-ids:5');

    expect(await matchPerson(context, tied)).toEqual({ kind: 'two_matches' });
  });
});
