import { describe, expect, test, vi } from 'vitest';
import { startSlack } from '../../adapters/slack/start-slack.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { openTestStores } from '../support/sqlite.js';
import { startSlackServer } from './server/start-slack-server.js';
import { startDriver } from './slack-driver.js';
import { furnish, testVault, withSlack } from './with-slack.js';

describe('Socket Mode', () => {
  test('keeps two connections open', async () => {
    const { server } = await withSlack({ dispatch: plannedDispatch() });

    await server.socket.connected(2);

    expect(server.callsOf('apps.connections.open')).toHaveLength(2);
  });

  test('loses no command over six recycled connections', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    const { socket } = driver.server;
    await socket.connected(2);

    for (let round = 0; round < 6; round += 1) {
      const recycled = socket.recycle();
      const payloads = Array.from({ length: 5 }, () => driver.command('/offer list'));
      const acks = await Promise.all(
        payloads.map((payload) => socket.deliver({ type: 'slash_commands', payload })),
      );
      expect(acks).not.toContain(null);
      await recycled;
      await socket.connected(2);
    }
    await driver.slack.settled();

    expect(dispatch.calls).toHaveLength(30);
  });

  test('comes back after every connection broke and Slack was away', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    const { socket } = driver.server;
    await socket.connected(2);
    driver.server.fail('apps.connections.open', { kind: 'dropped' }, { kind: 'status', status: 503 });

    socket.cut();
    await socket.connected(0);
    await socket.connected(2);
    await driver.type('/offer list');

    expect(dispatch.calls).toHaveLength(1);
  });

  test('starts although Slack is away, and works once it is there', async () => {
    const dispatch = plannedDispatch();
    const server = await startSlackServer();
    furnish(server);
    server.fail('apps.connections.open', { kind: 'dropped' }, { kind: 'dropped' });

    const driver = await startDriver(dispatch, { server });
    await driver.type('/offer list');

    expect(dispatch.calls).toHaveLength(1);
  });

  test('does not start with a token that Slack refuses', async () => {
    const server = await startSlackServer();
    furnish(server);
    const write = () => {};

    const started = startSlack({
      config: {
        mode: 'socket',
        botToken: 'xoxb-test-token-1',
        appToken: 'xapp-test-token-wrong',
        signingSecret: null,
        oauth: null,
        apiUrl: server.apiUrl,
      },
      publicUrl: null,
      dispatch: plannedDispatch(),
      stores: await openTestStores(),
      vault: testVault(),
      charts: { png: async () => new Uint8Array() },
      platforms: [],
      clock: { now: () => '2026-11-20T09:00:00.000Z' },
      log: { debug: write, info: write, warn: write, error: write },
    });

    await expect(started).rejects.toMatchObject({ problem: { code: 'slack.token-refused' } });
    expect(server.callsOf('apps.connections.open').length).toBeLessThanOrEqual(2);
  });

  test('stops when told, and waits for the work it has begun', async () => {
    const dispatch = plannedDispatch();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    dispatch.answers.set('offer list', { held });
    const driver = await startDriver(dispatch);
    await driver.deliver({ type: 'slash_commands', payload: driver.command('/offer list') });
    await vi.waitFor(() => expect(dispatch.calls).toHaveLength(1));

    const stopped = driver.slack.stop();
    release();
    await stopped;

    await driver.server.socket.connected(0);
    expect(driver.privately().join('\n')).toContain('Answer of offer list');
  });
});

test('the log holds no token, no answering address and nothing that was typed', async () => {
  const driver = await startDriver(plannedDispatch());
  driver.server.fail('users.info', { kind: 'status', status: 503 });

  await driver.type('/offer check https://site.test/report?token=test-token-12345678');
  driver.server.socket.cut();
  await driver.server.socket.connected(0);
  await driver.server.socket.connected(2);

  expect(driver.log.lines.length).toBeGreaterThan(0);
  expect(driver.log.lines.join('\n')).not.toMatch(/test-token|site\.test|\/response\/|ticket/);
});
