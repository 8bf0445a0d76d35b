import type { SlackFailure } from '../../src/domain/failures/failure.ts';
import type { SlackChannelId, SlackMessageTs, WorkspaceId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/surfaces.ts';
import type { Slack } from '../../src/slack/slack.ts';
import type { FleetInProcess } from './fleet-in-process.ts';

export interface Shown {
  readonly channel: string;
  readonly ts: string;
  message: Message;
}

interface Trouble {
  readonly call: 'post' | 'update';
  readonly failure: SlackFailure;
  readonly isAfterwards: boolean;
  left: number;
}

/** The messages as they stand, and every sentence that was untrue at the moment when it was shown. */
export function slackInProcess(workspaceId: WorkspaceId, fleet: FleetInProcess) {
  const shown: Shown[] = [];
  const untrue: string[] = [];
  let troubles: Trouble[] = [];
  let unreachable = 0;
  const unused = async (): Promise<never> => {
    throw new Error('not used by these jobs');
  };
  const meet = (call: Trouble['call'], isAfterwards: boolean): SlackFailure | null => {
    const met = troubles.find((one) => one.call === call && one.isAfterwards === isAfterwards && one.left > 0);
    if (met === undefined) return null;
    met.left -= 1;
    return met.failure;
  };
  const judge = ({ text, blocks }: Message): void => {
    const words = JSON.stringify([text, blocks]);
    const order = Number(/order (\d+)/.exec(words)?.[1]);
    const saysOrdered = /\*Ordered\.\*|"Ordered\. Your order|ordered directly in Fleet/.test(words);
    if (saysOrdered && typeof fleet.order(order)?.clientStatus !== 'string') untrue.push(words.slice(0, 300));
  };
  const slack: Slack = {
    workspaceId,
    ...{ openModal: unused, pushModal: unused, updateModal: unused, publishHome: unused, respond: unused },
    ...{ profile: unused, profileByEmail: unused, tokenWorks: unused, groups: unused, groupMembers: unused },
    post: async (to, message) => {
      const failure = meet('post', false);
      if (failure?.kind === 'cannot_reach_person' || failure?.kind === 'cannot_post_there') unreachable += 1;
      if (failure !== null) return { ok: false, failure };
      judge(message);
      const place = { channel: `D-${to}` as SlackChannelId, ts: `${shown.length + 1}.0` as SlackMessageTs };
      shown.push({ ...place, message });
      return { ok: true, value: place };
    },
    update: async (channel, ts, message) => {
      const failure = meet('update', false);
      if (failure !== null) return { ok: false, failure };
      const found = shown.find((one) => one.channel === channel && one.ts === ts);
      if (found === undefined) return { ok: false, failure: { kind: 'gone' } };
      judge(message);
      found.message = message;
      const lost = meet('update', true);
      return lost === null ? { ok: true, value: undefined } : { ok: false, failure: lost };
    },
  };
  return {
    ...{ slack, shown, untrue },
    trouble: (one: Trouble) => void troubles.push(one),
    /** Somebody could not be reached: losing them is right. */
    refusedPosts: () => unreachable,
    calm: () => {
      troubles = [];
    },
  };
}
