import { webApi } from '@slack/bolt';
import { DeliveryError } from '../../src/delivery/outbox.js';

/** Slack's words for what will not pass by itself. */
const permanent = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'user_not_found',
  'user_disabled',
  'user_is_bot',
  'cannot_dm_bot',
  'users_not_found',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'no_permission',
  'missing_scope',
  'access_denied',
  'team_access_not_granted',
  'team_not_found',
  'ekm_access_denied',
  'org_login_required',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
]);

/** Slack looked at the message and took nothing of it: what is wrong are the blocks. */
const blocksRefused = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

/** Slack had trouble of its own while it worked on the call: the message may be there. */
const doubtful = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable']);

/** Slack's own word for what went wrong, such as `channel_not_found`; `null` when there was no answer of Slack's. */
export function slackCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

export function areBlocksRefused(error: unknown): boolean {
  const code = slackCode(error);
  return code !== null && blocksRefused.has(code);
}

/** Any failure of a call to Slack as the outbox wants it. */
export function deliveryFault(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new DeliveryError('refused', 'ratelimited', error.retryAfter * 1000);
  }
  const code = slackCode(error);
  if (code === 'ratelimited' || code === 'rate_limited')
    return new DeliveryError('refused', 'ratelimited', 30_000);
  if (code !== null) {
    const outcome = permanent.has(code) ? 'permanent' : doubtful.has(code) ? 'doubtful' : 'refused';
    return new DeliveryError(outcome, code);
  }
  if (error instanceof webApi.WebAPIHTTPError)
    return new DeliveryError('doubtful', `http_${error.statusCode}`);
  if (error instanceof webApi.WebAPIRequestError) return requestFault(error.original);
  return new DeliveryError('doubtful', 'unknown_error');
}

/** A connection that was never made carried nothing; one that broke may have. */
function requestFault(original: Error): DeliveryError {
  const cause =
    original.cause instanceof Error && 'code' in original.cause ? String(original.cause.code) : '';
  const neverMade = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
  if (neverMade.test(cause)) return new DeliveryError('unreachable', cause.toLowerCase());
  return new DeliveryError('doubtful', original.name === 'TimeoutError' ? 'timed_out' : 'connection_lost');
}
