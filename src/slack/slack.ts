import type { SlackFailure } from '../domain/failures/failure.ts';
import type { SlackChannelId, SlackMessageTs, SlackUserId, SlackViewId, WorkspaceId } from '../domain/ids.ts';
import type { SlackGroup, SlackProfile } from '../domain/people/people.ts';
import type { HomeView, Message, ModalView } from '../domain/surfaces.ts';

export type SlackResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SlackFailure };

/** The part of Slack's Web API that this app needs, for one workspace. */
export interface Slack {
  readonly workspaceId: WorkspaceId;
  openModal(triggerId: string, view: ModalView): Promise<SlackResult<{ viewId: SlackViewId; hash: string }>>;
  pushModal(triggerId: string, view: ModalView): Promise<SlackResult<{ viewId: SlackViewId; hash: string }>>;
  /** Without `hash`, replaces whatever is shown. Sent again without images if Slack refuses one. */
  updateModal(viewId: SlackViewId, view: ModalView, hash?: string): Promise<SlackResult<{ hash: string }>>;
  publishHome(slackUserId: SlackUserId, view: HomeView): Promise<SlackResult<void>>;
  /** To a person: their DM with the app. */
  post(
    to: SlackUserId | SlackChannelId,
    message: Message,
  ): Promise<SlackResult<{ channel: SlackChannelId; ts: SlackMessageTs }>>;
  update(channel: SlackChannelId, ts: SlackMessageTs, message: Message): Promise<SlackResult<void>>;
  /** Answers a command or a button: 5 uses in 30 minutes, also in channels without the app. */
  respond(
    responseUrl: string,
    message: Message & { readonly response_type: 'ephemeral' | 'in_channel'; readonly replace_original?: boolean },
  ): Promise<SlackResult<void>>;
  /** Null: no such person. */
  profile(slackUserId: SlackUserId): Promise<SlackResult<SlackProfile | null>>;
  profileByEmail(email: string): Promise<SlackResult<SlackProfile | null>>;
  /** `token_refused`: revoked, or the app was removed. */
  tokenWorks(): Promise<SlackResult<void>>;
  /** The groups in use. Needs the optional scope `usergroups:read`. */
  groups(): Promise<SlackResult<readonly SlackGroup[]>>;
  groupMembers(group: string): Promise<SlackResult<readonly SlackUserId[]>>;
}
