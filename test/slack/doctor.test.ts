import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { slackCheckups } from '../../adapters/slack/checkups.js';
import { botScopes } from '../../adapters/slack/scopes.js';
import type { SlackConfig } from '../../src/config.js';
import { doctorCard } from '../../src/doctor.js';
import { Refusal } from './server/methods.js';
import { appToken } from './server/slack-server.js';
import { startSlackServer } from './server/start-slack-server.js';
import { furnish } from './with-slack.js';

const secret = '0123456789abcdef'.repeat(2);

/** Nobody listens there any more. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/api/`;
}

/** A pretend Slack with one team, and the doctor's look at it. */
async function start() {
  const server = await startSlackServer();
  furnish(server);
  const [team] = server.state.teams;
  if (!team) throw new Error('no team');
  const socket: SlackConfig = {
    mode: 'socket',
    botToken: team.token,
    appToken,
    signingSecret: null,
    oauth: null,
    apiUrl: server.apiUrl,
  };
  const look = async (change: Partial<SlackConfig> = {}, publicUrl: string | null = null) => {
    const card = await doctorCard(
      slackCheckups({ config: { ...socket, ...change }, publicUrl, timeoutMs: 2_000 }),
    );
    return { problems: card.problems, text: JSON.stringify(card) };
  };
  return { server, team, look };
}

describe('tallyman doctor with Slack', () => {
  test('names the bot, its team and its scopes, and opens no connection', async () => {
    const { server, look } = await start();

    const { problems, text } = await look();

    expect(problems).toEqual([]);
    expect(text).toContain('@tallyman in Casino team');
    expect(text).toContain(`all ${botScopes.length}`);
    expect(text).toContain('Socket Mode may be opened');
    expect(server.callsOf('auth.test')).toHaveLength(1);
    expect(server.socket.connections()).toBe(0);
  });

  test.each(['invalid_auth', 'account_inactive', 'token_revoked'])(
    'says once that Slack refuses the bot token (%s), and where the right one is',
    async (reason) => {
      const { team, look } = await start();
      team.refused = reason;

      const { problems, text } = await look();

      expect(problems).toEqual(['slack.bot-token-refused']);
      expect(text).toContain(`(${reason})`);
      expect(text).toContain('Bot User OAuth Token');
    },
  );

  test('lists the scopes that are missing, each with what it is for', async () => {
    const { server, look } = await start();
    const scopes = botScopes.filter((scope) => scope !== 'files:write' && scope !== 'users:read');
    const poor = server.addTeam({ id: 'T0POOR', scopes });

    const { problems, text } = await look({ botToken: poor.token });

    expect(problems).toEqual(['slack.scopes-missing']);
    expect(text).toContain('lacks 2 scopes: files:write, users:read.');
    expect(text).toContain('files:write: to post charts and CSV files.');
    expect(text).toContain('Reinstall to Workspace');
  });

  test('tells a refused app token from a bot token that is well', async () => {
    const { look } = await start();

    const { problems, text } = await look({ appToken: 'xapp-test-token-other' });

    expect(problems).toEqual(['slack.token-refused']);
    expect(text).toContain('connections:write');
    expect(text).toContain('@tallyman in Casino team');
  });

  test('a network that is away is no wrong token', async () => {
    const { server, look } = await start();
    server.fail('auth.test', { kind: 'dropped' });
    server.fail('apps.connections.open', { kind: 'status', status: 503 });

    const { problems, text } = await look();
    const dead = await look({ apiUrl: await closedAddress() });

    expect(problems).toEqual(['slack.unreachable', 'slack.unreachable']);
    expect(text).toContain('http_503');
    expect(dead.problems).toEqual(['slack.unreachable']);
    expect(dead.text).toContain('(econnrefused)');
    expect(dead.text).not.toContain('refuses');
  });

  test('Slack that is busy or ill is no wrong token either', async () => {
    const { server, look } = await start();
    server.fail('auth.test', { kind: 'rate-limited', seconds: 30 });
    server.fail('apps.connections.open', { kind: 'error', code: 'internal_error' });

    const { problems } = await look();

    expect(problems).toEqual(['slack.unreachable', 'slack.unreachable']);
  });

  test('knows the shape of a signing secret', async () => {
    const { look } = await start();
    const http = { mode: 'http', appToken: null } as const;

    expect((await look({ ...http, signingSecret: secret })).problems).toEqual([]);
    expect((await look({ ...http, signingSecret: 'xoxb-not-a-secret' })).problems).toEqual([
      'slack.signing-secret-shape',
    ]);
  });

  test('asks Slack whether it knows the pair for OAuth, with a code that nobody was given', async () => {
    const { server, look } = await start();
    server.webApi.special.set('oauth.v2.access', (args) => {
      if (args.client_id !== '1.2') throw new Refusal('invalid_client_id');
      if (args.client_secret !== 'test-token-client') throw new Refusal('bad_client_secret');
      throw new Refusal('invalid_code');
    });
    const http = { mode: 'http', botToken: null, appToken: null, signingSecret: secret } as const;
    const withPair = (clientId: string, clientSecret: string) =>
      look({ ...http, oauth: { clientId, clientSecret } }, 'https://tallyman.test');

    const right = await withPair('1.2', 'test-token-client');
    const other = await withPair('3.4', 'test-token-client');
    const wrong = await withPair('1.2', 'test-token-wrong');

    expect(right.problems).toEqual([]);
    expect(right.text).toContain('install at https://tallyman.test/slack/install');
    expect(other.text).toContain('Slack does not accept SLACK_CLIENT_ID (invalid_client_id).');
    expect(wrong.text).toContain('Slack does not accept SLACK_CLIENT_SECRET (bad_client_secret).');
  });
});
