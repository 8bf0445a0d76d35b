import { describe, expect, it } from 'vitest';
import {
  CommitUnclear,
  type FleetFailure,
  type SlackFailure,
  StoreUnavailable,
} from '../../src/domain/failures/failure.ts';
import type { NoMatch } from '../../src/domain/people/people.ts';
import {
  failureText,
  fieldProblemText,
  notDoneText,
  notRecordedText,
  slackFailureText,
  unclearText,
} from '../../src/views/notices.ts';
import { noMatchText } from '../../src/views/people/link.ts';
import { everyDocumented, everyKind, nameOf } from '../domain/every-failure.ts';

describe('what people read when Fleet did not do it', () => {
  it.each([...everyDocumented, ...everyKind].map((failure) => [nameOf(failure), failure] as const))(
    '%s says what next, and whether anything was ordered where that could be doubted',
    (_, failure) => {
      const text = failureText(failure);

      if (failure.operation === 'validateCart') expect(text).toMatch(/ordered/u);
      expect(text).toMatch(
        /check|choose|enter|open|approve again|admin|need to do anything|try again|save again|look again|requester/iu,
      );
      expect(text.length).toBeLessThan(500);
      expect(fieldProblemText(failure)).toContain(text);
    },
  );

  it('begins with the field’s label above a field', () => {
    const failure: FleetFailure = { operation: 'patchCart', kind: 'rejected', code: 'INVALID_USER', status: 400 };

    expect(fieldProblemText(failure)).toMatch(/^For: Someone this cart is for/u);
  });

  it('speaks to the people around the card when it was an approval', () => {
    const failure: FleetFailure = { operation: 'patchCart', kind: 'rejected', code: 'INVALID_USER', status: 400 };

    expect(failureText(failure, 'approval')).toMatch(/Nothing was ordered.*The requester can withdraw the request/u);
  });

  it.each([
    ['<!channel> `pay` <https://x|here>', '“&lt;!channel&gt; `\u200bpay`\u200b &lt;https://x|here&gt;”'],
    ['x'.repeat(10_000), `“${'x'.repeat(299)}…”`],
    ['💻'.repeat(10_000), `“${'💻'.repeat(149)}…”`],
  ])('shows Fleet’s own words escaped and clipped (%#)', (words, shown) => {
    const text = failureText({ operation: 'createCart', kind: 'rejected_in_words', words, status: 400 });

    expect(text.endsWith(`\nFleet says: ${shown}`)).toBe(true);
  });
});

describe('why somebody has no Fleet user', () => {
  const kinds: readonly NoMatch['kind'][] = [
    'no_match',
    'two_matches',
    'email_hidden',
    'guest',
    'stranger',
    'deactivated',
    'bot',
    'people_loading',
    'people_incomplete',
    'fleet_unreachable',
    'key_refused',
    'slack_unreachable',
  ];

  it.each(kinds)('%s has a sentence of its own, a next step, and no email', (kind) => {
    const text = noMatchText({ kind });
    const others = kinds.filter((one) => one !== kind).map((one) => noMatchText({ kind: one }));

    expect(others).not.toContain(text);
    expect(text).toMatch(/ask|try again|use fleet|has to/iu);
    expect(text).not.toContain('@');
    // Also shown on Home and in answers to presses, which never update.
    expect(text).not.toMatch(/this window/iu);
  });
});

it('says what Slack did not do, for each of its failures', () => {
  const kinds: readonly SlackFailure['kind'][] = [
    'gone',
    'stale_view',
    'trigger_expired',
    'cannot_post_there',
    'cannot_reach_person',
    'rate_limited',
    'refused_payload',
    'not_allowed',
    'token_refused',
    'unavailable',
  ];
  const texts = kinds.map((kind) => slackFailureText({ kind }));

  expect(new Set(texts).size).toBe(kinds.length);
  for (const text of texts) expect(text).toMatch(/\. Nothing was changed or ordered\.$/u);
});

it('says that nothing was changed only where that is certain', () => {
  expect(notDoneText(new CommitUnclear())).toBe(unclearText);
  expect(notDoneText(new StoreUnavailable())).toBe(notRecordedText);
  expect(notRecordedText).toContain('nothing was changed');
  expect(unclearText).not.toContain('nothing was changed');
});
