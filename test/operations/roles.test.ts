import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, expect, test, vi } from 'vitest';
import { freshSchema, startPostgres } from '../support/postgres.js';
import { ownEnvironment, spawnTallyman } from './spawn-tallyman.js';

// Whole programs start here, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const listening = /"port":(\d+),"msg":"listening"/;
const application = '123456789012345678';

test.each(['web', 'worker'])('refuses the role %s on SQLite and says what to do', async (role) => {
  const bot = spawnTallyman(['serve', '--role', role], ownEnvironment());

  expect((await bot.ended).code).toBe(2);
  expect(bot.output()).toContain(`The role ${role} needs a Postgres database.`);
  expect(bot.output()).toContain('npx tallyman move --to');
});

test('refuses a role that there is not', async () => {
  const bot = spawnTallyman(['serve', '--role', 'leader'], ownEnvironment());

  expect((await bot.ended).code).toBe(2);
  expect(bot.output()).toContain('Use web, worker or all');
});

const server = await startPostgres().catch((error: unknown) => String(error ?? 'it ended at once'));

if (typeof server === 'string') {
  test.skip(`Postgres cannot start here, so roles were not tested: ${server}`, () => {});
} else {
  afterAll(() => server.stop());
  testRoles(server.url);
}

function testRoles(url: string): void {
  test('answers a signed request once, whichever web process it is played to', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    const settings = {
      DATABASE_URL: await freshSchema(url),
      PORT: '0',
      DISCORD_PUBLIC_KEY: key,
      DISCORD_APPLICATION_ID: application,
    };
    const own = ownEnvironment();
    const ports: string[] = [];
    for (const role of ['web', 'web']) {
      const bot = spawnTallyman(['serve', '--role', role], own, settings);
      const [, port = ''] = await bot.until(listening);
      ports.push(port);
    }
    const body = JSON.stringify({
      id: '900000000000000001',
      application_id: application,
      type: 2,
      token: 'test-token-interaction',
      version: 1,
      guild_id: '111111111111111111',
      channel: { id: '222222222222222222', type: 0, name: 'casino' },
      channel_id: '222222222222222222',
      member: {
        user: {
          id: '333333333333333333',
          username: 'ann',
          discriminator: '0',
          global_name: 'Ann',
          avatar: null,
        },
        roles: [],
        permissions: '8',
      },
      authorizing_integration_owners: { '0': '111111111111111111' },
      context: 0,
      entitlements: [],
      locale: 'en-GB',
      data: { id: '444444444444444444', name: 'help', type: 1, options: [] },
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
    const send = (port: string) =>
      fetch(`http://127.0.0.1:${port}/discord/interactions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-signature-ed25519': signature,
          'x-signature-timestamp': timestamp,
        },
        body,
      });

    const answers = await Promise.all(ports.map(send));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('lets web processes answer health without working, and workers work without routes', async () => {
    const settings = {
      DATABASE_URL: await freshSchema(url),
      PORT: '0',
      DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
      DISCORD_APPLICATION_ID: application,
    };
    const own = ownEnvironment();
    const answers: unknown[] = [];
    for (const role of ['web', 'worker']) {
      const bot = spawnTallyman(['serve', '--role', role], own, settings);
      const [, port] = await bot.until(listening);
      await bot.until('"at work"');
      const health = await fetch(`http://127.0.0.1:${port}/health`);
      const request = await fetch(`http://127.0.0.1:${port}/discord/interactions`, { method: 'POST' });
      answers.push([role, health.status, request.status]);
      bot.child.kill('SIGTERM');
      expect((await bot.ended).code).toBe(0);
    }

    expect(answers).toEqual([
      ['web', 200, 401],
      ['worker', 200, 404],
    ]);
  });

  test('refuses a role whose chat product keeps a connection of its own', async () => {
    const settings = { DATABASE_URL: await freshSchema(url), DISCORD_TOKEN: 'test-token-gateway' };

    const bot = spawnTallyman(['serve', '--role', 'worker'], ownEnvironment(), settings);

    expect((await bot.ended).code).toBe(2);
    expect(bot.output()).toContain('The role worker needs Discord to send signed requests.');
  });
}
