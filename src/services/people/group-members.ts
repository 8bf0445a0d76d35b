import { z } from 'zod';
import { SlackUserId } from '../../domain/ids.ts';
import { SlackGroup } from '../../domain/people/slack-profile.ts';
import type { Looked, NotLooked, ServiceContext } from '../context.ts';

const MINUTE = 60_000;

/** Whoever leaves a group stops being an approver within five minutes at most. */
const cached = (group: string) => ({
  key: `group:${group}`,
  freshMs: MINUTE,
  keepMs: 5 * MINUTE,
  parse: (stored: unknown) => z.array(SlackUserId).safeParse(stored).data ?? null,
});

/** Not ok: Slack cannot say, or the app is not let read groups: nobody is known to be in it then. */
export async function groupMembers(
  { store, slackPeople }: ServiceContext,
  group: string,
): Promise<Looked<readonly SlackUserId[]>> {
  const read = await store.cache.read<readonly SlackUserId[], NotLooked>(cached(group), async () => {
    const looked = await slackPeople.groupMembers(group);
    return looked.ok ? looked : { ok: false, failure: looked };
  });
  return read.ok ? { ok: true, value: read.value } : read.failure;
}

/**
 * Those of the groups that this person is in; `isUnsure` when one of the others could not be looked up just now. Nobody is
 * in one that the app is not let read.
 */
export async function groupsOf(
  context: ServiceContext,
  groups: readonly string[],
  slackUserId: SlackUserId,
): Promise<{ readonly memberOf: readonly string[]; readonly isUnsure: boolean }> {
  const looked = await Promise.all(groups.map((group) => groupMembers(context, group)));
  const memberOf = groups.filter((_, index) => {
    const members = looked[index];
    return members?.ok === true && members.value.includes(slackUserId);
  });
  return { memberOf, isUnsure: looked.some((one) => !one.ok && one.isRefused !== true) };
}

/** Null: they cannot be listed (no `usergroups:read`, a plan of Slack without groups, or Slack is away). */
export async function listGroups({ store, slackPeople }: ServiceContext): Promise<readonly SlackGroup[] | null> {
  const read = await store.cache.read<readonly SlackGroup[], 'unknown'>(
    {
      key: 'groups',
      freshMs: MINUTE,
      keepMs: 5 * MINUTE,
      parse: (stored) => z.array(SlackGroup).safeParse(stored).data ?? null,
    },
    async () => {
      const looked = await slackPeople.groups();
      return looked.ok ? looked : { ok: false, failure: 'unknown' };
    },
  );
  return read.ok ? read.value : null;
}
