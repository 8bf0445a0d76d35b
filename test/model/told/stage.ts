import { type App, type Receiver, ReceiverMultipleAckError } from '@slack/bolt';
import { createApp } from '../../../src/app/app.ts';
import { boltLogger } from '../../../src/app/logging.ts';
import type { HandlerWorkspace } from '../../../src/handlers/listener.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { heldAt } from '../hold.ts';
import { type Life, profileOf, startLife } from '../life.ts';
import { accounts, SECOND_EMAIL } from './accounts.ts';
import { watchOrders } from './as-signed.ts';
import { createMemory, type Memory } from './memory.ts';
import type { RedisOfLife } from './redis-of-life.ts';

/** What Slack signed and delivered once: it can be delivered again. */
export interface Delivered {
  readonly body: object;
  /** The order that it was about; null: none. */
  readonly order: number | null;
}

export interface Stage {
  readonly life: Life;
  readonly redis: RedisOfLife;
  readonly memory: Memory;
  /** What was ordered otherwise than signed. */
  readonly unsigned: readonly string[];
  /** Every press and submission that decided something, oldest first. */
  readonly delivered: Delivered[];
  /** By response_url and modal: the order that an answer there is about. */
  readonly about: Map<string, number>;
  deliver(one: Delivered, on: 0 | 1): Promise<void>;
}

const log = { info: () => {}, warn: () => {}, error: () => {} };
const silent: Receiver = { init: () => {}, start: async () => {}, stop: async () => {} };

/** The real app, once for all lives of a file: two instances that serve whichever life is lived just now. */
let now: { readonly life: Life; readonly workspaces: readonly HandlerWorkspace[] } | null = null;
const apps: readonly App[] = [0, 1].map((index) =>
  createApp(
    silent,
    () =>
      now === null ? null : { slackTeamId: now.life.workspaceId, botToken: 'xoxb-1', botId: 'B1', botUserId: 'U1' },
    boltLogger(log),
    { workspace: () => now?.workspaces[index] ?? null, respond: async () => ({ ok: true, value: undefined }), log },
  ),
);

/** A life whose people press, type and submit through Bolt, and of whom Anna has a second Slack account. */
export async function startStage(redis: RedisOfLife): Promise<Stage> {
  await redis.empty();
  const life = await startLife(redis.client);
  await addSecondAccount(life);
  life.ages.push(redis.age);
  /** What is being delivered just now. */
  const pressed = new Set<object>();
  const workspaces: HandlerWorkspace[] = [];
  now = { life, workspaces };
  const stage: Stage = {
    ...{
      life,
      redis,
      memory: createMemory(life, redis),
      unsigned: watchOrders(life, pressed),
      delivered: [],
      about: new Map(),
    },
    deliver: async ({ body, order }, on) => {
      if (order !== null) remember(stage, body, order);
      pressed.add(body);
      await life.hold.orUntilHeld(async (step) => {
        const background: Promise<void>[] = [];
        // The listener takes its workspace once, before anything can stand still.
        workspaces[on] = {
          ...heldAt(life.instances[on], step),
          relaySoon: () => {},
          recheckToken: () => {},
          inBackground: (_, work) => void background.push(work.catch(() => {})),
          ownTurn: async () => {},
        };
        await apps[on]?.processEvent({ body: body as never, ack: acknowledge(stage, body, order) });
        await Promise.all(background);
        pressed.delete(body);
      });
    },
  };
  return stage;
}

async function addSecondAccount(life: Life): Promise<void> {
  const user = life.fleet.state.users.get(accounts.anna.fleetUserId);
  if (user === undefined) throw new Error('Anna is in Fleet');
  life.fleet.state.users.set(user.id, { ...user, secondary_email: SECOND_EMAIL });
  const { slackUserId } = accounts['anna too'];
  life.profiles.set(slackUserId, { ...profileOf('anna', life.workspaceId), slackUserId, email: SECOND_EMAIL });
  await refreshDirectory(life.context);
}

/** An answer to this delivery is about that order, wherever it is shown. */
function remember({ about }: Stage, body: object, order: number): void {
  if ('response_url' in body) about.set(String(body.response_url), order);
}

/** Slack takes one acknowledgement; in a modal it may replace what is shown. */
function acknowledge({ life, about }: Stage, body: object, order: number | null) {
  let isDone = false;
  return async (answer?: unknown): Promise<void> => {
    if (isDone) throw new ReceiverMultipleAckError();
    isDone = true;
    const viewId = 'view' in body ? (body.view as { id: string }).id : null;
    if (viewId === null) return;
    const { response_action: action, view } = (answer ?? {}) as { response_action?: string; view?: never };
    if (order !== null) about.set(viewId, order);
    if (action === 'update' && view !== undefined) await life.slack.windows.update(viewId as never, view);
    else if (action === undefined && 'type' in body && body.type === 'view_submission')
      life.slack.windows.close(viewId);
  };
}
