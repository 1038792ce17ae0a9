import { timingSafeEqual } from 'node:crypto';
import type { Installation as SdkInstallation } from '@slack/bolt';
import { installedCard } from '../../src/access/welcome-card.js';
import { addMilliseconds } from '../../src/dates.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { installFailed } from '../../src/problems/slack.js';
import { withoutActions } from '../../src/without-actions.js';
import { describe } from './answer.js';
import type { SlackContext } from './context.js';
import { sealInstallation } from './credentials.js';
import { slackCode } from './delivery-fault.js';
import { greet } from './events.js';
import { page } from './page.js';
import { botScopes } from './scopes.js';
import type { SlackClient } from './web-client.js';
import { workspaceId } from './workspace-id.js';

export interface OAuthOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly authorizeUrl: string;
  /** A client without a token. */
  readonly client: SlackClient;
}

export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';

const stateMs = 10 * 60_000;
const cookieName = 'tallyman_slack_state';

type Access = Awaited<ReturnType<SlackClient['oauth']['v2']['access']>>;

/** Sends a browser to Slack with a state that works once, in this browser, for ten minutes. */
export async function startInstallation(context: SlackContext, oauth: OAuthOptions): Promise<Response> {
  const state = context.vault.randomId();
  const until = addMilliseconds(context.clock.now(), stateMs);
  await context.stores.installations.markOnce(stateKey(state), until);
  const address = new URL(oauth.authorizeUrl);
  address.search = new URLSearchParams({
    client_id: oauth.clientId,
    scope: botScopes.join(','),
    state,
    redirect_uri: `${oauth.publicUrl}${redirectPath}`,
  }).toString();
  const secure = oauth.publicUrl.startsWith('https:') ? '; Secure' : '';
  const cookie = `${cookieName}=${state}; Path=/slack; Max-Age=${stateMs / 1000}; HttpOnly; SameSite=Lax${secure}`;
  const headers = { location: address.href, 'set-cookie': cookie, 'cache-control': 'no-store' };
  return new Response(null, { status: 302, headers });
}

/** Where Slack sends the browser back: trades the code for tokens, seals them, and says hello to who installed. */
export async function finishInstallation(
  context: SlackContext,
  oauth: OAuthOptions,
  request: Request,
): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const state = asked.get('state') ?? '';
  const isOurs =
    hasCookie(request, state) &&
    (await context.stores.installations.takeOnce(stateKey(state), context.clock.now()));
  if (!isOurs) return page(drawnProblem(installFailed('invalid_state')), 400);
  const refused = asked.get('error');
  if (refused)
    return page(drawnProblem(installFailed(/^[a-z_]{1,40}$/.test(refused) ? refused : 'refused')), 400);
  try {
    const access = await oauth.client.oauth.v2.access({
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      code: asked.get('code') ?? '',
      redirect_uri: `${oauth.publicUrl}${redirectPath}`,
    });
    return page(withoutActions(installedCard(await keep(context, access))), 200);
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'an installation failed');
    return page(drawnProblem(installFailed(slackCode(error) ?? 'no_answer')), 502);
  }
}

/** Answers the workspace's name. */
async function keep(context: SlackContext, access: Access): Promise<string> {
  const { stores, vault, clock, credentials, directory } = context;
  const isEnterpriseInstall = access.is_enterprise_install ?? false;
  const workspace = workspaceId({
    teamId: access.team?.id,
    enterpriseId: access.enterprise?.id,
    isEnterpriseInstall,
  });
  const installer = access.authed_user?.id;
  if (workspace === null || !access.access_token || !installer)
    throw new Error('oauth.v2.access gave no token');
  const name = (isEnterpriseInstall ? access.enterprise?.name : access.team?.name) ?? workspace;
  const now = clock.now();
  const sealed = sealInstallation(
    vault,
    workspace,
    asInstallation(access, access.access_token, installer, now),
  );
  await stores.installations.save({ workspace, name, sealed, installedAt: now });
  credentials.forget(workspace);
  const client = await context.clientOf(workspace);
  const member = client && (await directory.member(workspace, client, installer).catch(() => null));
  const person = { id: installer, name: member?.name ?? installer };
  await stores.workspaces.ensure(workspace, 'slack', name, person, now);
  await greet(context, workspace, { kind: 'user', ...person });
  return name;
}

function asInstallation(access: Access, token: string, installer: string, now: string): SdkInstallation {
  const { team, enterprise } = access;
  const expiresAt = access.expires_in ? Math.floor(Date.parse(now) / 1000) + access.expires_in : undefined;
  return {
    team: team?.id ? { id: team.id, ...(team.name ? { name: team.name } : {}) } : undefined,
    enterprise: enterprise?.id
      ? { id: enterprise.id, ...(enterprise.name ? { name: enterprise.name } : {}) }
      : undefined,
    user: { id: installer, token: undefined, scopes: undefined },
    bot: {
      token,
      id: '',
      userId: access.bot_user_id ?? '',
      scopes: (access.scope ?? '').split(','),
      ...(access.refresh_token ? { refreshToken: access.refresh_token } : {}),
      ...(expiresAt ? { expiresAt } : {}),
    },
    isEnterpriseInstall: access.is_enterprise_install ?? false,
    tokenType: 'bot',
    authVersion: 'v2',
  };
}

function stateKey(state: string): string {
  return `slack:state:${state}`;
}

function hasCookie(request: Request, state: string): boolean {
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
  const held =
    cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? '';
  const [one, other] = [Buffer.from(held), Buffer.from(state)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}
