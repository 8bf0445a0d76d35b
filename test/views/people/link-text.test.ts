import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../../src/domain/ids.ts';
import type { LinkRefusal } from '../../../src/domain/people/match.ts';
import type { FleetPerson } from '../../../src/domain/people/people.ts';
import {
  linkedNoticeText,
  linkedText,
  linkRefusalText,
  notLinkedText,
  unlinkedText,
} from '../../../src/views/people/link.ts';

const fleetUserId = 31 as FleetUserId;
const eva = 'U0EVA' as SlackUserId;
const link = { slackUserId: eva, fleetUserId, by: 'U0DAN' as SlackUserId, at: 1 };

describe('why somebody was not tied to a Fleet user', () => {
  const refusals: readonly (readonly [LinkRefusal, string])[] = [
    [{ kind: 'not_an_admin' }, 'only admins can tie people to Fleet users.'],
    [{ kind: 'yourself' }, 'nobody can tie themselves to a Fleet user. Ask another admin.'],
    [
      { kind: 'fleet_admins_only' },
      'that Fleet user is an ADMIN in Fleet, and only somebody who is one may tie people to an ADMIN.',
    ],
    [
      { kind: 'no_such_fleet_user', fleetUserId },
      'there is no Fleet user 31 in your company. Who was added within the last minutes is known shortly.',
    ],
    [{ kind: 'barred', why: { kind: 'guest' } }, 'guests of this workspace cannot use Fleet from Slack.'],
    [{ kind: 'barred', why: { kind: 'bot' } }, 'a bot cannot order or sign.'],
    [{ kind: 'barred', why: { kind: 'stranger' } }, 'they belong to another workspace.'],
    [{ kind: 'barred', why: { kind: 'deactivated' } }, 'their Slack account is deactivated or unknown.'],
    [
      { kind: 'matched_by_email', fleetUserId },
      'their e-mail address already says that they are Fleet user 31. A link is only for where it cannot.',
    ],
    [{ kind: 'linked_already', link }, 'they are tied to Fleet user 31 already. Type `/fleet unlink` first.'],
    [{ kind: 'taken_by_email', by: eva }, 'that Fleet user is <@U0EVA>, by e-mail address.'],
    [{ kind: 'taken_by_link', link }, 'that Fleet user is <@U0EVA>, by a link. Type `/fleet unlink` for them first.'],
    [
      { kind: 'unknown_now', why: { kind: 'people_loading' } },
      "your company's people are still being loaded from Fleet. Try again in a minute.",
    ],
    [
      { kind: 'unknown_now', why: { kind: 'slack_unreachable' } },
      'Slack did not say just now who this is. Try again in a minute.',
    ],
    [{ kind: 'overtaken' }, 'somebody else tied or untied one of the two at the same moment. Look, and try again.'],
  ];

  it.each(refusals)('%j', (refusal, why) => {
    expect(linkRefusalText(refusal)).toBe(`Nothing was changed: ${why}`);
  });
});

describe('a link', () => {
  const person: FleetPerson = { fleetUserId, name: 'Eva <!channel>', isFleetAdmin: false };

  it('is confirmed to the admin with what takes it back, and told to the person in plain text', () => {
    expect(linkedText(link, person)).toBe(
      '<@U0EVA> is *Eva &lt;!channel&gt;* (Fleet user 31) from now on, and was told. `/fleet unlink` takes it back.',
    );
    expect(linkedNoticeText({ kind: 'person_linked', fleetUserId, name: person.name })).toMatch(
      /^An admin has tied your Slack account to Eva <!channel> \(Fleet user 31\)\./u,
    );
  });

  it('is taken back, if there is one', () => {
    expect(unlinkedText(link)).toMatch(/^<@U0EVA> is no longer tied to Fleet user 31: they cannot order or sign/u);
    expect(notLinkedText(eva)).toMatch(/^Nothing was changed: <@U0EVA> is not tied to anybody by a link\./u);
  });
});
