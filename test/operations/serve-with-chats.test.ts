import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import * as people from '../discord/server/people.js';
import { readText } from '../discord/server/read-message.js';
import { startDiscordServer } from '../discord/server/server.js';
import { applicationId, botToken } from '../discord/server/world.js';
import { readMessage } from '../slack/server/read-blocks.js';
import { appToken } from '../slack/server/slack-server.js';
import { startSlackServer } from '../slack/server/start-slack-server.js';
import { commandPayload } from '../slack/slack-driver.js';
import { furnish, httpBody, signedRequest } from '../slack/with-slack.js';
import { builtProgram } from '../support/built-program.js';
import { ownEnvironment, spawnTallyman } from './spawn-tallyman.js';

// Whole programs start here, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let program: string;

beforeAll(async () => {
  program = await builtProgram();
}, 120_000);

const signingSecret = '0123456789abcdef'.repeat(2);
const publicUrl = 'https://tallyman.test';
const offerList = { id: '1', type: 1, name: 'offer', options: [{ type: 1, name: 'list', options: [] }] };

const isAnswer = (type: number) => type === 4 || type === 5;

/** Slack and Discord on loopback, each with Ann and #casino. */
async function chats() {
  const slack = await startSlackServer();
  furnish(slack);
  const discord = await startDiscordServer();
  onTestFinished(() => discord.close());
  const { world } = discord;
  const ann = people.addPerson(world, 'Ann');
  const channel = people.addChannel(world, people.addGuild(world, ann), 'casino');
  const typed = () => people.createInteraction(world, 'command', { person: ann, channel }, offerList);
  return {
    slack,
    discord,
    /** A command that Ann typed in Discord. */
    typed,
    inSlack: () => slack.state.whispers.map(readMessage),
    inDiscord: () => world.messages.map(readText),
    addresses: { SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl, PORT: '0' },
  };
}

test('the built program serves Slack, Discord and a prompt at once, and leaves all three clean', async () => {
  const { slack, discord, typed, inSlack, inDiscord, addresses } = await chats();
  const tokens = {
    SLACK_BOT_TOKEN: slack.state.teams[0]?.token ?? '',
    SLACK_APP_TOKEN: appToken,
    DISCORD_TOKEN: botToken,
    DISCORD_SHARDS: '2',
  };
  const bot = spawnTallyman(
    ['serve', '--terminal'],
    ownEnvironment(),
    { ...tokens, ...addresses, LOG_LEVEL: 'debug' },
    program,
  );
  const [, port] = await bot.until(/"port":(\d+),"msg":"listening"/);
  await bot.until('"at work"');

  await slack.socket.connected(2);
  await slack.socket.deliver({
    type: 'slash_commands',
    payload: commandPayload(slack, '/offer list', 'ann'),
  });
  const interaction = typed();
  people.deliver(discord, interaction);
  await interaction.whenAnswered;
  bot.child.stdin.write('/offer list\n');
  await bot.until('No offers yet');
  const health = await fetch(`http://127.0.0.1:${port}/health`);

  await expect.poll(() => inSlack().join()).toContain('No offers yet');
  await expect.poll(() => inDiscord().join()).toContain('No offers yet');
  expect(health.status).toBe(200);
  expect(discord.gateway.sessions.map(({ shard }) => shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);

  bot.child.kill('SIGTERM');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
  await slack.socket.connected(0);
  expect(discord.gateway.sessions.map(({ socket }) => socket)).toEqual([null, null]);
  expect(bot.output()).toContain('"surfaces":["slack","discord"]');
  for (const token of [tokens.SLACK_BOT_TOKEN, tokens.SLACK_APP_TOKEN, tokens.DISCORD_TOKEN]) {
    expect(bot.output()).not.toContain(token);
  }
});

test('the built doctor asks both and says that all is well', async () => {
  const { slack, addresses } = await chats();
  const tokens = {
    SLACK_BOT_TOKEN: slack.state.teams[0]?.token ?? '',
    SLACK_APP_TOKEN: appToken,
    DISCORD_TOKEN: botToken,
  };

  const doctor = spawnTallyman(['doctor'], ownEnvironment(), { ...tokens, ...addresses }, program);

  expect((await doctor.ended).code).toBe(0);
  expect(doctor.output()).toContain('All is well');
  expect(doctor.output()).toContain('@tallyman in Casino team');
  expect(doctor.output()).toContain('Tallyman, on about 1 server');
});

test('the built program installs itself over OAuth, and answers signed requests of both', async () => {
  const { slack, typed, discord, inSlack, addresses } = await chats();
  const token = slack.state.teams[0]?.token ?? '';
  slack.webApi.special.set('oauth.v2.access', () => ({
    access_token: token,
    token_type: 'bot',
    scope: 'commands',
    bot_user_id: 'UBOT',
    team: { id: 'T0CASINO', name: 'Casino team' },
    enterprise: null,
    authed_user: { id: 'U0ANN' },
  }));
  const signer = people.createSigner();
  const settings = {
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'test-token-client',
    DISCORD_PUBLIC_KEY: signer.publicKey,
    DISCORD_APPLICATION_ID: applicationId,
    DISCORD_TOKEN: botToken,
    PUBLIC_URL: publicUrl,
  };
  const bot = spawnTallyman(['serve'], ownEnvironment(), { ...settings, ...addresses }, program);
  const [, port] = await bot.until(/"port":(\d+),"msg":"listening"/);
  await bot.until('"at work"');
  const base = `http://127.0.0.1:${port}`;
  const hand = (request: Request) => fetch(new Request(base + new URL(request.url).pathname, request));

  const begun = await fetch(`${base}/slack/install`, { redirect: 'manual' });
  const asked = new URL(begun.headers.get('location') ?? '').searchParams;
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const installed = await fetch(`${base}/slack/oauth_redirect?code=good&state=${asked.get('state')}`, {
    headers: { cookie },
  });
  const payload = commandPayload(slack, '/offer list', 'ann');
  const slackAnswer = await hand(
    signedRequest(...httpBody({ type: 'slash_commands', payload }), Date.now(), signingSecret),
  );
  const forged = await hand(
    signedRequest(...httpBody({ type: 'slash_commands', payload }), Date.now(), 'other'),
  );
  const discordAnswer = await hand(signer.request(typed().payload, Date.now()));

  expect(asked.get('redirect_uri')).toBe(`${publicUrl}/slack/oauth_redirect`);
  expect(await installed.text()).toContain('Tallyman is installed in Casino team');
  expect([slackAnswer.status, forged.status, discordAnswer.status]).toEqual([200, 401, 200]);
  // The answer itself, or where the machine is busy the promise of one; in private either way.
  expect(await discordAnswer.json()).toMatchObject({
    type: expect.toSatisfy(isAnswer),
    data: { flags: expect.any(Number) },
  });
  await expect.poll(() => inSlack().join()).toContain('No offers yet');
  // The greeting goes through the outbox, a second or so later.
  await expect
    .poll(() => slack.state.messages.map(readMessage).join(), { timeout: 10_000 })
    .toContain('Tallyman is here');
  expect(discord.world.registrations).toBe(1);

  bot.child.kill('SIGTERM');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
  expect(bot.output()).not.toContain(token);
});
