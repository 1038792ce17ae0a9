import { expect, test } from 'vitest';
import type { DrawnCard } from '../../src/card.js';
import type { Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Reply } from '../../src/dispatch.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { recordBody } from '../discord/server/record-body.js';
import { createWorld } from '../discord/server/world.js';
import { recordAcknowledgement, recordCall, recordResponse } from '../slack/server/record-call.js';
import { emptyState, type SlackState } from '../slack/server/state.js';
import { ann } from '../support/with-bot.js';
import { createLedger, type Ledger } from './ledger.js';
import { witnessedDispatch, witnessedMessenger } from './witness.js';

const secret = 'NGR 12,430.55';
const figures: DrawnCard = { title: secret, tone: 'plain', blocks: [] };

function slack(): { readonly ledger: Ledger; readonly state: SlackState } {
  const state = emptyState();
  const common = { teamId: 'T0', isPrivate: false, isArchived: false, isShared: false, hasBot: true };
  state.channels.push({ ...common, id: 'C0CASINO', name: 'casino' });
  state.channels.push({ ...common, id: 'D0ANN', name: '', with: 'U0ANN' });
  const until = Number.POSITIVE_INFINITY;
  state.responses.set('/response/1', { user: 'U0ANN', channel: 'C0CASINO', until, uses: 0 });
  return { ledger: createLedger(null), state };
}

test('a figure in a Slack message is a leak in a channel, and none in a direct or ephemeral message', () => {
  const { ledger, state } = slack();

  recordCall(ledger, state, 'chat.postMessage', { channel: 'D0ANN', text: secret });
  recordCall(ledger, state, 'chat.postEphemeral', { channel: 'C0CASINO', user: 'U0ANN', text: secret });
  recordResponse(ledger, state, '/response/1', { response_type: 'ephemeral', text: secret });
  expect(ledger.verdict().wrong).toEqual([]);

  recordCall(ledger, state, 'chat.postMessage', { channel: 'C0CASINO', text: secret });
  recordCall(ledger, state, 'chat.update', { channel: 'C0CASINO', ts: '1.1', text: secret });
  recordResponse(ledger, state, '/response/1', { response_type: 'in_channel', text: secret });
  expect(ledger.verdict().wrong.map((fault) => fault.split(' ')[0])).toEqual([
    'chat.postMessage',
    'chat.update',
    'response_url',
  ]);
});

test('a file in Slack is judged where it is shared', () => {
  const { ledger, state } = slack();
  const content = Buffer.from('day,ngr\n2026-11-19,12430.55\n');
  const file = { id: 'F1', teamId: 'T0', name: 'a.csv', altText: '', length: content.length, complete: true };
  state.files.push({ ...file, content });

  recordCall(ledger, state, 'files.completeUploadExternal', { files: [{ id: 'F1' }], channel_id: 'D0ANN' });
  expect(ledger.verdict().wrong).toEqual([]);

  recordCall(ledger, state, 'files.completeUploadExternal', {
    files: [{ id: 'F1' }],
    channel_id: 'C0CASINO',
  });
  expect(ledger.verdict().wrong.join()).toMatch(/\/files\/2 shows 12430\.55/);
});

test('what Slack would refuse is wrong although the bot would fall back on a plain text', () => {
  const { ledger, state } = slack();

  recordCall(ledger, state, 'chat.postMessage', {
    channel: 'C0CASINO',
    text: 'x',
    blocks: [{ type: 'map' }],
  });
  recordCall(ledger, state, 'chat.postMessage', { channel: 'C0CASINO', blocks: [] });
  recordAcknowledgement(ledger, { text: 'done' });

  expect(ledger.verdict().wrong).toEqual([
    'chat.postMessage invalid_blocks: no such block: map',
    'chat.postMessage /text is missing: notifications would be empty',
    'choices /options is not at most 100 choices',
  ]);
});

test('a figure in a Discord answer is a leak unless the answer is ephemeral or in a direct message', () => {
  const ledger = createLedger(null);
  const world = createWorld();
  const place = { type: 0, guild: '1', parent: null, isDeleted: false, lacks: null } as const;
  world.channels.set('334455667788990011', {
    ...place,
    id: '334455667788990011',
    name: 'casino',
    recipient: null,
  });
  world.channels.set('334455667788990022', {
    ...place,
    id: '334455667788990022',
    name: '',
    recipient: 'ann',
  });
  const send = (path: string, json: unknown) =>
    recordBody(ledger, world, { method: 'POST', path }, { json, files: [], faults: [] });

  send('/channels/334455667788990022/messages', { content: secret });
  expect(ledger.verdict().wrong).toEqual([]);

  send('/channels/334455667788990011/messages', { content: secret });
  expect(ledger.verdict().wrong).toEqual([
    'POST /channels/:id/messages /content shows 12,430.55 to a channel that was not given it, and it stands in a private answer',
  ]);
});

test('what the core gives to a channel, by a message or an answer for everybody, is no leak there', async () => {
  const { ledger, state } = slack();
  const dispatch = plannedDispatch();
  dispatch.answers.set('digest list', { private: false, card: figures });
  const witnessed = witnessedDispatch(dispatch, ledger);
  const caller = { ...ann, channel: { id: 'C0CASINO', name: '#casino' } };

  const reply = await run(witnessed.prepareLine('/digest list', caller, false));
  recordCall(ledger, state, 'chat.postMessage', { channel: 'C0CASINO', text: reply?.card.title });
  expect(ledger.verdict().wrong).toEqual([]);

  dispatch.answers.set('report', { card: { ...figures, title: 'NGR 99,000.10' } });
  const hidden = await run(witnessed.prepareLine('/report', caller, false));
  recordCall(ledger, state, 'chat.postMessage', { channel: 'C0CASINO', text: hidden?.card.title });
  expect(ledger.verdict().wrong).toHaveLength(1);
});

test('figures that the core gives to a channel without offers are wrong, and words are not', async () => {
  const { ledger } = slack();
  const silent: Messenger = { send: async () => '1', edit: async () => {}, find: async () => 'absent' };
  const messenger = witnessedMessenger(silent, ledger, async () => ['C0CASINO']);
  const message = (id: string, title: string): OutgoingMessage => ({
    workspace: 'slack:T0',
    target: { kind: 'channel', id, name: '#x' },
    key: 'out-1',
    card: { ...figures, title },
    files: [],
  });

  await messenger.send(message('C0CASINO', secret));
  await messenger.send(message('C0LOBBY', 'Royal has stopped'));
  expect(ledger.verdict().wrong).toEqual([]);

  await messenger.send(message('C0LOBBY', secret));
  expect(ledger.verdict().wrong).toEqual(['C0LOBBY is given 12,430.55, and no offer has that channel']);
});

async function run(
  preparing: ReturnType<ReturnType<typeof plannedDispatch>['prepareLine']>,
): Promise<Reply | null> {
  const prepared = await preparing;
  return prepared.kind === 'run' ? prepared.run() : null;
}
