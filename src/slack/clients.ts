import { type Logger, WebClient } from '@slack/web-api';

interface ClientOptions {
  readonly token: string;
  /** Slack's own when left out; ends in `/api/`. */
  readonly slackApiUrl?: string | undefined;
  readonly logger: Logger;
}

/**
 * For what a person waits for: it must answer inside Slack's three seconds or not at all. Rate limits come back as
 * failures: the client's own way is to pause everybody's calls in silence.
 */
export function interactiveClient(options: ClientOptions): WebClient {
  return client(options, 2_000, 0);
}

/** For jobs: the queue retries, since a `chat.postMessage` that timed out and is sent again can post twice. */
export function backgroundClient(options: ClientOptions): WebClient {
  return client(options, 10_000, 0);
}

function client({ token, slackApiUrl, logger }: ClientOptions, timeout: number, retries: number): WebClient {
  return new WebClient(token, {
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    timeout,
    retryConfig: { retries },
    rejectRateLimitedCalls: true,
    logger,
  });
}
