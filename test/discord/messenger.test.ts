import { describe, expect, test } from 'vitest';
import type { DrawnCard } from '../../src/card.js';
import { addMilliseconds } from '../../src/dates.js';
import type { OutgoingMessage } from '../../src/delivery/outbox.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { keepMessage } from './server/channel-routes.js';
import { readText } from './server/read-message.js';
import type { Fault } from './server/world.js';
import { type Discord, withDiscord } from './with-discord.js';

const posts = /^\/channels\/\d+\/messages$/;

function card(title = 'Royal has stopped', details?: string): DrawnCard {
  const extra = details ? { details: [{ type: 'text' as const, text: details }] } : {};
  return { title, tone: 'bad', blocks: [{ type: 'text', text: 'Since Tue' }], ...extra };
}

async function start() {
  const discord = await withDiscord({ dispatch: plannedDispatch() });
  keepMessage(discord.server.world, { channel: discord.casino.id, author: discord.ann.id });
  return { discord, messenger: discord.running.messenger, world: discord.server.world };
}

function message(discord: Discord, changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    workspace: `discord:${discord.guild.id}`,
    target: { kind: 'channel', id: discord.casino.id, name: '#casino' },
    key: 'out-17',
    card: card(),
    files: [],
    ...changes,
  };
}

function fault(changes: Partial<Fault>): Fault {
  return { method: 'POST', path: posts, when: 'before', answer: 'drop', times: 1, ...changes };
}

describe('a message whose answer was lost', () => {
  test('is doubtful, and is found again in the history', async () => {
    const { discord, messenger, world } = await start();
    world.faults.push(fault({ when: 'after' }));
    const since = new Date(world.now() - 60_000).toISOString();

    await expect(messenger.send(message(discord))).rejects.toMatchObject({ outcome: 'doubtful' });
    const found = await messenger.find(message(discord), since);

    expect(found).toBe(discord.publicly()[0]?.id);
    expect(await messenger.find(message(discord, { key: 'out-18' }), since)).toBe('absent');
  });

  test('does not leave when its process slept over what comes before the post', async () => {
    const { discord, messenger } = await start();

    const sent = messenger.send(message(discord), () => false);

    await expect(sent).rejects.toMatchObject({ outcome: 'unreachable', reason: 'overslept' });
    expect(discord.publicly()).toEqual([]);
  });

  test('is not there twice when it is sent again within minutes', async () => {
    const { discord, messenger, world } = await start();
    world.faults.push(fault({ when: 'after' }));

    await expect(messenger.send(message(discord))).rejects.toMatchObject({ outcome: 'doubtful' });
    const id = await messenger.send(message(discord));

    expect(discord.publicly().map((one) => one.id)).toEqual([id]);
  });

  test('is asked about, not repeated, when the history cannot be read', async () => {
    const { discord, messenger, world } = await start();
    discord.casino.lacks = 'history';

    expect(await messenger.find(message(discord), new Date(world.now()).toISOString())).toBe('unreadable');
  });

  test('is found behind hundreds of later messages', async () => {
    const { discord, messenger, world } = await start();
    const since = addMilliseconds(new Date(world.now()).toISOString(), -60_000);
    for (let index = 0; index < 150; index += 1)
      keepMessage(world, { channel: discord.casino.id, author: discord.bob.id });
    const id = await messenger.send(message(discord));
    for (let index = 0; index < 150; index += 1)
      keepMessage(world, { channel: discord.casino.id, author: discord.bob.id });

    expect(await messenger.find(message(discord), since)).toBe(id);
  });
});

