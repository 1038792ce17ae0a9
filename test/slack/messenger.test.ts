import { describe, expect, test } from 'vitest';
import type { DrawnCard } from '../../src/card.js';
import type { OutgoingMessage } from '../../src/delivery/outbox.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { everyBlock } from '../terminal/example-cards.js';
import { readMessage } from './server/read-blocks.js';
import type { Fault } from './server/web-api.js';
import { withSlack } from './with-slack.js';

const long = '2000-01-01T00:00:00.000Z';
const card: DrawnCard = {
  title: 'Royal has stopped',
  tone: 'bad',
  blocks: [{ type: 'text', text: 'Since Tuesday.' }],
};
const detailed: DrawnCard = { ...card, details: [{ type: 'text', text: 'Three tries since 07:10.' }] };
const csv = {
  name: 'digest.csv',
  mediaType: 'text/csv',
  base64: Buffer.from('day,ftds\n').toString('base64'),
};

function post(given: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const target = { kind: 'channel' as const, id: 'C0CASINO', name: '#casino' };
  return { workspace: 'slack:T0CASINO', target, key: 'out-1', card, files: [], ...given };
}

async function start(timeoutMs?: number) {
  const under = await withSlack({ dispatch: plannedDispatch(), ...(timeoutMs ? { timeoutMs } : {}) });
  return { ...under, messenger: under.slack.messenger, messages: under.server.state.messages };
}

describe('a post in Slack', () => {
  test('carries its key, unfolds no links, and has words for notifications', async () => {
    const { messenger, server } = await start();

    await messenger.send(post());

    expect(server.callsOf('chat.postMessage')).toMatchObject([
      {
        channel: 'C0CASINO',
        text: '❌ Royal has stopped',
        metadata: { event_type: 'tallyman_message', event_payload: { key: 'out-1' } },
        unfurl_links: 'false',
        unfurl_media: 'false',
      },
    ]);
  });

  test('keeps its details and files in the thread', async () => {
    const { messenger, messages, server } = await start();

    const id = await messenger.send(post({ card: detailed, files: [csv] }));

    const [main, details, file] = messages;
    expect(id).toBe(`C0CASINO:${main?.ts}`);
    expect(readMessage(main ?? expect.fail())).not.toContain('Three tries');
    expect(details).toMatchObject({ threadTs: main?.ts });
    expect(readMessage(details ?? expect.fail())).toContain('Three tries since 07:10.');
    expect(file).toMatchObject({ threadTs: main?.ts, files: [server.state.files[0]?.id] });
  });

  test('edits the details with the message, and adds none twice', async () => {
    const { messenger, messages } = await start();
    const id = await messenger.send(post({ card: detailed, files: [csv] }));

    const details = [{ type: 'text' as const, text: 'Back since noon.' }];
    await messenger.edit(
      post({ key: 'out-2', card: { ...detailed, title: 'Royal is back', details }, files: [csv] }),
      id,
    );

    expect(messages.map((message) => message.edits)).toEqual([1, 1, 0]);
    expect(readMessage(messages[1] ?? expect.fail())).toContain('Back since noon.');
  });

  test("shows the digest's chart as an image inside the message, with its text for who cannot see it", async () => {
    const { messenger, messages } = await start();

    await messenger.send(post({ card: everyBlock }));

    const image = messages[0]?.blocks.find((block) => block.type === 'image');
    expect(image).toMatchObject({
      slack_file: { id: expect.any(String) },
      alt_text: expect.stringContaining('FTD'),
    });
  });

  test.each<[string, Fault]>([
    ['files.getUploadURLExternal', { kind: 'error', code: 'missing_scope' }],
    ['files.completeUploadExternal', { kind: 'status', status: 503 }],
    ['files.info', { kind: 'dropped' }],
  ])('goes out with the text of the chart when %s fails', async (method, fault) => {
    const { messenger, messages, server } = await start();
    server.fail(method, fault);

    await messenger.send(post({ card: everyBlock }));

    expect(readMessage(messages[0] ?? expect.fail())).toContain('FTD between 0 and 18 a day');
    expect(messages[0]?.blocks.some((block) => block.type === 'image')).toBe(false);
  });

  test('does not leave when its process slept over the uploads before it', async () => {
    const { messenger, messages } = await start();

    const sent = messenger.send(post({ card: everyBlock }), () => false);

    await expect(sent).rejects.toMatchObject({ outcome: 'unreachable', reason: 'overslept' });
    expect(messages).toEqual([]);
  });

  test.each(['invalid_blocks', 'msg_blocks_too_long'])(
    'is sent once more as plain text after %s',
    async (code) => {
      const { messenger, messages, server } = await start();
      server.fail('chat.postMessage', { kind: 'error', code });

      await messenger.send(post());

      expect(server.callsOf('chat.postMessage')).toHaveLength(2);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ blocks: [], text: expect.stringContaining('Since Tuesday.') });
      expect(await messenger.find(post(), long)).toBe(`C0CASINO:${messages[0]?.ts}`);
    },
  );
});

