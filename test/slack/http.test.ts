import { describe, expect, test } from 'vitest';
import { databaseDiskFull } from '../../src/problems/database.js';
import { ProblemError } from '../../src/problems/problem.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { openTestStores } from '../support/sqlite.js';
import { startSlackServer } from './server/start-slack-server.js';
import { startDriver } from './slack-driver.js';
import { furnish, httpBody, signedRequest, withSlack } from './with-slack.js';

async function start() {
  const dispatch = plannedDispatch();
  const driver = await startDriver(dispatch, { mode: 'http' });
  const typed = () => httpBody({ type: 'slash_commands', payload: driver.command('/offer list') });
  return { dispatch, driver, typed };
}

describe('signed HTTP', () => {
  test.each([
    ['4 minutes old', -4 * 60_000, 200, 1],
    ['4 minutes ahead', 4 * 60_000, 200, 1],
    ['6 minutes old', -6 * 60_000, 401, 0],
    ['6 minutes ahead', 6 * 60_000, 401, 0],
  ])('a request %s is answered %s', async (_, skew, status, runs) => {
    const { dispatch, driver, typed } = await start();

    const response = await driver.slack.handle(signedRequest(...typed(), driver.server.state.now() + skew));
    await driver.slack.settled();

    expect(response.status).toBe(status);
    expect(dispatch.calls).toHaveLength(runs);
  });

  test('a request sent again has no second effect', async () => {
    const { dispatch, driver, typed } = await start();
    const [body, contentType] = typed();
    const at = driver.server.state.now();

    const first = await driver.slack.handle(signedRequest(body, contentType, at));
    const second = await driver.slack.handle(signedRequest(body, contentType, at));
    await driver.slack.settled();

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(dispatch.calls).toHaveLength(1);
  });

  test('a command that cannot be marked as seen has no effect, and whoever typed it is told why', async () => {
    const stores = await openTestStores();
    const markOnce = () => Promise.reject(new ProblemError(databaseDiskFull(), 'later'));
    const installations = { ...stores.installations, markOnce };
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch, { mode: 'http', stores: { ...stores, installations } });

    const ack = await driver.deliver({ type: 'slash_commands', payload: driver.command('/offer list') });
    await driver.slack.settled();

    expect(ack?.payload).toBeNull();
    expect(driver.privately().join('\n')).toContain(databaseDiskFull().what);
    expect(dispatch.calls).toEqual([]);
  });

  test('a changed body, another secret, or no signature is refused', async () => {
    const { dispatch, driver, typed } = await start();
    const [body, contentType] = typed();
    const at = driver.server.state.now();
    const signed = signedRequest(body, contentType, at);
    const address = 'https://tallyman.test/slack/events';

    const answers = await Promise.all([
      driver.slack.handle(
        new Request(address, { method: 'POST', headers: signed.headers, body: `${body}x` }),
      ),
      driver.slack.handle(signedRequest(body, contentType, at, 'another secret')),
      driver.slack.handle(new Request(address, { method: 'POST', body })),
      driver.slack.handle(
        new Request(address, { method: 'POST', body, headers: { 'x-slack-signature': 'v0=00' } }),
      ),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(dispatch.calls).toEqual([]);
  });

  test("answers Slack's question whether the address is ours, and nothing else that is not a request", async () => {
    const { driver } = await start();
    const now = driver.server.state.now();
    const json = 'application/json';
    const handle = (request: Request) => driver.slack.handle(request);

    const challenge = await handle(signedRequest('{"type":"url_verification","challenge":"abc"}', json, now));
    const broken = await handle(signedRequest('{"type":', json, now));
    const large = await handle(signedRequest('x'.repeat(1_000_001), json, now));
    const other = await handle(new Request('https://tallyman.test/slack/other'));
    const read = await handle(new Request('https://tallyman.test/slack/events'));

    expect(await challenge.json()).toEqual({ challenge: 'abc' });
    expect([broken, large, other, read].map(({ status }) => status)).toEqual([400, 413, 404, 405]);
  });

  test('whoever asks where the bot is not installed is told so', async () => {
    const { dispatch, driver } = await start();
    const payload = { ...driver.command('/offer list'), team_id: 'T0ELSEWHERE' };

    const ack = await driver.deliver({ type: 'slash_commands', payload });
    await driver.slack.settled();

    expect(ack?.payload).toBeNull();
    expect(driver.privately().join('\n')).toContain('Tallyman is not installed in this workspace');
    expect(dispatch.calls).toEqual([]);
  });
});

describe('two workspaces', () => {
  test('see nothing of each other, whatever ids are guessed', async () => {
    const server = await startSlackServer();
    furnish(server);
    furnish(server, 'T0OTHER', '2');
    const dispatch = plannedDispatch();
    const under = await withSlack({ dispatch, server, mode: 'http', oauth: true });
    for (const team of server.state.teams) {
      const workspace = `slack:${team.id}`;
      const bot = { token: team.token, id: 'B1', userId: team.botUserId, scopes: [] };
      const sealed = under.vault.seal(JSON.stringify({ bot }), {
        workspace,
        table: 'installations',
        row: workspace,
        column: 'sealed',
      });
      await under.stores.installations.save({
        workspace,
        name: team.name,
        sealed,
        installedAt: '2026-11-20T09:00:00.000Z',
      });
    }
    const press = (team: string, user: string, channel: string) =>
      under.deliver({
        type: 'interactive',
        payload: {
          type: 'block_actions',
          team: { id: team },
          user: { id: user, team_id: team },
          channel: { id: channel, name: 'casino' },
          trigger_id: server.trigger(team, user),
          actions: [{ type: 'button', action_id: 'button-1', block_id: 'b' }],
        },
      });

    await press('T0CASINO', 'U0ANN', 'C0CASINO');
    await press('T0OTHER', 'U0ANN2', 'C0CASINO');
    await under.slack.settled();

    // The core looks a button up in the caller's workspace alone; here it must be told the right one.
    expect(dispatch.calls.map(({ caller }) => caller.workspace)).toEqual(['slack:T0CASINO', 'slack:T0OTHER']);
    const tokens = server.state.calls.map(({ teamId }) => teamId);
    expect(new Set(tokens)).toEqual(new Set(['T0CASINO', 'T0OTHER']));
    // A guessed channel of the first team is no channel for the second team's token: the answer went to a direct message.
    expect(server.state.whispers).toMatchObject([{ user: 'U0ANN', channel: 'C0CASINO' }]);
    const other = server.state.channels.find((channel) => channel.with === 'U0ANN2');
    expect(server.state.messages.map(({ channel }) => channel)).toEqual([other?.id]);

    const message = { key: 'out-1', card: { title: 'T', tone: 'plain' as const, blocks: [] }, files: [] };
    const target = { kind: 'channel' as const, id: 'C0CASINO', name: '#casino' };
    const sent = under.slack.messenger.send({ ...message, workspace: 'slack:T0OTHER', target });
    await expect(sent).rejects.toMatchObject({ outcome: 'permanent', reason: 'channel_not_found' });
  });
});
