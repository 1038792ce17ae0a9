import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type RunningSlack, startSlack } from '../../adapters/slack/start-slack.js';
import type { SlackConfig } from '../../src/config.js';
import { toInstant } from '../../src/dates.js';
import type { Dispatch } from '../../src/dispatch.js';
import { platforms } from '../../src/platforms/index.js';
import type { Clock, Log, Stores } from '../../src/ports.js';
import type { Vault } from '../../src/secrets.js';
import { createVault } from '../../src/vault.js';
import { type OfferRooms, witnessedDispatch, witnessedMessenger } from '../specs/witness.js';
import { openTestStores } from '../support/sqlite.js';
import { recordAcknowledgement } from './server/record-call.js';
import { appToken, type SlackServer } from './server/slack-server.js';
import type { Acknowledgement, Envelope } from './server/socket-mode.js';
import { startSlackServer } from './server/start-slack-server.js';
import type { Json } from './server/state.js';

export const signingSecret = 'test-token-signing';
export const publicUrl = 'https://tallyman.test';

export interface WithSlackOptions {
  readonly dispatch: Dispatch;
  readonly mode?: 'socket' | 'http';
  /** OAuth in place of one bot token. */
  readonly oauth?: boolean;
  readonly server?: SlackServer;
  readonly stores?: Stores;
  readonly vault?: Vault;
  readonly clock?: Clock;
  readonly timeoutMs?: number;
  /** Where figures may be posted; without it wherever the core says. */
  readonly offerRooms?: OfferRooms;
  /** Posts to one channel follow each other at once unless told. */
  readonly postEveryMs?: number;
  readonly formPatienceMs?: number;
}

export interface SlackUnderTest {
  readonly slack: RunningSlack;
  readonly server: SlackServer;
  readonly stores: Stores;
  readonly vault: Vault;
  readonly log: { readonly lines: string[] };
  /** Delivers as Slack does, over the socket or signed HTTP; resolves with the acknowledgement. */
  deliver(envelope: Envelope): Promise<Acknowledgement | null>;
}

/** The team `T0CASINO` with Ann (an admin), Bob, a guest and #casino, and the adapter running against it. */
export async function withSlack(options: WithSlackOptions): Promise<SlackUnderTest> {
  const server = options.server ?? (await startSlackServer());
  if (server.state.teams.length === 0) furnish(server);
  const stores = options.stores ?? (await openTestStores());
  const vault = options.vault ?? testVault();
  const clock = options.clock ?? { now: () => toInstant(server.state.now()) };
  const { mode = 'socket', oauth = false } = options;
  const log = recordingLog();
  const config: SlackConfig = {
    mode,
    botToken: oauth ? null : (server.state.teams[0]?.token ?? null),
    appToken: mode === 'socket' ? appToken : null,
    signingSecret: mode === 'http' ? signingSecret : null,
    oauth: oauth ? { clientId: 'client', clientSecret: 'test-token-client' } : null,
    apiUrl: server.apiUrl,
  };
  const { ledger } = server;
  const started = await startSlack({
    config,
    publicUrl,
    stores,
    vault,
    clock,
    platforms,
    log,
    dispatch: witnessedDispatch(options.dispatch, ledger),
    charts: { png: async () => Buffer.from('\u0089PNG') },
    timeoutMs: options.timeoutMs ?? 2_000,
    ...(options.formPatienceMs === undefined ? {} : { formPatienceMs: options.formPatienceMs }),
    ...(options.postEveryMs === undefined ? {} : { postEveryMs: options.postEveryMs }),
  });
  onTestFinished(() => started.stop());
  const slack = { ...started, messenger: witnessedMessenger(started.messenger, ledger, options.offerRooms) };
  return {
    slack,
    server,
    stores,
    vault,
    log,
    async deliver(envelope) {
      const isSocket = mode === 'socket';
      const ack = await (isSocket ? server.socket.deliver(envelope) : deliverSigned(slack, clock, envelope));
      recordAcknowledgement(ledger, ack?.payload ?? null);
      return ack;
    },
  };
}

export function furnish(server: SlackServer, teamId = 'T0CASINO', suffix = ''): void {
  server.addTeam({ id: teamId, name: 'Casino team' });
  server.addUser({ id: `U0ANN${suffix}`, teamId, name: 'Ann', flags: { is_admin: true } });
  server.addUser({ id: `U0BOB${suffix}`, teamId, name: 'Bob' });
  server.addUser({ id: `U0GUEST${suffix}`, teamId, name: 'Guest', flags: { is_restricted: true } });
  server.addChannel({ id: `C0CASINO${suffix}`, teamId, name: 'casino' });
}

export function testVault(): Vault {
  return createVault({
    keys: [{ id: 'k1', secret: Buffer.alloc(32, 7) }],
    fingerprintKey: Buffer.alloc(32, 9),
  });
}

/** A request as Slack signs it. */
export function signedRequest(
  body: string,
  contentType: string,
  at: number,
  secret = signingSecret,
): Request {
  const timestamp = String(Math.floor(at / 1000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return new Request(`${publicUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    },
  });
}

/** The form or JSON that an envelope becomes over HTTP. */
export function httpBody({ type, payload }: Envelope): readonly [body: string, contentType: string] {
  if (type === 'events_api') return [JSON.stringify(payload), 'application/json'];
  const fields =
    type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return [new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded'];
}

async function deliverSigned(
  slack: RunningSlack,
  clock: Clock,
  envelope: Envelope,
): Promise<Acknowledgement | null> {
  const started = performance.now();
  const request = signedRequest(...httpBody(envelope), Date.parse(clock.now()));
  const response = await slack.handle(request);
  if (response.status !== 200) return null;
  const text = await response.text();
  const afterMs = performance.now() - started;
  return { afterMs, payload: text ? (JSON.parse(text) as Json) : null };
}

function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, debug: write, info: write, warn: write, error: write };
}
