import type { RequestListener } from 'node:http';
import { App, type AuthorizeResult, HTTPReceiver, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Config } from '../config.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { registerHandlers } from '../handlers/index.ts';
import type { HandlerDeps } from '../handlers/listener.ts';
import { chargeTo } from '../store/budget.ts';

export interface SlackEntrance {
  readonly receiver: Receiver;
  /** Null in Socket Mode: nothing arrives over HTTP. */
  readonly requests: RequestListener | null;
  /** Starts receiving events, if the receiver has a connection of its own. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

// Slack's own interactions are a few hundred kilobytes at most.
const BODY_LIMIT = '1mb';

export function createEntrance({ slack }: Config, logger: Logger): SlackEntrance {
  if (slack.appToken !== null) {
    // Slack's pongs often take longer than the default five seconds.
    const receiver = new SocketModeReceiver({ appToken: slack.appToken, logger, clientPingTimeout: 15_000 });
    return {
      receiver,
      requests: null,
      start: async () => {
        await receiver.start();
      },
      stop: async () => {
        await receiver.stop();
      },
    };
  }
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret ?? '', logger, bodyLimit: BODY_LIMIT });
  const none = async (): Promise<void> => {};
  return { receiver, requests: receiver.requestListener, start: none, stop: none };
}

export interface BotIdentity {
  readonly slackTeamId: string;
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
}

/** Builds the Bolt app. Reads no environment and opens no connection. */
export function createApp(receiver: Receiver, bot: () => BotIdentity | null, logger: Logger, deps: HandlerDeps): App {
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    // Given the ids, Bolt doesn't call auth.test. Another workspace gets no token, and `listener` tells its people.
    authorize: async (source): Promise<AuthorizeResult> => {
      const known = bot();
      if (known === null || source.teamId !== known.slackTeamId) return {};
      return { botToken: known.botToken, botId: known.botId, botUserId: known.botUserId, teamId: known.slackTeamId };
    },
  });
  // Whatever follows, also after the acknowledgement, is charged to who acted.
  app.use(({ context, next }) => chargeTo((context.userId ?? null) as SlackUserId | null, next));
  registerHandlers(app, deps);
  app.error(async (error) => {
    deps.log.error('a listener threw an error', { error: error.name });
  });
  return app;
}
