import { describe, expect, test } from 'vitest';
import type { Button, DrawnCard } from '../../src/card.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { openDirect } from './server/channel-routes.js';
import * as people from './server/people.js';
import { readText } from './server/read-message.js';
import type { Channel } from './server/world.js';
import { type Discord, withDiscord } from './with-discord.js';

const listData = { id: '1', type: 1, name: 'offer', options: [{ type: 1, name: 'list', options: [] }] };

function directChannel(discord: Discord): Channel {
  const { id } = openDirect(discord.server.world, discord.ann.id) as { id: string };
  const channel = discord.server.world.channels.get(id);
  if (!channel) throw new Error('no direct channel');
  return channel;
}

function card(...actions: Button[]): DrawnCard {
  return { title: 'Royal', tone: 'bad', blocks: [{ type: 'actions', actions }] };
}

describe('who is who', () => {
  test('owners and those who manage the server are admins, others are not', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });

    await discord.type('/offer list');
    await discord.type('/offer list', { person: discord.bob });

    expect(
      dispatch.calls.map(({ caller }) => [caller.user.name, caller.isSurfaceAdmin, caller.channel.name]),
    ).toEqual([
      ['Ann', true, '#casino'],
      ['Bob', false, '#casino'],
    ]);
  });

  test('each server is a workspace of its own, whatever ids are guessed', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const { world } = discord.server;
    const eve = people.addPerson(world, 'Eve');
    const other = people.addGuild(world, eve);
    const lobby = people.addChannel(world, other, 'lobby');
    const guessed = people.createInteraction(
      world,
      'component',
      { person: eve, channel: lobby },
      { custom_id: `b:${discord.guild.id}:button-1`, component_type: 2 },
      { message: { id: world.nextId(), channel_id: lobby.id, author: { id: eve.id, username: 'eve' } } },
    );

    await discord.act(guessed);

    expect(dispatch.calls[0]).toMatchObject({
      command: 'press button-1',
      caller: { workspace: `discord:${other.id}` },
    });
  });

  test('a message for a channel of another server goes nowhere', async () => {
    const discord = await withDiscord({ dispatch: plannedDispatch() });
    const { world } = discord.server;
    const other = people.addGuild(world, people.addPerson(world, 'Eve'));
    const lobby = people.addChannel(world, other, 'lobby');

    const sending = discord.running.messenger.send({
      workspace: `discord:${discord.guild.id}`,
      target: { kind: 'channel', id: lobby.id, name: '#lobby' },
      key: 'out-1',
      card: card(),
      files: [],
    });

    await expect(sending).rejects.toMatchObject({ outcome: 'permanent', reason: 'unknown_channel' });
    expect(discord.publicly(lobby)).toEqual([]);
  });
});

describe('where commands do not belong', () => {
  test('a direct message is refused with a word', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });

    await discord.act(
      people.createInteraction(
        discord.server.world,
        'command',
        { person: discord.ann, channel: directChannel(discord) },
        listData,
      ),
    );

    expect(dispatch.calls).toEqual([]);
    expect(discord.privately().map(readText).join()).toContain('discord.server-needed');
  });

  test('a server that has not installed Tallyman is refused with a word', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const foreign = people.createInteraction(
      discord.server.world,
      'command',
      { person: discord.ann, channel: discord.casino },
      listData,
      { authorizing_integration_owners: { '1': discord.ann.id } },
    );

    await discord.act(foreign);

    expect(dispatch.calls).toEqual([]);
    expect(discord.privately().map(readText).join()).toContain('discord.not-installed');
  });
});

describe('a button in a direct message', () => {
  async function direct() {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    await discord.running.messenger.send({
      workspace: `discord:${discord.guild.id}`,
      target: { kind: 'user', id: discord.ann.id, name: 'Ann' },
      key: 'out-2',
      card: card(
        { id: 'button-retry', label: 'Retry now' },
        { id: 'form:offer renew', label: 'Replace URL' },
      ),
      files: [],
    });
    const [message] = discord.privately();
    if (!message) throw new Error('no direct message');
    return { dispatch, discord, message };
  }

  test('acts in the server that the message is about, once Discord confirms the member', async () => {
    const { dispatch, discord, message } = await direct();

    await discord.press(message, 'Retry now');

    expect(dispatch.calls[0]).toMatchObject({
      command: 'press button-retry',
      caller: { workspace: `discord:${discord.guild.id}`, isSurfaceAdmin: true, isGuest: false },
    });
  });

  test('opens a form that is handed in for the same server', async () => {
    const { dispatch, discord, message } = await direct();
    const channel = directChannel(discord);

    const opened = await discord.press(message, 'Replace URL');
    await discord.submit(opened, { offer: '3', url: 'https://site.test/r' }, { channel });

    expect(dispatch.calls[0]).toMatchObject({
      command: 'offer renew',
      caller: { workspace: `discord:${discord.guild.id}` },
    });
  });

  test('does nothing for somebody who has left the server', async () => {
    const { dispatch, discord, message } = await direct();
    discord.guild.members.delete(discord.ann.id);

    await discord.press(message, 'Retry now');

    expect(dispatch.calls).toEqual([]);
    expect(discord.privately().map(readText).join()).toContain('discord.not-a-member');
  });

  test('does nothing for a server that was only guessed', async () => {
    const { dispatch, discord, message } = await direct();
    const { world } = discord.server;
    const other = people.addGuild(world, people.addPerson(world, 'Eve'));
    const data = { custom_id: `b:${other.id}:button-retry`, component_type: 2 };
    const { message: shown } = {
      message: { id: message.id, channel_id: message.channel, author: { id: '1', username: 'x' } },
    };

    await discord.act(
      people.createInteraction(
        world,
        'component',
        { person: discord.ann, channel: directChannel(discord) },
        data,
        { message: shown },
      ),
    );

    expect(dispatch.calls).toEqual([]);
  });
});