describe('what Discord refuses', () => {
  test.each([
    [404, 10_003, 'unknown_channel'],
    [403, 50_001, 'missing_access'],
    [403, 50_013, 'missing_permissions'],
    [403, 50_007, 'cannot_message_this_person'],
    [403, 50_278, 'cannot_message_this_person'],
    [401, 40_001, 'token_refused'],
    [401, 0, 'token_refused'],
  ])('%i with code %i is permanent: %s', async (answer, code, reason) => {
    const { discord, messenger, world } = await start();
    world.faults.push(fault({ answer, code }));

    await expect(messenger.send(message(discord))).rejects.toMatchObject({ outcome: 'permanent', reason });
  });

  test('too many requests say how long to wait, and nothing is sent before', async () => {
    const { discord, messenger, world } = await start();
    world.faults.push(fault({ answer: 429, retryAfter: 7 }));

    const refused = messenger.send(message(discord));

    await expect(refused).rejects.toMatchObject({ outcome: 'refused', reason: 'rate_limited' });
    await expect(refused).rejects.toSatisfy(
      (error) => (error as { retryAfterMs: number }).retryAfterMs >= 7000,
    );
    expect(world.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('a server error leaves it doubtful and is not repeated', async () => {
    const { discord, messenger, world } = await start();
    world.faults.push(fault({ answer: 502 }));

    await expect(messenger.send(message(discord))).rejects.toMatchObject({ outcome: 'doubtful' });
    expect(world.requests.filter(({ method, path }) => method === 'POST' && posts.test(path))).toHaveLength(
      1,
    );
  });

  test('a deleted channel, a removed bot and closed direct messages are permanent', async () => {
    const { discord, messenger } = await start();
    const direct = message(discord, { target: { kind: 'user', id: discord.bob.id, name: 'Bob' } });
    discord.bob.takesDirect = false;
    const closed = messenger.send(direct);
    await expect(closed).rejects.toMatchObject({
      outcome: 'permanent',
      reason: 'cannot_message_this_person',
    });
    await messenger.send(message(discord));
    discord.guild.hasBot = false;
    const removed = messenger.send(message(discord, { key: 'out-2' }));
    await expect(removed).rejects.toMatchObject({ outcome: 'permanent', reason: 'missing_access' });
    discord.guild.hasBot = true;
    discord.casino.isDeleted = true;
    const gone = messenger.send(message(discord, { key: 'out-3' }));
    await expect(gone).rejects.toMatchObject({ outcome: 'permanent', reason: 'unknown_channel' });
  });

  test('a drawing that is refused goes out as a plain shorter message, which is found again', async () => {
    const { discord, messenger, world } = await start();
    world.faults.push(fault({ answer: 400, code: 50_035 }));

    const id = await messenger.send(message(discord));

    expect(discord.publicly().map(readText).join()).toMatch(
      /Royal has stopped[\s\S]*Since Tue[\s\S]*short form/,
    );
    expect(await messenger.find(message(discord), '2000-01-01T00:00:00.000Z')).toBe(id);
  });

  test('Discord out of reach is refused, not doubtful: nothing was sent', async () => {
    const { discord, messenger } = await start();
    await discord.server.close();

    await expect(messenger.send(message(discord, { key: 'out-9' }))).rejects.toMatchObject({
      outcome: 'unreachable',
    });
  });
});

describe('details', () => {
  test('stand in the thread of the message and are edited with it', async () => {
    const { discord, messenger } = await start();

    const id = await messenger.send(message(discord, { card: card('Digest', 'First details') }));
    await messenger.edit(message(discord, { card: card('Digest', 'Later details'), key: 'out-18' }), id);

    expect(
      discord.publicly().map((one) => [one.channel, readText(one).match(/(First|Later) details/)?.[0]]),
    ).toEqual([
      [discord.casino.id, undefined],
      [id, 'Later details'],
    ]);
  });

  test('that cannot be posted do not make the message doubtful', async () => {
    const { discord, messenger } = await start();
    discord.casino.lacks = 'threads';

    const id = await messenger.send(message(discord, { card: card('Digest', 'Details') }));

    expect(discord.publicly().map((one) => one.id)).toEqual([id]);
  });

  test('that a crash cut off are added when the message is looked for', async () => {
    const { discord, messenger, world } = await start();
    const whole = message(discord, { card: card('Digest', 'The rest') });
    world.faults.push(fault({ path: /threads$/ }));
    await messenger.send(whole);

    await messenger.find(whole, '2000-01-01T00:00:00.000Z');

    expect(discord.publicly().map(readText).join()).toContain('The rest');
  });
});

test('an edit takes away the picture and the buttons of the state before', async () => {
  const { discord, messenger } = await start();
  const chart = {
    title: 'FTD',
    days: ['2026-11-19'],
    bars: { label: 'FTD', values: [1] },
    line: { label: 'NGR', values: [2] },
  };
  const full: DrawnCard = {
    ...card(),
    blocks: [
      { type: 'chart', chart, alt: 'FTD: 1 a day' },
      { type: 'actions', actions: [{ id: 'one', label: 'Acknowledge' }] },
    ],
  };
  const id = await messenger.send(message(discord, { card: full }));
  expect(discord.publicly()[0]?.files.map(({ description }) => description)).toEqual(['FTD: 1 a day']);

  await messenger.edit(message(discord), id);

  expect(discord.publicly()[0]?.files).toEqual([]);
  expect(discord.publicly().map(readText).join()).not.toContain('Acknowledge');
});

test('a file that is too large for Discord is named instead of losing the message', async () => {
  const { discord, messenger } = await start();
  const base64 = Buffer.alloc(11 * 1024 * 1024, 'a').toString('base64');

  await messenger.send(message(discord, { files: [{ name: 'report.csv', mediaType: 'text/csv', base64 }] }));

  expect(discord.publicly().map(readText).join()).toMatch(/Not attached.*report\.csv.*fewer days/);
  expect(discord.publicly()[0]?.files).toEqual([]);
});
