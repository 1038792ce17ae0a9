import { App, type Receiver } from '@slack/bolt';
import type { SlackConfig } from '../../src/config.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import type { Dispatch } from '../../src/dispatch.js';
import type { Core } from '../../src/ports.js';
import { createTurnstile } from '../../src/turnstile.js';
import { describe } from './answer.js';
import type { SlackContext } from './context.js';
import { type CredentialSource, firstOf, fixedCredentials, installedCredentials } from './credentials.js';
import { createDirectory } from './directory.js';
import { listenToEvents } from './events.js';
import { createHttpReceiver } from './http-receiver.js';
import { limits } from './limits.js';
import { createMessenger } from './messenger.js';
import {
  finishInstallation,
  installPath,
  type OAuthOptions,
  redirectPath,
  startInstallation,
} from './oauth.js';
import { createPace } from './pace.js';
import { listenToRequests } from './requests.js';
import { notInstalledHere, sayUnheard, type Unheard } from './say-unheard.js';
import { sdkLog } from './sdk-log.js';
import { createSocketReceiver } from './socket-receiver.js';
import { listenToSubmissions } from './submissions.js';
import { type ClientOptions, type SlackClient, webClient } from './web-client.js';
import { workspaceId } from './workspace-id.js';

export interface StartSlackOptions
  extends Pick<Core, 'stores' | 'vault' | 'charts' | 'log' | 'clock' | 'platforms' | 'slots'> {
  readonly config: SlackConfig;
  /** Where Slack reaches us; needed to install by OAuth. */
  readonly publicUrl: string | null;
  readonly dispatch: Dispatch;
  /** Of one call of the Web API, in milliseconds; 10,000 unless told. */
  readonly timeoutMs?: number;
  /** Between two posts to one channel, in milliseconds; 1,000 unless told or without TLS, where no Slack is. */
  readonly postEveryMs?: number;
  /** How long a form that was handed in is looked at before it closes; 1,500 unless told. */
  readonly formPatienceMs?: number;
}

export interface RunningSlack {
  readonly messenger: Messenger;
  /** For requests whose path begins with `/slack/`; answers 404 to what it does not know, and to all in Socket Mode. */
  handle(request: Request): Promise<Response>;
  /** Resolves once nothing is being worked on. */
  settled(): Promise<void>;
  /** Takes no more requests and waits for the work that was begun, ten seconds at most. */
  stop(): Promise<void>;
}

export const eventsPath = '/slack/events';
export const slackApi = 'https://slack.com/api/';
const stopMs = 8_000;

