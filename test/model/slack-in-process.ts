import type { SlackFailure } from '../../src/domain/failures/failure.ts';
import type { SlackChannelId, SlackMessageTs, SlackViewId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Message, ModalView } from '../../src/domain/surfaces.ts';
import type { Slack } from '../../src/slack/slack.ts';
import type { FleetInProcess } from './fleet-in-process.ts';

export interface Shown {
  readonly channel: string;
  readonly ts: string;
  message: Message;
  readonly earlier: Message[];
}

interface Trouble {
  readonly call: 'post' | 'update';
  readonly failure: SlackFailure;
  readonly isAfterwards: boolean;
  left: number;
}

/** An open modal, and what it shows. */
export interface Window {
  readonly viewId: SlackViewId;
  readonly of: string;
  hash: string;
  view: ModalView;
}

/** What somebody got to read, in the order in which it was shown. */
export interface Told {
  readonly to: string;
  /** Where: a message (posted or updated), a modal, or the private answer to a press. */
  readonly place: string;
  readonly isUpdate: boolean;
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** The messages as they stand, and every sentence that was untrue at the moment when it was shown. */
export function slackInProcess(workspaceId: WorkspaceId, fleet: FleetInProcess) {
  const shown: Shown[] = [];
  const told: Told[] = [];
  const windows = createWindows((to, viewId, view) =>
    told.push({ to, place: viewId, isUpdate: false, text: view.title.text, blocks: view.blocks }),
  );
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
    const saysOrdered = /\*Ordered\.\*|"Ordered\. Your order|Closed in Fleet:\* ordered|was ordered in Fleet/.test(
      words,
    );
    if (saysOrdered && typeof fleet.order(order)?.clientStatus !== 'string') untrue.push(words.slice(0, 300));
  };
  const slack: Slack = {
    workspaceId,
    ...{ openModal: windows.open, pushModal: windows.open, updateModal: windows.update, publishHome: unused },
    respond: async (url, { text, blocks }) => {
      told.push({ to: ownerOf(url), place: url, isUpdate: false, text, blocks: blocks ?? [] });
      return { ok: true, value: undefined };
    },
    ...{ profile: unused, profileByEmail: unused, tokenWorks: unused, groups: unused, groupMembers: unused },
    post: async (to, message) => {
      const failure = meet('post', false);
      if (failure?.kind === 'cannot_reach_person' || failure?.kind === 'cannot_post_there') unreachable += 1;
      if (failure !== null) return { ok: false, failure };
      judge(message);
      const place = { channel: `D-${to}` as SlackChannelId, ts: `${shown.length + 1}.0` as SlackMessageTs };
      shown.push({ ...place, message, earlier: [] });
      told.push({ to, place: place.ts, isUpdate: false, text: message.text, blocks: message.blocks ?? [] });
      return { ok: true, value: place };
    },
    update: async (channel, ts, message) => {
      const failure = meet('update', false);
      if (failure !== null) return { ok: false, failure };
      const found = shown.find((one) => one.channel === channel && one.ts === ts);
      if (found === undefined) return { ok: false, failure: { kind: 'gone' } };
      judge(message);
      found.earlier.push(found.message);
      found.message = message;
      const to = found.channel.slice('D-'.length);
      told.push({ to, place: ts, isUpdate: true, text: message.text, blocks: message.blocks ?? [] });
      const lost = meet('update', true);
      return lost === null ? { ok: true, value: undefined } : { ok: false, failure: lost };
    },
  };
  return {
    ...{ slack, shown, told, windows, untrue },
    trouble: (one: Trouble) => void troubles.push(one),
    /** Somebody could not be reached: losing them is right. */
    refusedPosts: () => unreachable,
    calm: () => {
      troubles = [];
    },
  };
}

/** A trigger and a response_url begin with whose they are. */
const ownerOf = (ticket: string): string => ticket.split(' ', 1)[0] ?? '';

function createWindows(show: (to: string, viewId: SlackViewId, view: ModalView) => void) {
  const all: Window[] = [];
  let changes = 0;
  const draw = (one: Window, view: ModalView): string => {
    changes += 1;
    Object.assign(one, { view, hash: `${changes}` });
    show(one.of, one.viewId, view);
    return one.hash;
  };
  const open: Slack['openModal'] = async (triggerId, view) => {
    const one: Window = { viewId: `V${changes + 1}` as SlackViewId, of: ownerOf(triggerId), hash: '', view };
    all.push(one);
    return { ok: true, value: { viewId: one.viewId, hash: draw(one, view) } };
  };
  const update: Slack['updateModal'] = async (viewId, view, hash) => {
    const found = all.find((one) => one.viewId === viewId);
    if (found === undefined) return { ok: false, failure: { kind: 'gone' } };
    if (hash !== undefined && hash !== found.hash) return { ok: false, failure: { kind: 'stale_view' } };
    return { ok: true, value: { hash: draw(found, view) } };
  };
  return {
    open,
    update,
    newest: (of: string): Window | undefined => all.findLast((one) => one.of === of),
    close: (viewId: string): void => {
      const at = all.findIndex((one) => one.viewId === viewId);
      if (at !== -1) all.splice(at, 1);
    },
  };
}
