import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  App,
  type AuthorizeResult,
  HTTPModuleFunctions,
  HTTPResponseAck,
  isValidSlackRequest,
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
  let app: App | null = null;
  const none = async (): Promise<void> => {};
  const receiver: Receiver = {
    init: (created) => {
      app = created;
    },
    start: none,
    stop: none,
  };
  const guard = { signingSecret: slack.signingSecret ?? '', logger };
  return { receiver, requests: receive(guard, () => app), start: none, stop: none };
}

/** Slack sends the whole view back with each interaction: three times `limits.viewBytes`, and what was filled in. */
const BODY_LIMIT = '256kb';
const SIGNATURE = /^v0=[0-9a-f]{64}$/u;
const SKEW_SECONDS = 5 * 60;
/** Slack's check of our certificate comes unsigned. Whatever else is this short is read, and refused then. */
const UNSIGNED_BYTES = 1_024;

interface Guard {
  readonly signingSecret: string;
  readonly logger: Logger;
}

/** Reads, verifies and parses each body once, by Bolt's own functions. Its receiver would read what nobody signed. */
function receive({ signingSecret, logger }: Guard, app: () => App | null): Answer {
  return async (request, response) => {
    const refuse = (status: number, why: string) => {
      logger.warn(`A request ${why}`);
      // Closes the connection, so that the rest of the body is not read.
      response.writeHead(status, { connection: 'close' }).end();
    };
    const { headers } = request;
    // Bolt compares the whole header, with `charset` too.
    const [mediaType] = (headers['content-type'] ?? '').toLowerCase().split(';', 1);
    headers['content-type'] = mediaType?.trim();
    const isSigned = looksSigned(request);
    if (!isSigned && !mayBeCheck(headers)) return refuse(401, 'was not signed');
    let body: unknown;
    try {
      const read = await HTTPModuleFunctions.bufferIncomingMessage(request, BODY_LIMIT);
      if (isSigned && !isSignedBySlack(read, signingSecret)) return refuse(401, 'was not signed by Slack');
      body = HTTPModuleFunctions.parseHTTPRequestBody(read);
    } catch (error) {
      if (HTTPModuleFunctions.isRawBodyError(error)) return refuse(error.statusCode, 'was not read');
      return refuse(isSigned ? 400 : 401, 'has a malformed body');
    }
    if (isObject(body) && body.ssl_check === '1') return HTTPModuleFunctions.buildSSLCheckResponse(response);
    if (!isSigned) return refuse(401, 'was not signed');
    if (!isObject(body)) return refuse(400, 'has no object in its body');
    if (body.type === 'url_verification') return HTTPModuleFunctions.buildUrlVerificationResponse(response, body);
    await processBody(app(), body, { request, response, logger });
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly logger: Logger;
}

async function processBody(app: App | null, body: Body, { request, response, logger }: Exchange): Promise<void> {
  const ack = new HTTPResponseAck({
    ...{ logger, processBeforeResponse: false },
    ...{ httpRequest: request, httpRequestBody: body, httpResponse: response },
  });
  try {
    await app?.processEvent({ body, ack: ack.bind() });
  } catch (error) {
    const failed = { error: error as Error, logger, request, response, storedResponse: undefined };
    if (await HTTPModuleFunctions.defaultProcessEventErrorHandler(failed)) ack.ack();
  }
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

/** In constant time. */
function isSignedBySlack({ rawBody, headers }: IncomingMessage & { rawBody: Buffer }, signingSecret: string): boolean {
  return isValidSlackRequest({
    signingSecret,
    body: rawBody.toString(),
    headers: {
      'x-slack-signature': String(headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    },
  });
}

function mayBeCheck(headers: IncomingMessage['headers']): boolean {
  return headers['x-slack-signature'] === undefined && Number(headers['content-length']) <= UNSIGNED_BYTES;
}

type Body = Record<string, unknown>;

function isObject(body: unknown): body is Body {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
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
