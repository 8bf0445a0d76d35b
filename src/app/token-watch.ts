import type { WebClient } from '@slack/web-api';
import { errorName } from '../domain/errors.ts';
import type { Log } from '../services/context.ts';
import type { BotIdentity } from './app.ts';

export interface IdentityWatch {
  /** Null: Slack has not confirmed the token yet. */
  current(): BotIdentity | null;
  /** Asked anew, at most once a minute: until Slack confirms the token, `current` is null. */
  recheck(): void;
  stop(): void;
}

interface IdentityOptions {
  readonly client: WebClient;
  readonly botToken: string;
  readonly log: Log;
  readonly onKnown: (bot: BotIdentity) => Promise<void>;
  readonly retryMs?: number | undefined;
}

const RETRY_MS = 5_000;
const RECHECK_MIN_INTERVAL_MS = 60_000;

/**
 * Asks Slack whose token this is until it answers. Slack may be away at start: the app listens all the same, says so in
 * `/readyz` and heals by itself. Resolves after the first try.
 */
export async function watchIdentity(options: IdentityOptions): Promise<IdentityWatch> {
  const { client, botToken, log, onKnown, retryMs = RETRY_MS } = options;
  let bot: BotIdentity | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let doubtedAt = 0;
  let asking = false;

  const ask = async (): Promise<void> => {
    asking = true;
    let trouble = 'Slack has not confirmed the bot token yet';
    try {
      const answer = await client.auth.test();
      const { team_id: slackTeamId, bot_id: botId, user_id: botUserId } = answer;
      if (slackTeamId === undefined || botId === undefined || botUserId === undefined)
        throw new Error('not a bot token');
      const known = { slackTeamId, botToken, botId, botUserId };
      trouble = 'Slack confirmed the bot token, but the workspace could not be taken up yet';
      await onKnown(known);
      bot = known;
      asking = false;
    } catch (error) {
      bot = null;
      log.warn(trouble, { error: errorName(error) });
      if (!stopped) timer = setTimeout(() => void ask(), retryMs);
    }
  };
  await ask();
  return {
    current: () => bot,
    recheck: () => {
      if (asking || stopped || Date.now() - doubtedAt < RECHECK_MIN_INTERVAL_MS) return;
      doubtedAt = Date.now();
      void ask();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
