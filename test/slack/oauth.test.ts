import { describe, expect, test } from 'vitest';
import { botScopes } from '../../adapters/slack/scopes.js';
import { toInstant } from '../../src/dates.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { Refusal } from './server/methods.js';
import { startSlackServer } from './server/start-slack-server.js';
import type { Json } from './server/state.js';
import { furnish, publicUrl, withSlack } from './with-slack.js';

/** OAuth against Slack, with a clock that a test moves. */
async function start(given: { readonly access?: Json } = {}) {
  const server = await startSlackServer();
  furnish(server);
  const asked: Json[] = [];
  server.webApi.special.set('oauth.v2.access', (args) => {
    asked.push(args);
    if (args.code === 'bad' || args.client_secret !== 'test-token-client') throw new Refusal('invalid_code');
    return {
      access_token: server.state.teams[0]?.token,
      token_type: 'bot',
      scope: botScopes.join(','),
      bot_user_id: 'UBOTT0CASINO',
      app_id: 'A1',
      team: { id: 'T0CASINO', name: 'Casino team' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: 'U0ANN' },
      ...given.access,
    };
  });
  let offset = 0;
  const clock = { now: () => toInstant(server.state.now() + offset) };
  const under = await withSlack({ dispatch: plannedDispatch(), server, mode: 'http', oauth: true, clock });
  const begin = async () => {
    const response = await under.slack.handle(new Request(`${publicUrl}/slack/install`));
    const address = new URL(response.headers.get('location') ?? '');
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
    return { response, address, cookie, state: address.searchParams.get('state') ?? '' };
  };
  const finish = (state: string, cookie: string, code = 'good') =>
    under.slack.handle(
      new Request(`${publicUrl}/slack/oauth_redirect?code=${code}&state=${state}`, { headers: { cookie } }),
    );
  const move = (milliseconds: number) => {
    offset += milliseconds;
  };
  return { ...under, asked, begin, finish, move };
}

describe('installing by OAuth', () => {
  test('sends the browser to Slack with our scopes and a state of its own', async () => {
    const { begin, server } = await start();

    const { response, address } = await begin();

    expect(response.status).toBe(302);
    expect(address.origin + address.pathname).toBe(`${server.base}/oauth/v2/authorize`);
    expect(address.searchParams.get('scope')).toBe(botScopes.join(','));
    expect(address.searchParams.get('redirect_uri')).toBe(`${publicUrl}/slack/oauth_redirect`);
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax; Secure/);
  });

  test('seals the token, makes the installer the first admin and says hello with the first step', async () => {
    const { begin, finish, stores, server, slack } = await start();
    const { state, cookie } = await begin();

    const done = await finish(state, cookie);

    expect(done.status).toBe(200);
    expect(await done.text()).toContain('Tallyman is installed in Casino team');
    const stored = await stores.installations.get('slack:T0CASINO');
    expect(JSON.stringify(stored)).not.toContain(server.state.teams[0]?.token);
    expect(await stores.workspaces.admins('slack:T0CASINO')).toEqual([{ id: 'U0ANN', name: 'Ann' }]);
    const hello = await stores.outbox.claim(toInstant(server.state.now() + 60_000));
    expect(hello).toMatchObject({
      target: { kind: 'user', id: 'U0ANN' },
      card: { title: 'Tallyman is here' },
    });
    if (hello) await slack.messenger.send({ ...hello, key: `out-${hello.id}` });
    expect(server.state.messages).toHaveLength(1);
  });

  test('a state works once, in its own browser, for ten minutes', async () => {
    const { begin, finish, asked, move } = await start();
    const one = await begin();
    const other = await begin();

    expect((await finish(one.state, other.cookie)).status).toBe(400);
    expect((await finish(one.state, '')).status).toBe(400);
    expect((await finish('made-up', 'tallyman_slack_state=made-up')).status).toBe(400);
    expect((await finish(one.state, one.cookie)).status).toBe(200);
    expect((await finish(one.state, one.cookie)).status).toBe(400);
    move(10 * 60_000);
    expect((await finish(other.state, other.cookie)).status).toBe(400);
    expect(asked).toHaveLength(1);
  });

  test('says what to do when Slack or the person refuses', async () => {
    const { begin, finish, slack } = await start();
    const first = await begin();
    const refused = await finish(first.state, first.cookie, 'bad');
    const second = await begin();
    const denied = await slack.handle(
      new Request(`${publicUrl}/slack/oauth_redirect?error=access_denied&state=${second.state}`, {
        headers: { cookie: second.cookie },
      }),
    );

    expect(await refused.text()).toContain('Tallyman was not installed (invalid_code).');
    expect(await denied.text()).toContain('Tallyman was not installed (access_denied).');
  });

  test('an installation for a whole enterprise is kept under its id', async () => {
    const { begin, finish, stores } = await start({
      access: {
        team: null,
        enterprise: { id: 'E0ORG', name: 'The organisation' },
        is_enterprise_install: true,
      },
    });
    const { state, cookie } = await begin();

    await finish(state, cookie);

    expect((await stores.installations.list()).map(({ workspace }) => workspace)).toEqual(['slack:E0ORG']);
  });

  test('a token that rotates is renewed before it ends, for posts that nobody asked for too', async () => {
    const { begin, finish, stores, slack, server, asked } = await start({
      access: { expires_in: 3_600, refresh_token: 'xoxe-test-token-refresh' },
    });
    const { state, cookie } = await begin();
    await finish(state, cookie);

    await slack.messenger.send({
      workspace: 'slack:T0CASINO',
      target: { kind: 'channel', id: 'C0CASINO', name: '#casino' },
      key: 'out-1',
      card: { title: 'T', tone: 'plain', blocks: [] },
      files: [],
    });

    expect(asked.at(-1)).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'xoxe-test-token-refresh',
    });
    expect(server.state.messages).toHaveLength(1);
    expect((await stores.installations.get('slack:T0CASINO'))?.installedAt).toBeDefined();
  });
});
