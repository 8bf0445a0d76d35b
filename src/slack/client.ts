import { type Logger, type UsersInfoResponse, WebClient } from '@slack/web-api';
import type { SlackChannelId, SlackMessageTs, SlackUserId, SlackViewId, WorkspaceId } from '../domain/ids.ts';
import type { SlackProfile } from '../domain/people/people.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { isPlatformError, ScopeMissing, slackFailureOf } from './failure.ts';
import type { Slack, SlackResult } from './slack.ts';

interface ClientOptions {
  readonly token: string;
  /** Slack's own when left out; ends in `/api/`. */
  readonly slackApiUrl?: string | undefined;
  readonly logger: Logger;
}

/**
 * For calls a person waits for: an answer after Slack's three seconds is useless. Rate limits are returned as failures;
 * by default the client would silently pause everyone's calls.
 */
export function interactiveClient(options: ClientOptions): WebClient {
  return createClient(options, 2_000);
}

/** For jobs. The queue retries, not the client: resending a `chat.postMessage` that timed out can post twice. */
export function backgroundClient(options: ClientOptions): WebClient {
  return createClient(options, 10_000);
}

function createClient({ token, slackApiUrl, logger }: ClientOptions, timeout: number): WebClient {
  return new WebClient(token, {
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
}

type Blocks = ModalView['blocks'];

/** Null: there is no image to remove, so sending it again would not help. */
function withoutImages(blocks: Blocks): Blocks | null {
  let found = false;
  const kept = blocks.flatMap((block): Blocks => {
    if (block.type === 'image') {
      found = true;
      return [];
    }
    if (block.type === 'section' && block.accessory?.type === 'image') {
      found = true;
      const { accessory: _image, ...rest } = block;
      return [rest];
    }
    if (block.type === 'context') {
      const elements = block.elements.filter((element) => element.type !== 'image');
      found ||= elements.length < block.elements.length;
      return elements.length === 0 ? [] : [{ ...block, elements }];
    }
    return [block];
  });
  return found ? kept : null;
}

type SlackUser = NonNullable<UsersInfoResponse['user']>;

/** Null if the answer names no one. Anyone who belongs to another workspace is a stranger here. */
function readProfile(user: SlackUser | undefined, workspaceId: WorkspaceId): SlackProfile | null {
  if (user?.id === undefined) return null;
  const teamId = (user.team_id ?? workspaceId) as WorkspaceId;
  return {
    slackUserId: user.id as SlackUserId,
    slackTeamId: teamId,
    // The display name is often a handle, and everywhere else people have Fleet's full name.
    name: user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || user.id,
    email: user.profile?.email ?? null,
    timeZone: user.tz ?? 'Etc/UTC',
    // `users.lookupByEmail` leaves it out.
    locale: user.locale ?? '',
    isBot: user.is_bot === true || user.id === 'USLACKBOT',
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
    isStranger: user.is_stranger === true || !belongsHere(user, teamId, workspaceId),
    isDeactivated: user.deleted === true,
    isSlackAdmin: user.is_admin === true || user.is_owner === true || user.is_primary_owner === true,
  };
}

/** On Enterprise Grid, a member's home workspace may be another one in the same organization. */
function belongsHere(user: SlackUser, teamId: WorkspaceId, workspaceId: WorkspaceId): boolean {
  return teamId === workspaceId || user.enterprise_user?.teams?.includes(workspaceId) === true;
}

interface Calls {
  readonly client: WebClient;
  readonly attempt: Attempt;
}

type Attempt = <T>(call: () => Promise<T>) => Promise<SlackResult<T>>;

/** `onTokenRefused` is called when any answer says so: Slack may send no event for it. */
export function createSlack(
  client: WebClient,
  workspaceId: WorkspaceId,
  respond: Slack['respond'],
  onTokenRefused: () => void,
): Slack {
  const calls: Calls = { client, attempt: attemptWith(onTokenRefused) };
  return {
    workspaceId,
    ...modals(calls),
    ...messages(calls),
    respond,
    ...people(calls, workspaceId),
    ...groups(calls),
  };
}

function attemptWith(onTokenRefused: () => void): Attempt {
  return async (call) => {
    try {
      return { ok: true, value: await call() };
    } catch (error) {
      const failure = slackFailureOf(error);
      if (failure.kind === 'token_refused') onTokenRefused();
      return { ok: false, failure };
    }
  };
}

/** Slack refuses a whole view for one image it can't load, so the view is sent again without images. */
async function orWithoutImages<V extends { readonly blocks: Parameters<typeof withoutImages>[0] }, T>(
  attempt: Attempt,
  view: V,
  send: (view: V) => Promise<T>,
): Promise<SlackResult<T>> {
  const result = await attempt(() => send(view));
  if (result.ok || result.failure.kind !== 'refused_payload') return result;
  const plain = withoutImages(view.blocks);
  return plain === null ? result : attempt(() => send({ ...view, blocks: plain }));
}

function modals({ client, attempt }: Calls): Pick<Slack, 'openModal' | 'pushModal' | 'updateModal' | 'publishHome'> {
  const openedView = (answer: { view?: { id?: string; hash?: string } }) => ({
    viewId: (answer.view?.id ?? '') as SlackViewId,
    hash: answer.view?.hash ?? '',
  });
  return {
    openModal: (triggerId, view) =>
      orWithoutImages(attempt, view, async (one) =>
        openedView(await client.views.open({ trigger_id: triggerId, view: one })),
      ),
    pushModal: (triggerId, view) =>
      orWithoutImages(attempt, view, async (one) =>
        openedView(await client.views.push({ trigger_id: triggerId, view: one })),
      ),
    updateModal: (viewId, view, hash) =>
      orWithoutImages(attempt, view, async (one) =>
        openedView(await client.views.update({ view_id: viewId, view: one, ...(hash === undefined ? {} : { hash }) })),
      ),
    publishHome: (slackUserId, view) =>
      orWithoutImages(attempt, view, async (one) => {
        await client.views.publish({ user_id: slackUserId, view: one });
      }),
  };
}

function messages({ client, attempt }: Calls): Pick<Slack, 'post' | 'update'> {
  return {
    post: (to, message) =>
      attempt(async () => {
        const posted = await client.chat.postMessage({
          channel: to,
          ...message,
          unfurl_links: false,
          unfurl_media: false,
        });
        return { channel: (posted.channel ?? to) as SlackChannelId, ts: (posted.ts ?? '') as SlackMessageTs };
      }),
    update: (channel, ts, message) =>
      attempt(async () => {
        await client.chat.update({ channel, ts, ...message });
      }),
  };
}

/** Checks for an optional permission before using it: Slack counts refused calls against the app. */
async function withScope<T>(
  { client, attempt }: Calls,
  scope: string,
  call: () => Promise<T>,
): Promise<SlackResult<T>> {
  return attempt(async () => {
    const { response_metadata: metadata } = await client.auth.test();
    if (metadata?.scopes !== undefined && !metadata.scopes.includes(scope)) throw new ScopeMissing();
    return call();
  });
}

function groups(calls: Calls): Pick<Slack, 'groups' | 'groupMembers' | 'tokenWorks'> {
  const { client, attempt } = calls;
  return {
    tokenWorks: () =>
      attempt(async () => {
        await client.auth.test();
      }),
    groups: () =>
      withScope(calls, 'usergroups:read', async () => {
        const { usergroups = [] } = await client.usergroups.list();
        return usergroups.flatMap(({ id, name, date_delete }) =>
          id === undefined || (date_delete ?? 0) > 0 ? [] : [{ id, name: name ?? id }],
        );
      }),
    groupMembers: (group) =>
      withScope(
        calls,
        'usergroups:read',
        async () =>
          ((await client.usergroups.users.list({ usergroup: group }).catch(noneIfDeleted)).users ??
            []) as SlackUserId[],
      ),
  };
}

/** A deleted group has no members, which differs from a failed look-up. */
function noneIfDeleted(error: unknown): { readonly users: string[] } {
  if (isPlatformError(error, 'no_such_subteam')) return { users: [] };
  throw error;
}

function people({ client, attempt }: Calls, workspaceId: WorkspaceId): Pick<Slack, 'profile' | 'profileByEmail'> {
  const orNull = async (result: SlackResult<ReturnType<typeof readProfile>>) =>
    !result.ok && result.failure.kind === 'cannot_reach_person' ? ({ ok: true, value: null } as const) : result;
  return {
    profile: async (slackUserId) =>
      orNull(
        await attempt(async () =>
          readProfile((await client.users.info({ user: slackUserId, include_locale: true })).user, workspaceId),
        ),
      ),
    profileByEmail: async (email) => {
      const found = await attempt(async () =>
        readProfile((await client.users.lookupByEmail({ email })).user, workspaceId),
      );
      // A text that Slack rejects as an address belongs to no one.
      return !found.ok && found.failure.kind === 'refused_payload' ? { ok: true, value: null } : orNull(found);
    },
  };
}
