import type { KnownBlock } from '@slack/types';
import type { Link } from '../../domain/people/link.ts';
import type { NoMatch, UnmatchedPerson } from '../../domain/people/people.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { modal } from '../guard.ts';
import { callbacks } from '../ids.ts';
import { noticeModal } from '../notices.ts';
import { esc, mrkdwn } from '../text.ts';

const title = 'Without a Fleet user';

export const loadingUnmatched = (): ModalView => noticeModal(title, 'Loading…');

const MOST_SHOWN = 40;

export function unmatchedModal(people: readonly UnmatchedPerson[], links: readonly Link[]): ModalView {
  const rows = leading(people.map(({ slackUserId, why }) => `<@${esc(slackUserId)}>: ${reason(why)}`));
  const tied = leading(
    links.map(
      ({ slackUserId, fleetUserId, by }) => `<@${esc(slackUserId)}>: Fleet user ${fleetUserId}, by <@${esc(by)}>`,
    ),
  );
  return modal({
    callbackId: callbacks.notice,
    title,
    close: 'Back',
    blocks: [
      section(
        'People who came within the last month and whom Fleet does not know. Add their e-mail address in Fleet, or tie them with `/fleet link @person 123`.',
      ),
      ...(rows.length === 0 ? [section('Nobody at the moment.')] : rows.map(section)),
      ...(tied.length === 0
        ? []
        : [section('*Tied by an admin.* `/fleet unlink @person` takes it back.'), ...tied.map(section)]),
    ],
  });
}

function leading(rows: readonly string[]): readonly string[] {
  const left = rows.length - MOST_SHOWN;
  return left > 0 ? [...rows.slice(0, MOST_SHOWN), `… and ${left} more.`] : rows;
}

function reason(why: NoMatch): string {
  switch (why.kind) {
    case 'two_matches':
      return 'more than one Fleet user has their e-mail address.';
    case 'email_hidden':
      return 'Slack does not show their e-mail address.';
    default:
      return 'nobody in Fleet has their e-mail address.';
  }
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
