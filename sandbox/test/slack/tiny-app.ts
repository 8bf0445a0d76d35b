import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { type SlackOptions, type SlackWorkspace, startSlack } from '../../slack/start.ts';

export interface TinyApp {
  slack: SlackWorkspace;
  app: App;
  url: string;
  stop(): Promise<void>;
}

const open = { commands: [{ command: '/fleet', shouldEscape: true }] };

/** A workspace with a real Bolt 5 app. `register` adds the listeners under test. */
export async function tinyApp(register: (app: App) => void, options: SlackOptions = {}): Promise<TinyApp> {
  const slack = await startSlack({ manifest: open, ...options });
  const { app, url } = await startBolt(slack, register);
  slack.deliverTo(url);
  return {
    slack,
    app,
    url,
    async stop() {
      await app.stop();
      await slack.close();
    },
  };
}

export async function startBolt(
  slack: SlackWorkspace,
  register: (app: App) => void,
): Promise<{ app: App; url: string }> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    token: slack.botToken,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    deferInitialization: true,
    clientOptions: {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 2000,
    },
  });
  // Many of these tests make a call fail on purpose; it must not print.
  app.error(async () => undefined);
  register(app);
  await app.init();
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { app, url: `http://127.0.0.1:${port}/slack/events` };
}
