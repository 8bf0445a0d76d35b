import type { WebClient } from '@slack/web-api';
import type { SlackChannelId, SlackMessageTs, SlackUserId, SlackViewId, TenantId } from '../domain/ids.ts';
import { isPlatformError, ScopeMissing, slackFailureOf } from './failure.ts';
import { readProfile } from './profile.ts';
import { respondTo } from './respond.ts';
import type { Slack, SlackResult } from './slack.ts';
import { withoutImages } from './without-images.ts';

interface Calls {
  /** It decides on time-outs and retries: see `slack/clients.ts`. */
  readonly client: WebClient;
  readonly attempt: Attempt;
}

type Attempt = <T>(call: () => Promise<T>) => Promise<SlackResult<T>>;

/** `onTokenRefused`: Slack said so in an answer, whatever it was asked for; no event need come. */
export function createSlack(
  client: WebClient,
  tenant: TenantId,
  fetch: typeof globalThis.fetch,
  onTokenRefused: () => void,
): Slack {
  const calls: Calls = { client, attempt: attemptWith(onTokenRefused) };
  return { tenant, ...modals(calls), ...messages(calls, fetch), ...people(calls, tenant), ...groups(calls) };
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

/** An image that Slack cannot load refuses the whole view: it is sent once more without images. */
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
  const shown = (answer: { view?: { id?: string; hash?: string } }) => ({
    viewId: (answer.view?.id ?? '') as SlackViewId,
    hash: answer.view?.hash ?? '',
  });
  return {
    openModal: (triggerId, view) =>
      orWithoutImages(attempt, view, async (one) =>
        shown(await client.views.open({ trigger_id: triggerId, view: one })),
      ),
    pushModal: (triggerId, view) =>
      orWithoutImages(attempt, view, async (one) =>
        shown(await client.views.push({ trigger_id: triggerId, view: one })),
      ),
    updateModal: (viewId, view, hash) =>
      orWithoutImages(attempt, view, async (one) =>
        shown(await client.views.update({ view_id: viewId, view: one, ...(hash === undefined ? {} : { hash }) })),
      ),
    publishHome: (slackUserId, view) =>
      orWithoutImages(attempt, view, async (one) => {
        await client.views.publish({ user_id: slackUserId, view: one });
      }),
  };
}

function messages(
  { client, attempt }: Calls,
  fetch: typeof globalThis.fetch,
): Pick<Slack, 'post' | 'update' | 'respond'> {
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
    respond: (responseUrl, message) => respondTo(fetch, responseUrl, message),
  };
}

/** An optional permission is looked up before it is used: Slack counts refused calls against the app. */
async function given<T>({ client, attempt }: Calls, scope: string, call: () => Promise<T>): Promise<SlackResult<T>> {
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
      given(calls, 'usergroups:read', async () => {
        const { usergroups = [] } = await client.usergroups.list();
        return usergroups.flatMap(({ id, name, date_delete }) =>
          id === undefined || (date_delete ?? 0) > 0 ? [] : [{ id, name: name ?? id }],
        );
      }),
    groupMembers: (group) =>
      given(
        calls,
        'usergroups:read',
        async () =>
          ((await client.usergroups.users.list({ usergroup: group }).catch(nobodyIfGone)).users ?? []) as SlackUserId[],
      ),
  };
}

/** A group that was deleted has no members: that is not the same as not being able to say. */
function nobodyIfGone(error: unknown): { readonly users: string[] } {
  if (isPlatformError(error, 'no_such_subteam')) return { users: [] };
  throw error;
}

function people({ client, attempt }: Calls, tenant: TenantId): Pick<Slack, 'profile' | 'profileByEmail'> {
  const orNobody = async (result: SlackResult<ReturnType<typeof readProfile>>) =>
    !result.ok && result.failure.kind === 'cannot_reach_person' ? ({ ok: true, value: null } as const) : result;
  return {
    profile: async (slackUserId) =>
      orNobody(
        await attempt(async () =>
          readProfile((await client.users.info({ user: slackUserId, include_locale: true })).user, tenant),
        ),
      ),
    profileByEmail: async (email) => {
      const found = await attempt(async () => readProfile((await client.users.lookupByEmail({ email })).user, tenant));
      // What Slack does not take as an address is nobody's.
      return !found.ok && found.failure.kind === 'refused_payload' ? { ok: true, value: null } : orNobody(found);
    },
  };
}
