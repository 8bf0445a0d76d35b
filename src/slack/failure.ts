import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { SlackFailure } from '../domain/failures/failure.ts';

const kinds: Readonly<Record<string, Exclude<SlackFailure['kind'], 'rate_limited' | 'unavailable'>>> = {
  not_found: 'gone',
  view_not_found: 'gone',
  message_not_found: 'gone',
  cant_update_message: 'gone',
  edit_window_closed: 'gone',
  is_inactive: 'gone',
  hash_conflict: 'stale_view',
  expired_trigger_id: 'trigger_expired',
  exchanged_trigger_id: 'trigger_expired',
  push_limit_reached: 'trigger_expired',
  not_in_channel: 'cannot_post_there',
  channel_not_found: 'cannot_post_there',
  is_archived: 'cannot_post_there',
  restricted_action: 'cannot_post_there',
  restricted_action_read_only_channel: 'cannot_post_there',
  restricted_action_thread_only_channel: 'cannot_post_there',
  posting_to_channel_denied: 'cannot_post_there',
  posting_to_general_channel_denied: 'cannot_post_there',
  channel_type_not_supported: 'cannot_post_there',
  user_not_found: 'cannot_reach_person',
  users_not_found: 'cannot_reach_person',
  user_disabled: 'cannot_reach_person',
  user_not_visible: 'cannot_reach_person',
  cannot_dm_bot: 'cannot_reach_person',
  messages_tab_disabled: 'cannot_reach_person',
  invalid_blocks: 'refused_payload',
  invalid_blocks_format: 'refused_payload',
  invalid_arguments: 'refused_payload',
  msg_too_long: 'refused_payload',
  msg_blocks_too_long: 'refused_payload',
  view_too_large: 'refused_payload',
  block_mismatch: 'refused_payload',
  duplicate_external_id: 'refused_payload',
  no_text: 'refused_payload',
  too_many_attachments: 'refused_payload',
  attachment_payload_limit_exceeded: 'refused_payload',
  metadata_too_large: 'refused_payload',
  invalid_metadata_format: 'refused_payload',
  invalid_metadata_schema: 'refused_payload',
  invalid_array_arg: 'refused_payload',
  invalid_arg_name: 'refused_payload',
  invalid_charset: 'refused_payload',
  invalid_form_data: 'refused_payload',
  invalid_post_type: 'refused_payload',
  invalid_auth: 'token_refused',
  not_authed: 'token_refused',
  token_revoked: 'token_refused',
  token_expired: 'token_refused',
  account_inactive: 'token_refused',
  missing_scope: 'not_allowed',
  plan_upgrade_required: 'not_allowed',
  not_enabled: 'not_allowed',
  no_permission: 'not_allowed',
  access_denied: 'not_allowed',
  not_allowed_token_type: 'not_allowed',
  team_access_not_granted: 'not_allowed',
  ekm_access_denied: 'not_allowed',
  enterprise_is_restricted: 'not_allowed',
};

/** The workspace didn't grant the app this optional permission. */
export class ScopeMissing extends Error {
  override name = 'ScopeMissing';
}

export function isPlatformError(error: unknown, code: string): boolean {
  return error instanceof WebAPIPlatformError && error.data.error === code;
}

/** Turns an error of the Web API client into the failures this app distinguishes. Rethrows any other error. */
export function slackFailureOf(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'rate_limited', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof ScopeMissing) return { kind: 'not_allowed', error: 'missing_scope' };
  if (error instanceof WebAPIHTTPError || error instanceof WebAPIRequestError) return { kind: 'unavailable' };
  if (isRawFromClient(error)) return { kind: 'unavailable' };
  throw error;
}

/**
 * What the client doesn't wrap in an error of its own: a time-out or a lost connection while reading the body (fetch
 * throws a TypeError with a cause), and a 429 without a Retry-After.
 */
function isRawFromClient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return true;
  if (error instanceof TypeError) return error.cause instanceof Error;
  return error.message.startsWith('Retry header did not contain');
}

function platformFailure(error: WebAPIPlatformError): SlackFailure {
  const code = error.data.error;
  const kind = kinds[code];
  switch (kind) {
    // An unlisted error may be temporary: we retry, and drop nothing that was accepted.
    case undefined:
      if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'rate_limited', retryAfterMs: 30_000 };
      return { kind: 'unavailable' };
    case 'gone':
    case 'stale_view':
    case 'trigger_expired':
      return { kind };
    case 'refused_payload':
      return { kind, error: code, details: error.data.response_metadata?.messages ?? [] };
    case 'cannot_post_there':
    case 'cannot_reach_person':
    case 'not_allowed':
    case 'token_refused':
      return { kind, error: code };
    default:
      return kind satisfies never;
  }
}
