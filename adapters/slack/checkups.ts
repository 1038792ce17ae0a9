import { webApi } from '@slack/bolt';
import type { SlackConfig } from '../../src/config.js';
import { type Checkup, once } from '../../src/doctor.js';
import type { Log } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import { slackTokenRefused } from '../../src/problems/slack.js';
import {
  signingSecretShape,
  slackBotTokenRefused,
  slackNotBotToken,
  slackOAuthRefused,
  slackScopesMissing,
  slackUnreachable,
} from '../../src/problems/slack-setup.js';
import { deliveryFault, slackCode } from './delivery-fault.js';
import { installPath } from './oauth.js';
import { botScopes, scopeReasons } from './scopes.js';
import { sdkLog } from './sdk-log.js';
import { slackApi } from './start-slack.js';
import { type SlackClient, webClient } from './web-client.js';

export interface SlackCheckupOptions {
  readonly config: SlackConfig;
  readonly publicUrl: string | null;
  /** Of one call, in milliseconds; 10,000 unless told. */
  readonly timeoutMs?: number;
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Slack's words for trouble of its own, which says nothing about the token. */
const passing = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'ratelimited',
]);

/** What `tallyman doctor` asks of Slack. Nothing is posted, and no connection is opened. */
export function slackCheckups({ config, publicUrl, timeoutMs = 10_000 }: SlackCheckupOptions): Checkup[] {
  const { botToken, appToken, signingSecret, oauth } = config;
  const apiUrl = (config.apiUrl ?? slackApi).replace(/\/*$/, '/');
  const client = webClient(undefined, { apiUrl, logger: sdkLog(silent), timeoutMs });
  const asking = { client, host: new URL(apiUrl).host };
  const found: Checkup[] = [];
  if (botToken) {
    // Both look at one answer.
    const whoami = once(() => ask(asking, () => client.auth.test({ token: botToken }), slackBotTokenRefused));
    found.push({ name: 'Slack bot token', look: async () => botText(await whoami()) });
    found.push({ name: 'Slack scopes', look: async () => scopesText(await whoami()) });
  }
  if (appToken) found.push({ name: 'Slack app token', look: () => openable(asking, appToken) });
  if (signingSecret)
    found.push({ name: 'Slack signing secret', look: async () => secretText(signingSecret) });
  if (oauth) found.push({ name: 'Slack OAuth', look: () => installable(asking, oauth, publicUrl) });
  return found;
}

interface Asking {
  readonly client: SlackClient;
  readonly host: string;
}

type Identity = Awaited<ReturnType<SlackClient['auth']['test']>>;

/** Makes a call; a refusal becomes a problem of its own, everything else means that Slack gave no answer. */
async function ask<T>(
  { host }: Asking,
  call: () => Promise<T>,
  refused: (reason: string) => ReturnType<typeof slackBotTokenRefused>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const code = slackCode(error);
    if (code !== null && !passing.has(code)) throw new ProblemError(refused(code));
    throw new ProblemError(slackUnreachable(host, code ?? deliveryFault(error).reason), 'later');
  }
}

function botText(identity: Identity): string {
  if (!identity.bot_id) throw new ProblemError(slackNotBotToken());
  return `@${identity.user ?? 'bot'} in ${identity.team ?? identity.team_id ?? 'its workspace'}`;
}

/** Slack names a token's scopes in a header of every answer. */
function scopesText(identity: Identity): string {
  const granted = identity.response_metadata?.scopes ?? [];
  const missing = botScopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new ProblemError(slackScopesMissing(missing.map((scope) => [scope, scopeReasons[scope]])));
  }
  return `all ${botScopes.length}`;
}

/** Slack answers with an address for a connection, which nobody opens. */
async function openable(asking: Asking, token: string): Promise<string> {
  await ask(asking, () => asking.client.apps.connections.open({ token }), slackTokenRefused);
  return 'Socket Mode may be opened';
}

function secretText(secret: string): string {
  if (!/^[0-9a-f]{32}$/i.test(secret)) throw new ProblemError(signingSecretShape());
  return 'looks right; only a request of Slack proves it';
}

/** A code that nobody was given: Slack complains of it alone where it knows the pair. */
async function installable(
  asking: Asking,
  { clientId, clientSecret }: NonNullable<SlackConfig['oauth']>,
  publicUrl: string | null,
): Promise<string> {
  const call = async () => {
    const given = { client_id: clientId, client_secret: clientSecret, code: 'tallyman-doctor' };
    try {
      await asking.client.oauth.v2.access(given);
    } catch (error) {
      if (!(error instanceof webApi.WebAPIPlatformError) || slackCode(error) !== 'invalid_code') throw error;
    }
  };
  await ask(asking, call, slackOAuthRefused);
  return publicUrl ? `install at ${publicUrl}${installPath}` : 'known to Slack; PUBLIC_URL is not set';
}