/** Opens the Slack surface. Rejects when Slack refuses the app's token; waits for a network that is away. */
export async function startSlack(options: StartSlackOptions): Promise<RunningSlack> {
  const { config, log, clock, stores } = options;
  const apiUrl = (config.apiUrl ?? slackApi).replace(/\/*$/, '/');
  const logger = sdkLog(log);
  const clientOptions: ClientOptions = { apiUrl, logger, timeoutMs: options.timeoutMs ?? 10_000 };
  const anonymous = webClient(undefined, clientOptions);
  const credentials = credentialSource(options, anonymous);
  const inFlight = new Set<Promise<void>>();
  const turnstile = createTurnstile();
  const standIn = config.apiUrl ? [new URL(apiUrl).host] : [];

  function later(work: Promise<void>): void {
    const watched = work
      .catch((error) => log.error({ error: describe(error) }, 'work for Slack failed'))
      .finally(() => inFlight.delete(watched));
    inFlight.add(watched);
  }

  const inTurn = (work: () => Promise<void>) => later(turnstile().then(work));
  const signingSecret = config.mode === 'http' ? config.signingSecret : null;
  const context: SlackContext = {
    ...options,
    later,
    // What came over HTTP has waited for its turn in the receiver.
    inTurn: signingSecret ? (work) => later(work()) : inTurn,
    directory: createDirectory(clock),
    credentials,
    clientOf: clientPool(credentials, clientOptions),
    responseHosts: ['hooks.slack.com', 'hooks.slack-gov.com', ...standIn],
    formPatienceMs: options.formPatienceMs ?? limits.formPatienceMs,
    pace: createPace(options.postEveryMs ?? (apiUrl.startsWith('https:') ? limits.postEveryMs : 0)),
    fileHosts: ['files.slack.com', 'files.slack-gov.com', ...standIn],
  };

  const installUrl = config.oauth && options.publicUrl ? `${options.publicUrl}${installPath}` : null;
  const unheard = (what: Unheard) => sayUnheard(context, what, installUrl);
  const http = signingSecret
    ? createHttpReceiver({ signingSecret, clock, log, stores, inTurn, unheard })
    : null;
  const receiver = http ?? socketReceiver(config, clientOptions, options);
  const app = createApp(context, receiver, unheard);
  listenToRequests(app, context);
  listenToSubmissions(app, context);
  listenToEvents(app, context);
  await receiver.start();

  const oauth = oauthOptions(options, apiUrl, anonymous);
  return {
    messenger: createMessenger(context),
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (http && pathname === eventsPath) return http.handle(request);
      if (oauth && pathname === installPath) return startInstallation(context, oauth);
      if (oauth && pathname === redirectPath) return finishInstallation(context, oauth, request);
      return new Response(null, { status: 404 });
    },
    settled: () => drain(inFlight),
    async stop() {
      await receiver.stop();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, stopMs);
      });
      await Promise.race([late, drain(inFlight)]);
      clearTimeout(timer);
    },
  };
}

function credentialSource(
  { config, stores, vault, clock, slots }: StartSlackOptions,
  client: SlackClient,
): CredentialSource {
  const sources: CredentialSource[] = [];
  if (config.botToken) sources.push(fixedCredentials(config.botToken, client));
  if (config.oauth) {
    sources.push(
      installedCredentials({
        store: stores.installations,
        vault,
        clock,
        client,
        oauth: config.oauth,
        ...(slots ? { slots } : {}),
      }),
    );
  }
  return firstOf(sources);
}

function clientPool(credentials: CredentialSource, options: ClientOptions): SlackContext['clientOf'] {
  const clients = new Map<string, { readonly token: string; readonly client: SlackClient }>();
  return async (workspace) => {
    const found = await credentials.of(workspace);
    if (!found) return null;
    const known = clients.get(workspace);
    if (known?.token === found.token) return known.client;
    const client = webClient(found.token, options);
    clients.set(workspace, { token: found.token, client });
    return client;
  };
}

function socketReceiver(config: SlackConfig, client: ClientOptions, { log }: StartSlackOptions): Receiver {
  return createSocketReceiver({ appToken: config.appToken ?? '', client, logger: client.logger, log });
}

function createApp(
  context: SlackContext,
  receiver: Receiver,
  unheard: (what: Unheard) => Promise<void>,
): App {
  const app = new App({
    receiver,
    logger: sdkLog(context.log),
    convoStore: false,
    ignoreSelf: false,
    extendedErrorHandler: true,
    async authorize({ teamId, enterpriseId, isEnterpriseInstall }) {
      const workspace = workspaceId({ teamId, enterpriseId, isEnterpriseInstall });
      const found = workspace && (await context.credentials.of(workspace));
      if (!found) throw new Error(notInstalledHere);
      return {
        botToken: found.token,
        botUserId: found.botUserId,
        ...(found.botId ? { botId: found.botId } : {}),
      };
    },
  });
  // Bolt acknowledges with nothing where it finds no installation: whoever asked would wait for an answer in vain.
  app.error(unheard);
  return app;
}

function oauthOptions(
  { config, publicUrl }: StartSlackOptions,
  apiUrl: string,
  client: SlackClient,
): OAuthOptions | null {
  if (!config.oauth || !publicUrl) return null;
  return { ...config.oauth, publicUrl, client, authorizeUrl: new URL('/oauth/v2/authorize', apiUrl).href };
}

/** Work may begin more work; the end is when there is none. */
async function drain(inFlight: ReadonlySet<Promise<void>>): Promise<void> {
  while (inFlight.size > 0) await Promise.all(inFlight);
}
