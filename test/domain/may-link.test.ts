import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import { givesAdminRights, type LinkQuestion, type LinkRefusal, mayNotLink } from '../../src/domain/people/match.ts';

const asked: LinkQuestion = {
  by: 'UADMIN' as SlackUserId,
  slackUserId: 'UNEW' as SlackUserId,
  fleetUserId: 31 as FleetUserId,
  barred: null,
  fleetPerson: { fleetUserId: 31 as FleetUserId, name: 'Temp Guest', isFleetAdmin: false },
  isByFleetAdmin: false,
  byEmail: null,
  othersByEmail: [],
  linkOfPerson: null,
  linkOfFleetUser: null,
};

describe('who may tie a Slack person to a Fleet user', () => {
  it('lets an admin tie somebody to an employee', () => {
    expect(mayNotLink(asked)).toBeNull();
  });

  it('lets only a Fleet ADMIN hand out the rights of a Fleet ADMIN', () => {
    const fleetPerson = { fleetUserId: 31 as FleetUserId, name: 'Second Admin', isFleetAdmin: true };

    expect(mayNotLink({ ...asked, fleetPerson })).toEqual({ kind: 'fleet_admins_only' });
    expect(mayNotLink({ ...asked, fleetPerson, isByFleetAdmin: true })).toBeNull();
  });

  it.each<[string, Partial<LinkQuestion>, LinkRefusal['kind']]>([
    ['somebody who asks for themselves', { by: asked.slackUserId }, 'yourself'],
    ['somebody who may never act', { barred: { kind: 'guest' } }, 'barred'],
    ['anybody to a number that nobody has', { fleetPerson: null }, 'no_such_fleet_user'],
    ['somebody whose e-mail tells who they are', { byEmail: 7 as FleetUserId }, 'matched_by_email'],
    ['somebody who is tied already', { linkOfPerson: { ...asked, at: 1 } }, 'linked_already'],
  ])('does not tie %s', (_, over, kind) => {
    expect(mayNotLink({ ...asked, ...over })?.kind).toBe(kind);
  });

  it('gives nobody the Fleet user of somebody else', () => {
    const link = { slackUserId: 'UOTHER' as SlackUserId, fleetUserId: asked.fleetUserId, by: asked.by, at: 1 };

    expect(mayNotLink({ ...asked, linkOfFleetUser: link })).toEqual({ kind: 'taken_by_link', link });
    expect(mayNotLink({ ...asked, othersByEmail: [link.slackUserId], linkOfFleetUser: link })).toEqual({
      kind: 'taken_by_email',
      by: 'UOTHER',
    });
  });
});

it.each([
  ['an address in Fleet', true, null, true],
  ['neither', false, null, false],
  ["a Fleet ADMIN's link", false, { byFleetAdmin: true }, true],
  ["another admin's link", false, { byFleetAdmin: false }, false],
  ['a link of an earlier release', false, {}, false],
])('%s gives the rights of a Fleet ADMIN, or not', (_, isByEmail, about, gives) => {
  const link = about === null ? null : { ...asked, at: 1, ...about };
  expect(givesAdminRights({ isByEmail, link })).toBe(gives);
});
