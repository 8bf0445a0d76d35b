import { App, type AuthorizeResult, type Logger, type Receiver } from '@slack/bolt';
import type { HandlerDeps } from './handlers/deps.ts';
import { registerHandlers } from './handlers/index.ts';

export interface BotIdentity {
  readonly slackTeamId: string;
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
}

/** Builds the Bolt App: reads no environment, opens no connection. Production and tests both call it. */
export function createApp(receiver: Receiver, bot: () => BotIdentity | null, logger: Logger, deps: HandlerDeps): App {
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    // With ids given, Bolt makes no auth.test of its own. Another workspace gets no token: `listener` tells its people.
    authorize: async (source): Promise<AuthorizeResult> => {
      const known = bot();
      if (known === null || source.teamId !== known.slackTeamId) return {};
      return { botToken: known.botToken, botId: known.botId, botUserId: known.botUserId, teamId: known.slackTeamId };
    },
  });
  registerHandlers(app, deps);
  app.error(async (error) => {
    deps.log.error('a listener let an error through', { error: error.name });
  });
  return app;
}
