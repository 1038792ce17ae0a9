import { describe, expect, onTestFinished, test } from 'vitest';
import { discordCheckups } from '../../adapters/discord/checkups.js';
import type { DiscordConfig } from '../../src/config.js';
import { doctorCard } from '../../src/doctor.js';
import * as people from './server/people.js';
import { startDiscordServer } from './server/server.js';
import { applicationId, botToken } from './server/world.js';

const publicUrl = 'https://tallyman.test';

/** A pretend Discord with Tallyman on one server, and the doctor's look at it. */
async function start() {
  const server = await startDiscordServer();
  onTestFinished(() => server.close());
  const { world } = server;
  people.addGuild(world, people.addPerson(world, 'Ann'));
  const gateway: DiscordConfig = {
    mode: 'gateway',
    token: botToken,
    publicKey: null,
    applicationId: null,
    shards: 1,
    apiUrl: server.apiUrl,
  };
  const http = { mode: 'http', applicationId, publicKey: world.application.verifyKey } as const;
  const look = async (change: Partial<DiscordConfig> = {}, address: string | null = publicUrl) => {
    const card = await doctorCard(discordCheckups({ config: { ...gateway, ...change }, publicUrl: address }));
    return { problems: card.problems, text: JSON.stringify(card) };
  };
  return { server, world, http, look };
}

describe('tallyman doctor with Discord', () => {
  test('names the bot, its application and how it is connected, and identifies nowhere', async () => {
    const { server, look } = await start();

    const { problems, text } = await look();

    expect(problems).toEqual([]);
    expect(text).toContain('@Tallyman');
    expect(text).toContain('Tallyman, on about 1 server');
    expect(text).toContain('1 connection, 999 of 1000 starts left today');
    expect(server.gateway.said).toEqual([]);
    expect(server.world.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('shows the page that adds the bot while it is on no server', async () => {
    const { world, look } = await start();
    world.guilds.clear();

    const { text } = await look();

    expect(text).toContain(`https://discord.com/oauth2/authorize?client_id=${applicationId}`);
    expect(text).toContain('permissions=309237746688');
  });

  test('says once that the token is refused, and where the right one is', async () => {
    const { look } = await start();

    const { problems, text } = await look({ token: 'test-token-other' });

    expect(problems).toEqual(['discord.token-refused']);
    expect(text).toContain('Reset Token');
  });

  test('a Discord that is away is no wrong token', async () => {
    const { world, look } = await start();
    const away = await start();
    await away.server.goDown();
    world.faults.push({ method: 'GET', path: /./, when: 'before', answer: 503, times: 9 });

    const { problems, text } = await look();
    const dead = await away.look();

    expect(new Set(problems)).toEqual(new Set(['discord.unreachable']));
    expect(text).toContain('server_error_503');
    expect(dead.problems).toEqual(['discord.unreachable']);
    expect(dead.text).toContain('(econnrefused)');
  });

  test('over HTTP: the address must be this one', async () => {
    const { world, http, look } = await start();
    const missing = await look(http);
    world.application.interactionsEndpointUrl = 'https://elsewhere.test/discord/interactions';
    const elsewhere = await look(http);
    world.application.interactionsEndpointUrl = `${publicUrl}/discord/interactions`;
    const here = await look(http);

    expect(missing.problems).toEqual(['discord.endpoint-missing']);
    expect(missing.text).toContain(`Write ${publicUrl}/discord/interactions into`);
    expect(elsewhere.problems).toEqual(['discord.endpoint-missing']);
    expect(here.problems).toEqual([]);
  });

  test('over HTTP: the number and the key must be those of the token', async () => {
    const { world, http, look } = await start();
    world.application.interactionsEndpointUrl = `${publicUrl}/discord/interactions`;

    const otherId = await look({ ...http, applicationId: '999999999999999999' });
    const otherKey = await look({ ...http, publicKey: 'cd'.repeat(32) });

    expect(otherId.text).toContain('DISCORD_APPLICATION_ID and DISCORD_TOKEN belong to different');
    expect(otherKey.text).toContain('DISCORD_PUBLIC_KEY and DISCORD_TOKEN belong to different');
  });

  test('over HTTP without a token nothing can be posted, and nobody is asked', async () => {
    const { world, http, look } = await start();

    const { problems } = await look({ ...http, token: null });

    expect(problems).toEqual(['discord.token-missing']);
    expect(world.requests).toEqual([]);
  });

  test('through the gateway: an address that is filled in takes the interactions away', async () => {
    const { world, look } = await start();
    world.application.interactionsEndpointUrl = `${publicUrl}/discord/interactions`;

    expect((await look()).problems).toEqual(['discord.endpoint-set']);
  });

  test('passes on how many connections Discord recommends', async () => {
    const { world, look } = await start();
    world.application.shards = 3;

    expect((await look()).text).toContain('Discord recommends DISCORD_SHARDS=3');
    expect((await look({ shards: 3 })).text).not.toContain('recommends');
  });
});
