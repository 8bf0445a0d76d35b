import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import { type LinkQuestion, mayNotLink } from '../../src/domain/people/may-link.ts';

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

  it('gives nobody the Fleet user of somebody else', () => {
    const link = { slackUserId: 'UOTHER' as SlackUserId, fleetUserId: asked.fleetUserId, by: asked.by, at: 1 };

    expect(mayNotLink({ ...asked, linkOfFleetUser: link })).toEqual({ kind: 'taken_by_link', link });
    expect(mayNotLink({ ...asked, othersByEmail: [link.slackUserId], linkOfFleetUser: link })).toEqual({
      kind: 'taken_by_email',
      by: 'UOTHER',
    });
  });
});
