import type { Installation } from '@slack/bolt';
import type { Clock } from '../../src/ports.js';
import type { SlackClient } from './web-client.js';

/** Slack's rotating tokens live twelve hours; a new one may be had from two hours before. */
const earlyMs = 2 * 3_600_000;

/** True for a token that rotates and is about to end. `expiresAt` is in seconds. */
export function expiringSoon({ bot }: Installation, clock: Clock): boolean {
  if (!bot?.refreshToken || !bot.expiresAt) return false;
  return bot.expiresAt * 1000 - earlyMs < Date.parse(clock.now());
}

/** The installation with a new token in place of the old one. */
export async function refreshed(
  installation: Installation,
  given: {
    readonly client: SlackClient;
    readonly clock: Clock;
    readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  },
): Promise<Installation> {
  const { bot } = installation;
  if (!bot?.refreshToken) return installation;
  const answer = await given.client.oauth.v2.access({
    client_id: given.oauth.clientId,
    client_secret: given.oauth.clientSecret,
    grant_type: 'refresh_token',
    refresh_token: bot.refreshToken,
  });
  const token = answer.access_token;
  if (!token) throw new Error('oauth.v2.access gave no token');
  const expiresAt = Math.floor(Date.parse(given.clock.now()) / 1000) + (answer.expires_in ?? 0);
  const refreshToken = answer.refresh_token ?? bot.refreshToken;
  return { ...installation, bot: { ...bot, token, refreshToken, expiresAt } };
}
