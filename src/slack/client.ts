import type { SlackChannelId, SlackMessageTs, SlackUserId, SlackViewId, WorkspaceId } from '../domain/ids.ts';
import type { SlackProfile } from '../domain/people/people.ts';
import type { ModalView } from '../domain/surfaces.ts';
import type { Slack, SlackResult } from './slack.ts';
import type { SlackAnswer, SlackUser, WebApi } from './web-api.ts';

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

/** `onTokenRefused` is called when any answer says so: Slack may send no event for it. */
export function createSlack(
  webApi: WebApi,
  workspaceId: WorkspaceId,
  respond: Slack['respond'],
  onTokenRefused: () => void,
): Slack {
  const call: WebApi = async (method, args) => {
    const answer = await webApi(method, args);
    if (!answer.ok && answer.failure.kind === 'token_refused') onTokenRefused();
    return answer;
  };
  return {
    workspaceId,
    ...modals(call),
    ...messages(call),
    respond,
    ...people(call, workspaceId),
    ...groups(call),
  };
}

/** What Slack answered, as this app wants it. */
async function reading<T>(
  answered: Promise<SlackResult<SlackAnswer>>,
  read: (answer: SlackAnswer) => T,
): Promise<SlackResult<T>> {
  const answer = await answered;
  return answer.ok ? { ok: true, value: read(answer.value) } : answer;
}

const nothing = (): void => {};

/** Slack refuses a whole view for one image it can't load, so the view is sent again without images. */
async function orWithoutImages<V extends { readonly blocks: Blocks }, T>(
  view: V,
  send: (view: V) => Promise<SlackResult<T>>,
): Promise<SlackResult<T>> {
  const result = await send(view);
  if (result.ok || result.failure.kind !== 'refused_payload') return result;
  const plain = withoutImages(view.blocks);
  return plain === null ? result : send({ ...view, blocks: plain });
}

function modals(call: WebApi): Pick<Slack, 'openModal' | 'pushModal' | 'updateModal' | 'publishHome'> {
  const shownModal = ({ view }: SlackAnswer) => ({ viewId: (view?.id ?? '') as SlackViewId, hash: view?.hash ?? '' });
  const show = (method: string, where: object) => (view: ModalView) =>
    reading(call(method, { ...where, view }), shownModal);
  return {
    openModal: (trigger_id, view) => orWithoutImages(view, show('views.open', { trigger_id })),
    pushModal: (trigger_id, view) => orWithoutImages(view, show('views.push', { trigger_id })),
    // Without a hash, JSON leaves it out.
    updateModal: (view_id, view, hash) => orWithoutImages(view, show('views.update', { view_id, hash })),
    publishHome: (user_id, view) =>
      orWithoutImages(view, (one) => reading(call('views.publish', { user_id, view: one }), nothing)),
  };
}

function messages(call: WebApi): Pick<Slack, 'post' | 'update'> {
  return {
    post: (to, message) =>
      reading(
        call('chat.postMessage', { channel: to, ...message, unfurl_links: false, unfurl_media: false }),
        ({ channel = to, ts = '' }) => ({ channel: channel as SlackChannelId, ts: ts as SlackMessageTs }),
      ),
    update: (channel, ts, message) => reading(call('chat.update', { channel, ts, ...message }), nothing),
  };
}

/** Checks for an optional permission before using it: Slack counts refused calls against the app. */
async function withScope<T>(call: WebApi, scope: string, use: () => Promise<SlackResult<T>>): Promise<SlackResult<T>> {
  const test = await call('auth.test');
  if (!test.ok) return test;
  const isMissing = test.value.scopes?.includes(scope) === false;
  return isMissing ? { ok: false, failure: { kind: 'not_allowed', error: 'missing_scope' } } : use();
}

function groups(call: WebApi): Pick<Slack, 'groups' | 'groupMembers' | 'tokenWorks'> {
  return {
    tokenWorks: () => reading(call('auth.test'), nothing),
    groups: () =>
      withScope(call, 'usergroups:read', () =>
        reading(call('usergroups.list'), ({ usergroups = [] }) =>
          usergroups.flatMap(({ id, name, date_delete }) =>
            id === undefined || (date_delete ?? 0) > 0 ? [] : [{ id, name: name ?? id }],
          ),
        ),
      ),
    groupMembers: (usergroup) =>
      withScope(call, 'usergroups:read', async () => {
        const found = await reading(
          call('usergroups.users.list', { usergroup }),
          ({ users = [] }) => users as readonly SlackUserId[],
        );
        // A deleted group has no members, which differs from a failed look-up.
        return !found.ok && found.failure.kind === 'gone' ? { ok: true, value: [] } : found;
      }),
  };
}

function people(call: WebApi, workspaceId: WorkspaceId): Pick<Slack, 'profile' | 'profileByEmail'> {
  const profileIn = ({ user }: SlackAnswer) => readProfile(user, workspaceId);
  const orNull = (result: SlackResult<SlackProfile | null>) =>
    !result.ok && result.failure.kind === 'cannot_reach_person' ? ({ ok: true, value: null } as const) : result;
  return {
    profile: async (user) => orNull(await reading(call('users.info', { user, include_locale: true }), profileIn)),
    profileByEmail: async (email) => {
      const found = await reading(call('users.lookupByEmail', { email }), profileIn);
      // A text that Slack rejects as an address belongs to no one.
      return !found.ok && found.failure.kind === 'refused_payload' ? { ok: true, value: null } : orNull(found);
    },
  };
}
