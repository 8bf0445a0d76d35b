import type { RequestListener } from 'node:http';
import { HTTPReceiver, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Config } from './config.ts';

export interface SlackEntrance {
  readonly receiver: Receiver;
  /** Null in Socket Mode, where nothing comes in over HTTP. */
  readonly requests: RequestListener | null;
  /** Begins to take events where the receiver has a connection of its own. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

// Slack's own interactions are a few hundred kilobytes at most.
const BODY_LIMIT = '1mb';

export function createEntrance({ slack }: Config, logger: Logger): SlackEntrance {
  if (slack.appToken !== null) {
    // Slack's pongs are often later than the default five seconds.
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