describe('a post that Slack does not take', () => {
  test.each([
    ['channel_not_found', 'permanent'],
    ['is_archived', 'permanent'],
    ['not_in_channel', 'permanent'],
    ['account_inactive', 'permanent'],
    ['token_revoked', 'permanent'],
    ['invalid_auth', 'permanent'],
    ['restricted_action', 'permanent'],
    ['internal_error', 'doubtful'],
    ['team_added_to_org', 'refused'],
  ])('%s is %s, and is tried once', async (code, outcome) => {
    const { messenger, server } = await start();
    server.fail('chat.postMessage', { kind: 'error', code });

    await expect(messenger.send(post())).rejects.toMatchObject({ outcome, reason: code });
    expect(server.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('waits as long as Slack says', async () => {
    const { messenger, server } = await start();
    server.fail('chat.postMessage', { kind: 'rate-limited', seconds: 17 });

    await expect(messenger.send(post())).rejects.toMatchObject({
      outcome: 'refused',
      reason: 'ratelimited',
      retryAfterMs: 17_000,
    });
    expect(server.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('waits with the whole message when it is told to wait with its chart', async () => {
    const { messenger, server } = await start();
    server.fail('files.getUploadURLExternal', { kind: 'rate-limited', seconds: 9 });

    await expect(messenger.send(post({ card: everyBlock }))).rejects.toMatchObject({
      outcome: 'refused',
      retryAfterMs: 9_000,
    });
    expect(server.callsOf('chat.postMessage')).toHaveLength(0);
  });

  test('an archived channel, a bot that was removed and a revoked token are permanent', async () => {
    const { messenger, server } = await start();
    const [channel] = server.state.channels;
    const [team] = server.state.teams;
    if (!channel || !team) throw new Error('not furnished');

    channel.isArchived = true;
    await expect(messenger.send(post())).rejects.toMatchObject({
      outcome: 'permanent',
      reason: 'is_archived',
    });
    channel.isArchived = false;
    channel.hasBot = false;
    await expect(messenger.send(post())).rejects.toMatchObject({
      outcome: 'permanent',
      reason: 'not_in_channel',
    });
    team.refused = 'token_revoked';
    await expect(messenger.send(post())).rejects.toMatchObject({
      outcome: 'permanent',
      reason: 'token_revoked',
    });
    expect(server.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('for a workspace without the bot is permanent, and nothing is called', async () => {
    const { messenger, server } = await start();
    const before = server.state.calls.length;

    const sent = messenger.send(post({ workspace: 'slack:T0OTHER' }));

    await expect(sent).rejects.toMatchObject({ outcome: 'permanent', reason: 'app_uninstalled' });
    expect(server.state.calls.slice(before).map(({ method }) => method)).not.toContain('chat.postMessage');
  });

  test('an edit of a message that somebody deleted concerns that message alone', async () => {
    const { messenger } = await start();

    const edited = messenger.edit(post(), 'C0CASINO:1.000001');

    await expect(edited).rejects.toMatchObject({ outcome: 'permanent', reason: 'message_not_found' });
  });
});

describe('a post whose answer was lost', () => {
  test('is doubtful, is found by its key, and stands there once', async () => {
    const { messenger, messages, server } = await start();
    server.fail('chat.postMessage', { kind: 'lost' });

    await expect(messenger.send(post())).rejects.toMatchObject({
      outcome: 'doubtful',
      reason: 'connection_lost',
    });

    expect(await messenger.find(post(), long)).toBe(`C0CASINO:${messages[0]?.ts}`);
    expect(messages).toHaveLength(1);
  });

  test('that never got there is doubtful too, and is not found', async () => {
    const { messenger, server } = await start();
    server.fail('chat.postMessage', { kind: 'dropped' });

    await expect(messenger.send(post())).rejects.toMatchObject({ outcome: 'doubtful' });
    expect(await messenger.find(post(), long)).toBe('absent');
  });

  test('comes too late: doubtful', async () => {
    const { messenger, server } = await start(150);
    let release: () => void = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.fail('chat.postMessage', { kind: 'held', until });

    await expect(messenger.send(post())).rejects.toMatchObject({ outcome: 'doubtful', reason: 'timed_out' });
    release();
  });

  test('gets its thread when it is found, and only once', async () => {
    const { messenger, messages, server } = await start();
    server.fail('chat.postMessage', { kind: 'lost' });
    const message = post({ card: detailed, files: [csv] });
    await expect(messenger.send(message)).rejects.toMatchObject({ outcome: 'doubtful' });

    const found = await messenger.find(message, long);
    await messenger.find(message, long);

    expect(found).toBe(`C0CASINO:${messages[0]?.ts}`);
    expect(messages.map(({ threadTs }) => threadTs)).toEqual([null, messages[0]?.ts, messages[0]?.ts]);
  });

  test('whose thread failed is not posted again: looking for it completes it', async () => {
    const { messenger, messages, server } = await start();
    server.fail(
      'chat.postMessage',
      { kind: 'held', until: Promise.resolve() },
      { kind: 'status', status: 503 },
    );
    const message = post({ card: detailed });

    await expect(messenger.send(message)).rejects.toMatchObject({
      outcome: 'doubtful',
      reason: 'thread_incomplete',
    });
    expect(await messenger.find(message, long)).toBe(`C0CASINO:${messages[0]?.ts}`);

    expect(messages.map(({ threadTs }) => threadTs)).toEqual([null, messages[0]?.ts]);
  });

  test('is looked for in a narrow window, over several pages', async () => {
    const { messenger, messages, server } = await start();
    const id = await messenger.send(post());
    for (let index = 0; index < 450; index += 1) {
      messages.push({
        ...(messages[0] ?? expect.fail()),
        ts: `${Number(messages[0]?.ts) + 1}`,
        metadata: null,
      });
    }

    expect(await messenger.find(post(), long)).toBe(id);
    const [first] = server.callsOf('conversations.history');
    expect(first).toMatchObject({ include_all_metadata: 'true', oldest: '946684800.000000' });
    expect(Number(first?.latest) * 1000).toBeLessThan(server.state.now() + 180_000);
  });

  test('in a history that cannot be read is a question for a person', async () => {
    const { messenger, server } = await start();
    server.fail('conversations.history', { kind: 'error', code: 'missing_scope' });

    expect(await messenger.find(post(), long)).toBe('unreadable');
    server.fail('conversations.history', { kind: 'rate-limited', seconds: 30 });
    await expect(messenger.find(post(), long)).rejects.toMatchObject({
      outcome: 'refused',
      retryAfterMs: 30_000,
    });
  });
});

describe('a channel that another company reads', () => {
  test('is refused at each post until an admin has confirmed it', async () => {
    const { messenger, messages, server, stores } = await start();
    const [channel] = server.state.channels;
    await messenger.send(post());
    if (channel) channel.isShared = true;

    await expect(messenger.send(post({ key: 'out-2' }))).rejects.toMatchObject({
      outcome: 'permanent',
      reason: 'channel_shared',
    });
    await stores.installations.confirmShared(
      'slack:T0CASINO',
      'C0CASINO',
      'U0ANN',
      '2026-11-20T09:00:00.000Z',
    );
    await messenger.send(post({ key: 'out-3' }));

    expect(messages).toHaveLength(2);
  });
});
