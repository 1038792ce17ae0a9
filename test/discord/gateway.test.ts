import { describe, expect, test } from 'vitest';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { shardOf } from './server/gateway.js';
import * as people from './server/people.js';
import { readText } from './server/read-message.js';
import type { Guild, Person, World } from './server/world.js';
import { soon, withDiscord } from './with-discord.js';

/** A new server of this shard of two; ids follow the clock. */
function guildOf(world: World, owner: Person, shard: number): Guild {
  const guild = people.addGuild(world, owner);
  if (shardOf(guild.id, 2) === shard) return guild;
  world.guilds.delete(guild.id);
  world.advance(1);
  return guildOf(world, owner, shard);
}

const report = { id: '1', type: 1, name: 'report', options: [] };

describe('the gateway', () => {
  test('is opened without any intent', async () => {
    const { server } = await withDiscord({ dispatch: plannedDispatch() });

    expect(server.gateway.said).toContain('identify');
    expect(server.gateway.intents).toEqual([0]);
  });

  test('resumes after a drop, and answers what was typed meanwhile, once', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const { gateway, world } = discord.server;
    await discord.type('/report');

    gateway.drop();
    await expect.poll(() => gateway.sessions[0]?.socket).toBeNull();
    const meanwhile = people.createInteraction(
      world,
      'command',
      { person: discord.ann, channel: discord.casino },
      report,
    );
    people.deliver(discord.server, meanwhile);
    await soon(meanwhile.whenAnswered, 'what was typed during the drop was lost');
    await discord.running.settle();

    expect(gateway.said).toContain('resume');
    expect(dispatch.calls).toHaveLength(2);
    expect(discord.privately()).toHaveLength(2);
  });

  test('connects again when Discord asks for it', async () => {
    const discord = await withDiscord({ dispatch: plannedDispatch() });
    const { gateway } = discord.server;

    gateway.ask('reconnect');
    await expect.poll(() => gateway.said, { timeout: 5000 }).toContain('resume');
    await discord.type('/report');

    expect(discord.privately().map(readText).join()).toContain('Answer of report');
  });

  test('identifies afresh when its session is void', async () => {
    const discord = await withDiscord({ dispatch: plannedDispatch() });
    const { gateway } = discord.server;

    gateway.ask('invalid-session');
    await expect
      .poll(() => gateway.said.filter((word) => word === 'identify').length, { timeout: 15_000 })
      .toBe(2);
    await expect.poll(() => gateway.sessions.at(-1)?.socket, { timeout: 5000 }).not.toBeNull();
    await discord.type('/report');

    expect(discord.privately()).toHaveLength(1);
  });

  test('an event that comes twice is acted on once', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const once = people.createInteraction(
      discord.server.world,
      'command',
      { person: discord.ann, channel: discord.casino },
      report,
    );

    people.deliver(discord.server, once);
    people.deliver(discord.server, once);
    await soon(once.whenAnswered, 'not answered');
    await discord.running.settle();

    expect(dispatch.calls).toHaveLength(1);
  });

  test('an interaction of a shape that the library does not know ends nothing', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const data = { custom_id: 'b::button-1', component_type: 2 };
    const place = { person: discord.ann, channel: discord.casino };

    await discord.act(people.createInteraction(discord.server.world, 'component', place, data));

    expect(dispatch.calls).toMatchObject([{ command: 'press button-1' }]);
  });

  test('opens as many shards as it is told, and hears every server', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch, shards: 2 });

    await discord.type('/report');

    expect(discord.server.gateway.sessions.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(dispatch.calls).toHaveLength(1);
  });

  test('each server is heard by the shard that it belongs to, and answered once', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch, shards: 2 });
    const { gateway, world } = discord.server;
    const channels = [0, 1].map((shard) =>
      people.addChannel(world, guildOf(world, discord.ann, shard), 'casino'),
    );

    for (const channel of channels) await discord.type('/report', { channel });

    const heard = gateway.sessions.map(({ sent }) => {
      const interactions = sent.filter(({ t }) => t === 'INTERACTION_CREATE');
      return interactions.map(({ d }) => (d as { guild_id: string }).guild_id);
    });
    expect(heard).toEqual(channels.map(({ guild }) => [guild]));
    expect(dispatch.calls).toHaveLength(2);
    expect(discord.privately()).toHaveLength(2);
  });

  test('goes on trying while Discord is down at the start', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({
      dispatch,
      firstWaitMs: 20,
      before: ({ world }) => {
        world.faults.push({ method: 'GET', path: /gateway/, when: 'before', answer: 503, times: 2 });
      },
    });
    await expect.poll(() => discord.server.gateway.sessions.length, { timeout: 5000 }).toBe(1);
    await expect.poll(() => discord.server.world.registrations, { timeout: 5000 }).toBe(1);

    await discord.type('/report');

    expect(dispatch.calls).toHaveLength(1);
  });

  test('comes back by itself after Discord was down, and posts and answers again', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const { server } = discord;
    const post = {
      workspace: `discord:${discord.guild.id}`,
      target: { kind: 'channel', id: discord.casino.id, name: '#casino' },
      key: 'out-1',
      card: { title: 'Royal has stopped', tone: 'bad', blocks: [] },
      files: [],
    } as const;
    await server.goDown();
    await expect(discord.running.messenger.send(post)).rejects.toMatchObject({ outcome: 'unreachable' });
    await expect
      .poll(() => discord.logged.map(({ message }) => message), { timeout: 5000 })
      .toContain('Discord connection is made again');

    await server.comeBack();
    await expect
      .poll(() => server.gateway.sessions.at(-1)?.socket ?? null, { timeout: 20_000 })
      .not.toBeNull();
    await discord.running.messenger.send(post);
    await discord.type('/report');

    expect(discord.publicly()).toHaveLength(1);
    expect(dispatch.calls).toHaveLength(1);
  });

  test('says what to do when the token is refused', async () => {
    const refused = withDiscord({
      dispatch: plannedDispatch(),
      before: ({ world }) => {
        world.faults.push({ method: 'GET', path: /gateway/, when: 'before', answer: 401, times: 1 });
      },
    });

    await expect(refused).rejects.toMatchObject({ problem: { code: 'discord.token-refused' } });
  });
});
