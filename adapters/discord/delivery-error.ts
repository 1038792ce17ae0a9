import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { DeliveryError } from '../../src/delivery/outbox.js';

/** Discord's error codes that will not pass by themselves, as words. */
const permanent: Readonly<Record<string, string>> = {
  '10003': 'unknown_channel',
  '10004': 'unknown_guild',
  '10008': 'unknown_message',
  '10013': 'unknown_user',
  '20012': 'not_authorized',
  '40001': 'not_authorized',
  '50001': 'missing_access',
  '50007': 'cannot_message_this_person',
  '50008': 'not_a_text_channel',
  '50013': 'missing_permissions',
  '50024': 'not_a_text_channel',
  '50035': 'invalid_message',
  '50278': 'cannot_message_this_person',
  '160005': 'thread_locked',
};

/** The connection was never made: Discord has certainly not seen the request. */
const neverSent = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * What a failed request says about its message. The errors of the library hold the request's body and address, tokens
 * included: they go no further than this.
 */
export function deliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof RateLimitError) return new DeliveryError('refused', 'rate_limited', error.retryAfter);
  if (error instanceof DiscordAPIError) return refusal(error);
  if (error instanceof HTTPError) return new DeliveryError('doubtful', `server_error_${error.status}`);
  const code = errorCode(error);
  if (neverSent.includes(code)) return new DeliveryError('unreachable', code.toLowerCase());
  // After a 401 the library forgets its token and refuses to make requests.
  if (error instanceof Error && error.message.startsWith('Expected token to be set')) {
    return new DeliveryError('permanent', 'token_refused');
  }
  return new DeliveryError('doubtful', code.toLowerCase() || 'connection_lost');
}

function refusal({ code, status }: DiscordAPIError): DeliveryError {
  if (status === 401) return new DeliveryError('permanent', 'token_refused');
  const known = permanent[String(code)];
  if (known) return new DeliveryError('permanent', known);
  // Without a code of Discord's own, something before it has answered.
  const mayPass = status === 429 || status === 408 || !Number.isInteger(Number(code));
  return new DeliveryError(mayPass ? 'refused' : 'permanent', `discord_${code}`);
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('name' in error && error.name === 'AbortError') return 'timed_out';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('cause' in error && error.cause) return errorCode(error.cause);
  return error instanceof Error ? error.name : '';
}

/** Discord's code of a refused request, such as 10062; `null` when it was not refused. */
export function refusalCode(error: unknown): number | null {
  return error instanceof DiscordAPIError ? Number(error.code) : null;
}

/** Fit for a log: a word, never a body, an address or a token. */
export function reasonOf(error: unknown): string {
  return deliveryError(error).reason;
}
