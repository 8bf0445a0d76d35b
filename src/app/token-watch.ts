import { errorName, type SlackFailure } from '../domain/failures/failure.ts';
import type { Log } from '../services/context.ts';
import type { WebApi } from '../slack/web-api.ts';
import type { BotIdentity } from './app.ts';

export interface IdentityWatch {
  /** Null: Slack has not confirmed the token yet. */
  current(): BotIdentity | null;
  /** Asks Slack again, at most once a minute. If Slack refuses the token, `current` is null until it accepts it. */
  recheck(): void;
  stop(): void;
}

interface IdentityOptions {
  readonly webApi: WebApi;
  readonly botToken: string;
  readonly log: Log;
  readonly onKnown: (bot: BotIdentity) => Promise<void>;
  readonly retryMs?: number | undefined;
}

class NotConfirmed extends Error {
  constructor({ kind }: SlackFailure) {
    super(kind);
    this.name = `NotConfirmed: ${kind}`;
  }
}

const RETRY_MS = 5_000;
const RECHECK_MIN_INTERVAL_MS = 60_000;

/**
 * Asks Slack whose token this is, until it answers. Resolves after the first attempt: if Slack is down at start, the app
 * still listens, reports it in `/readyz` and recovers on its own.
 */
export async function watchIdentity(options: IdentityOptions): Promise<IdentityWatch> {
  const { webApi, botToken, log, onKnown, retryMs = RETRY_MS } = options;
  let bot: BotIdentity | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let recheckedAt = 0;
  let asking = false;

  const ask = async (): Promise<void> => {
    asking = true;
    let problem = 'Slack has not confirmed the bot token yet';
    try {
      const answer = await webApi('auth.test');
      if (!answer.ok) throw new NotConfirmed(answer.failure);
      const { team_id: slackTeamId, bot_id: botId, user_id: botUserId } = answer.value;
      if (slackTeamId === undefined || botId === undefined || botUserId === undefined)
        throw new Error('not a bot token');
      const known = { slackTeamId, botToken, botId, botUserId };
      problem = 'Slack confirmed the bot token, but the workspace could not be started yet';
      await onKnown(known);
      bot = known;
      asking = false;
    } catch (error) {
      bot = null;
      log.warn(problem, { error: errorName(error) });
      if (!stopped) timer = setTimeout(() => void ask(), retryMs);
    }
  };
  await ask();
  return {
    current: () => bot,
    recheck: () => {
      if (asking || stopped || Date.now() - recheckedAt < RECHECK_MIN_INTERVAL_MS) return;
      recheckedAt = Date.now();
      void ask();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
