import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  App,
  type AuthorizeResult,
  HTTPModuleFunctions,
  HTTPReceiver,
  type Logger,
  type Receiver,
  SocketModeReceiver,
} from '@slack/bolt';
import type { Config } from '../config.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { registerHandlers } from '../handlers/index.ts';
import type { HandlerDeps } from '../handlers/listener.ts';
import { chargeTo } from '../store/budget.ts';
import type { Answer } from './http-server.ts';

export interface SlackEntrance {
  readonly receiver: Receiver;
  /** Null in Socket Mode: nothing arrives over HTTP. */
  readonly requests: Answer | null;
  /** Starts receiving events, if the receiver has a connection of its own. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

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
  const signingSecret = slack.signingSecret ?? '';
  const receiver = new HTTPReceiver({ signingSecret, logger, bodyLimit: BODY_LIMIT });
  const none = async (): Promise<void> => {};
  return { receiver, requests: guarded(receiver, { signingSecret, logger }), start: none, stop: none };
}

/** Slack sends the whole view back with each interaction: three times `limits.viewBytes`, and what was filled in. */
const BODY_LIMIT = '256kb';
const SIGNATURE = /^v0=[0-9a-f]{64}$/u;
const SKEW_SECONDS = 5 * 60;
/** Slack's check of our certificate comes unsigned. Bolt answers it, and refuses everything else of this size. */
const UNSIGNED_BYTES = 1_024;

interface Guard {
  readonly signingSecret: string;
  readonly logger: Logger;
}

/** Keeps from Bolt what it handles badly: unsigned bodies, which it would read first, and signed ones that crash it. */
function guarded(receiver: HTTPReceiver, guard: Guard): Answer {
  return async (request, response) => {
    const { headers } = request;
    // Bolt compares the whole header, with `charset` too.
    const [mediaType] = (headers['content-type'] ?? '').toLowerCase().split(';', 1);
    headers['content-type'] = mediaType?.trim();
    if (!looksSigned(request) && !mayBeCheck(headers)) return refuse(response, 401, guard, 'was not signed');
    try {
      const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest(
        { signingSecret: guard.signingSecret, bodyLimit: BODY_LIMIT },
        request,
      );
      if (!isObject(HTTPModuleFunctions.parseHTTPRequestBody(verified)))
        return refuse(response, 400, guard, 'has no object in its body');
    } catch (error) {
      if (HTTPModuleFunctions.isRawBodyError(error)) return refuse(response, error.statusCode, guard, 'was not read');
      // Bolt meets the same fault in the body that is now buffered, logs it and answers.
    }
    receiver.requestListener(request, response);
  };
}

/**
 * Bolt accepts timestamps from the future, which would stay valid for too long. Slack signs by the real time, which the
 * demo and the tests don't move.
 */
function looksSigned({ headers }: IncomingMessage): boolean {
  const seconds = Number(headers['x-slack-request-timestamp'] ?? Number.NaN);
  const isRecent = Math.abs(seconds - Date.now() / 1000) <= SKEW_SECONDS;
  return isRecent && SIGNATURE.test(String(headers['x-slack-signature']));
}

function mayBeCheck(headers: IncomingMessage['headers']): boolean {
  return headers['x-slack-signature'] === undefined && Number(headers['content-length']) <= UNSIGNED_BYTES;
}

function isObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** Closes the connection, so that the rest of the body is not read. */
function refuse(response: ServerResponse, status: number, { logger }: Guard, why: string): void {
  logger.warn(`A request ${why}`);
  response.writeHead(status, { connection: 'close' }).end();
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
