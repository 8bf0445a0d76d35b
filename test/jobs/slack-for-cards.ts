import type { SlackFailure } from '../../src/domain/failures/failure.ts';
import type { SlackChannelId, SlackMessageTs, WorkspaceId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/surfaces.ts';
import type { Slack } from '../../src/slack/slack.ts';

interface Shown {
  readonly channel: string;
  readonly ts: string;
  message: Message;
  edits: number;
}

/** Messages as they stand; `fail` decides on each call before it does anything. The whole Slack is in the handler tests. */
export function slackForCards(workspaceId: WorkspaceId) {
  const shown: Shown[] = [];
  const calls: string[] = [];
  const control = {
    fail: (_call: 'post' | 'update', _to: string): SlackFailure | null => null,
    before: async (_call: 'post' | 'update', _to: string): Promise<void> => {},
  };
  const unused = async (): Promise<never> => {
    throw new Error('not for cards');
  };
  const slack: Slack = {
    workspaceId,
    ...{ openModal: unused, pushModal: unused, updateModal: unused, publishHome: unused, respond: unused },
    ...{ profile: unused, profileByEmail: unused, tokenWorks: unused, groups: unused, groupMembers: unused },
    post: async (to, message) => {
      await control.before('post', to);
      calls.push(`post ${to}`);
      const failure = control.fail('post', to);
      if (failure !== null) return { ok: false, failure };
      const channel = `D-${to}`;
      const ts = `${shown.length + 1}.0`;
      shown.push({ channel, ts, message, edits: 0 });
      return { ok: true, value: { channel: channel as SlackChannelId, ts: ts as SlackMessageTs } };
    },
    update: async (channel, ts, message) => {
      await control.before('update', channel);
      calls.push(`update ${channel}`);
      const failure = control.fail('update', channel);
      if (failure !== null) return { ok: false, failure };
      const found = shown.find((one) => one.channel === channel && one.ts === ts);
      if (found === undefined) return { ok: false, failure: { kind: 'gone' } };
      found.message = message;
      found.edits += 1;
      return { ok: true, value: undefined };
    },
  };
  const textOf = (message: Message | undefined) => JSON.stringify(message?.blocks ?? null);
  return {
    slack,
    shown,
    calls,
    control,
    /** What stands in somebody's DM now; the newest card. */
    dm: (slackUserId: string) => textOf(shown.filter((one) => one.channel === `D-${slackUserId}`).at(-1)?.message),
    channel: (channel: string) => textOf(shown.filter((one) => one.channel === channel).at(-1)?.message),
  };
}
