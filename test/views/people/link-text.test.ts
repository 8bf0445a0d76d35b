import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../../src/domain/ids.ts';
import type { LinkRefusal } from '../../../src/domain/people/match.ts';
import type { FleetPerson } from '../../../src/domain/people/people.ts';
import {
  adminsUnknownText,
  linkedNoticeText,
  linkedText,
  linkRefusalText,
  notLinkedText,
  unlinkedText,
} from '../../../src/views/people/link.ts';

const fleetUserId = 31 as FleetUserId;
const eva = 'U0EVA' as SlackUserId;
const link = { slackUserId: eva, fleetUserId, by: 'U0DAN' as SlackUserId, at: 1 };

describe('why someone was not linked to a Fleet user', () => {
  const refusals: readonly (readonly [LinkRefusal, string])[] = [
    [{ kind: 'not_an_admin' }, 'Only admins can link people to Fleet accounts.'],
    [{ kind: 'yourself' }, "You can't link yourself. Ask another admin."],
    [{ kind: 'fleet_admins_only' }, 'That Fleet user is an admin in Fleet, so only a Fleet admin can link them.'],
    [
      { kind: 'no_such_fleet_user', fleetUserId },
      'No Fleet user 31. People added in the last few minutes may take a moment to appear.',
    ],
    [{ kind: 'barred', why: { kind: 'guest' } }, "Guests can't use Fleet, so they can't be linked."],
    [{ kind: 'barred', why: { kind: 'bot' } }, "Bots can't order or approve, so they can't be linked."],
    [{ kind: 'barred', why: { kind: 'stranger' } }, 'They belong to another workspace.'],
    [{ kind: 'barred', why: { kind: 'deactivated' } }, 'Their Slack account is deactivated or unknown.'],
    [
      { kind: 'matched_by_email', fleetUserId },
      "Their email already matches Fleet user 31, so they don't need a link.",
    ],
    [{ kind: 'linked_already', link }, "They're already linked to Fleet user 31. Type `/fleet unlink` first."],
    [{ kind: 'taken_by_email', by: eva }, 'That Fleet user already matches <@U0EVA> by email.'],
    [
      { kind: 'taken_by_link', link },
      'That Fleet user is already linked to <@U0EVA>. Type `/fleet unlink` for them first.',
    ],
    [
      { kind: 'unknown_now', why: { kind: 'people_loading' } },
      "We're still loading your company's people from Fleet. Try again in a minute.",
    ],
    [
      { kind: 'unknown_now', why: { kind: 'people_incomplete' } },
      "Part of Fleet's list of your company's people couldn't be read, and they may be in that part. Try again in 15 minutes.",
    ],
    [{ kind: 'admins_unknown' }, adminsUnknownText],
    [
      { kind: 'unknown_now', why: { kind: 'fleet_unreachable' } },
      "Fleet isn't responding, so we can't check your rights there. Try again in a minute.",
    ],
    [
      { kind: 'unknown_now', why: { kind: 'slack_unreachable' } },
      "Slack isn't responding, so we can't look this person up. Try again in a minute.",
    ],
    [
      { kind: 'repeated', did: 'unlinked' },
      'We already received this command, and unlinked them then. Nothing was changed again.',
    ],
    [{ kind: 'overtaken' }, 'Someone else changed one of their links at the same time. Check, and try again.'],
  ];

  it.each(refusals)('%j', (refusal, why) => {
    expect(linkRefusalText(refusal)).toBe(why);
  });
});

describe('a link', () => {
  const person: FleetPerson = { fleetUserId, name: 'Eva <!channel>', isFleetAdmin: false };

  it('is confirmed to the admin with how to remove it, and told to the person in plain text', () => {
    expect(linkedText(link, person)).toBe(
      'Linked <@U0EVA> to *Eva &lt;!channel&gt;* (Fleet user 31). We let them know. `/fleet unlink` removes the link.',
    );
    expect(linkedNoticeText({ kind: 'person_linked', fleetUserId, name: person.name })).toMatch(
      /^An admin linked your Slack account to Eva <!channel> \(Fleet user 31\)\./u,
    );
  });

  it('is removed, if there is one', () => {
    expect(unlinkedText(link)).toMatch(
      /^Removed the link from <@U0EVA> to Fleet user 31\. They can no longer order or approve/u,
    );
    expect(notLinkedText(eva)).toMatch(/^<@U0EVA> has no link to remove\./u);
  });
});
