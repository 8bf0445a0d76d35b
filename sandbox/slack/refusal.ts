/** An error answer from the Web API: `{ok: false, error: code}`. */
export class Refusal extends Error {
  readonly code: string;
  readonly messages: string[];
  /** The answer's `errors`, if they say more than the messages. */
  readonly errors: unknown[];

  constructor(code: string, messages: string[] = [], errors: unknown[] = messages.map(plain)) {
    super(messages.length > 0 ? `${code}: ${messages.join('; ')}` : code);
    this.name = 'Refusal';
    this.code = code;
    this.messages = messages;
    this.errors = errors;
  }
}

function plain(message: string): string {
  return message.replace(/^\[ERROR\] /, '');
}

/** Errors that a correct app can run into; everything else is a breach. */
const situations = new Set([
  'account_inactive',
  'cannot_dm_bot',
  'channel_not_found',
  'hash_conflict',
  'invalid_auth',
  'is_archived',
  'message_not_found',
  'not_enabled',
  'not_found',
  'not_in_channel',
  'ratelimited',
  'token_revoked',
  'user_disabled',
  'user_not_found',
  'user_not_in_channel',
  'user_not_visible',
  'users_not_found',
]);

export function severityOf(code: string): 'breach' | 'situation' {
  return situations.has(code) ? 'situation' : 'breach';
}
