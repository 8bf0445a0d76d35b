import type { SlackFailure } from '../domain/failures/failure.ts';

const kinds: Readonly<Record<string, Exclude<SlackFailure['kind'], 'rate_limited' | 'unavailable'>>> = {
  not_found: 'gone',
  view_not_found: 'gone',
  message_not_found: 'gone',
  cant_update_message: 'gone',
  edit_window_closed: 'gone',
  is_inactive: 'gone',
  no_such_subteam: 'gone',
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

interface Refusal {
  readonly error?: string;
  readonly response_metadata?: { readonly messages?: readonly string[] };
}

/** What an answer with `ok: false` means to this app. */
export function slackFailureOf({ error = '', response_metadata }: Refusal): SlackFailure {
  const kind = kinds[error];
  switch (kind) {
    // An unlisted error may be temporary: we retry, and drop nothing that was accepted.
    case undefined:
      if (error === 'ratelimited' || error === 'rate_limited') return { kind: 'rate_limited', retryAfterMs: 30_000 };
      return { kind: 'unavailable' };
    case 'gone':
    case 'stale_view':
    case 'trigger_expired':
      return { kind };
    case 'refused_payload':
      return { kind, error, details: response_metadata?.messages ?? [] };
    case 'cannot_post_there':
    case 'cannot_reach_person':
    case 'not_allowed':
    case 'token_refused':
      return { kind, error };
    default:
      return kind satisfies never;
  }
}
