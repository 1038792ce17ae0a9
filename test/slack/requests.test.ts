import { describe, expect, test } from 'vitest';
import type { Button, DrawnCard } from '../../src/card.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { recordingDispatch } from '../contracts/recording-dispatch.js';
import type { Json } from './server/state.js';
import { startDriver } from './slack-driver.js';

const url = 'https://site.test/report?token=test-token-12345678';

function secretCard(): DrawnCard {
  return { title: 'NGR 12,430.55', tone: 'good', blocks: [{ type: 'text', text: `The token of ${url}` }] };
}

describe('acknowledgements', () => {
  test('50 commands at once are acknowledged within 3 s while their work takes long', async () => {
    const dispatch = plannedDispatch();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    dispatch.answers.set('report', { held });
    const driver = await startDriver(dispatch);

    const payloads = Array.from({ length: 50 }, () => driver.command('/report range:7d'));
    const acks = await Promise.all(
      payloads.map((payload) => driver.deliver({ type: 'slash_commands', payload })),
    );
    release();
    await driver.slack.settled();

    expect(Math.max(...acks.map((ack) => ack?.afterMs ?? Number.POSITIVE_INFINITY))).toBeLessThan(3_000);
    expect(driver.privately()).toHaveLength(50);
    expect(dispatch.calls).toHaveLength(50);
  });

  test('say nothing in the channel', async () => {
    const driver = await startDriver(plannedDispatch());

    const ack = await driver.deliver({ type: 'slash_commands', payload: driver.command('/offer list') });

    expect(ack?.payload).toBeNull();
  });
});

describe('what was typed', () => {
  test.each([
    ['/offer check <https://site.test/r?a=1&amp;b=2>', 'https://site.test/r?a=1&b=2'],
    ['/offer check <https://site.test/r?a=1&amp;b=2|site.test/r>', 'https://site.test/r?a=1&b=2'],
    ['/offer check https://site.test/r?a=1&amp;b=2', 'https://site.test/r?a=1&b=2'],
    ['/offer check \u200bhttps://site.test/r?columns[]=ngr\u00a0', 'https://site.test/r?columns[]=ngr'],
  ])('%s arrives as it was meant', async (line, expected) => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);

    await driver.type(line);

    expect(dispatch.calls[0]?.options).toEqual({ url: expected });
  });

  test('smart quotes hold a name together', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);

    await driver.type('/offer show “Lucky Star”');

    expect(dispatch.calls[0]?.options).toEqual({ offer: 'Lucky Star' });
  });

  test('a channel by name becomes its id, this one without asking', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    driver.server.addChannel({ id: 'C0DIGEST', teamId: 'T0CASINO', name: 'digests' });

    await driver.type(`/offer add ${url} channel:#casino`);
    await driver.type(`/offer add ${url} channel:digests`);
    await driver.type(`/offer add ${url} channel:<#C0DIGEST>`);

    expect(dispatch.calls.map(({ options }) => options.channel)).toEqual([
      '<#C0CASINO|casino>',
      '<#C0DIGEST|digests>',
      '<#C0DIGEST|digests>',
    ]);
    expect(driver.server.callsOf('conversations.list')).toHaveLength(1);
  });

  test('a channel that is not to be found is said with its remedy, and nothing is run', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);

    await driver.type(`/offer add ${url} channel:#nowhere`);

    expect(driver.privately().join('\n')).toContain('Type /invite @Tallyman in #nowhere.');
    expect(dispatch.calls).toEqual([]);
  });
});

describe('answers', () => {
  test('an answer to a line with a secret is private, whatever the command says', async () => {
    const dispatch = plannedDispatch();
    dispatch.answers.set('offer check', { private: false, card: secretCard() });
    const driver = await startDriver(dispatch);

    await driver.type(`/offer check ${url}`);

    expect(driver.publicly()).toEqual([]);
    expect(driver.privately().join('\n')).toContain('NGR 12,430.55');
  });

  test('nothing of a private answer stands in any public body', async () => {
    const dispatch = plannedDispatch();
    for (const name of ['offer add', 'report', 'press more'])
      dispatch.answers.set(name, { card: secretCard() });
    const actions: Button[] = [{ id: 'more', label: 'More' }];
    const driver = await startDriver(dispatch);
    await driver.messenger.send({
      workspace: driver.workspace,
      target: driver.target('#casino'),
      key: 'out-1',
      card: { title: 'Royal', tone: 'plain', blocks: [{ type: 'actions', actions }] },
      files: [],
    });

    await driver.type('/report');
    await driver.type(`/offer add ${url}`);
    await driver.type('/offer add');
    await driver.submit({ url });
    await driver.press('More', 'bob');

    const direct = driver.server.state.channels.filter((channel) => channel.with).map(({ id }) => id);
    const bodies = driver.server.state.calls
      .filter(({ method, args }) => method.startsWith('chat.post') && !direct.includes(String(args.channel)))
      .filter(({ method }) => method !== 'chat.postEphemeral')
      .map(({ args }) => JSON.stringify(args))
      .join('\n');
    expect(dispatch.calls).toHaveLength(4);
    expect(bodies).not.toMatch(/12,430|test-token/);
    const responses = driver.server.callsOf('response_url');
    expect(
      responses.every((body) => body.response_type === 'ephemeral' && body.replace_original === false),
    ).toBe(true);
  });

  test('go to the caller alone by another way when the answering address is used up, and by message after that', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    const spent = async () => {
      const payload = driver.command('/offer list');
      for (const address of driver.server.state.responses.values()) address.uses = 5;
      await driver.deliver({ type: 'slash_commands', payload });
      await driver.slack.settled();
    };

    await spent();
    const [channel] = driver.server.state.channels;
    if (channel) channel.hasBot = false;
    await spent();

    expect(driver.server.state.whispers.map(({ via }) => via)).toEqual(['postEphemeral']);
    expect(driver.privately()).toHaveLength(2);
    expect(driver.publicly()).toEqual([]);
  });

  test('a public answer in a channel without the bot is shown to the caller alone', async () => {
    const dispatch = plannedDispatch();
    dispatch.answers.set('digest list', { private: false });
    const driver = await startDriver(dispatch);
    const [channel] = driver.server.state.channels;
    if (channel) channel.hasBot = false;

    await driver.type('/digest list');

    expect(driver.publicly()).toEqual([]);
    expect(driver.privately().join('\n')).toContain('Answer of digest list');
  });

  test('a public answer in a channel that another company reads is shown to the caller alone', async () => {
    const dispatch = plannedDispatch();
    dispatch.answers.set('digest list', { private: false });
    const driver = await startDriver(dispatch);
    const [channel] = driver.server.state.channels;
    if (channel) channel.isShared = true;

    await driver.type('/digest list');

    expect(driver.publicly()).toEqual([]);
    expect(driver.privately().join('\n')).toContain('Answer of digest list');
  });

  test('progress leaves room for the answer in the five uses of the address', async () => {
    const dispatch = plannedDispatch();
    const progress = Array.from({ length: 9 }, (_, index) => {
      return { title: `Step ${index}`, tone: 'plain' as const, blocks: [] };
    });
    dispatch.answers.set('report', { progress });
    const driver = await startDriver(dispatch);

    await driver.type('/report');

    expect(driver.server.callsOf('response_url')).toHaveLength(3);
    expect(driver.privately().join('\n')).toContain('Answer of report');
  });

  test('an answering address that is not Slack’s is never called', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    const payload: Json = { ...driver.command('/offer list'), response_url: 'https://evil.test/collect' };

    await driver.deliver({ type: 'slash_commands', payload });
    await driver.slack.settled();

    expect(driver.server.state.whispers.map(({ via }) => via)).toEqual(['postEphemeral']);
  });
});

describe('who is let in', () => {
  test.each(['is_restricted', 'is_ultra_restricted', 'is_stranger', 'deleted'])(
    '%s is a guest',
    async (flag) => {
      const dispatch = plannedDispatch();
      const driver = await startDriver(dispatch);
      const index = driver.server.state.users.findIndex(({ id }) => id === 'U0BOB');
      driver.server.state.users.splice(index, 1);
      driver.server.addUser({
        id: 'U0BOB',
        teamId: 'T0CASINO',
        name: 'Bob',
        flags: { [flag]: true, is_admin: true },
      });

      await driver.type('/offer list', 'bob');

      expect(dispatch.calls[0]?.caller).toMatchObject({ isGuest: true, isSurfaceAdmin: false });
    },
  );

  test('admins of the workspace are admins, others are not', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);

    await driver.type('/offer list', 'ann');
    await driver.type('/offer list', 'bob');

    expect(dispatch.calls.map(({ caller }) => caller.isSurfaceAdmin)).toEqual([true, false]);
    expect(dispatch.calls.map(({ caller }) => caller.user.name)).toEqual(['Ann', 'Bob']);
  });

  test('nobody is let in while Slack does not say who asks', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    driver.server.fail('users.info', { kind: 'status', status: 503 });

    await driver.type('/offer list');

    expect(dispatch.calls).toEqual([]);
    expect(driver.privately().join('\n')).toContain('Slack did not tell who is asking.');
  });

  test('a fault of our own is a number and nothing else', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver({
      ...dispatch,
      prepare: () => Promise.reject(new Error('disk full at test-token-1')),
    });

    await driver.type('/offer list');

    const shown = driver.privately().join('\n');
    expect(shown).toContain('Something went wrong on our side.');
    expect(shown).not.toMatch(/disk|test-token/);
  });

  test('somebody of another team who presses a button in a shared channel is a guest', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    driver.server.addUser({ id: 'U0FOREIGN', teamId: 'T0OTHER', name: 'Eve', flags: { is_stranger: true } });

    await driver.deliver({
      type: 'interactive',
      payload: {
        type: 'block_actions',
        team: { id: 'T0CASINO' },
        user: { id: 'U0FOREIGN', team_id: 'T0OTHER' },
        channel: { id: 'C0CASINO', name: 'casino' },
        trigger_id: 'x',
        actions: [{ type: 'button', action_id: 'more', block_id: 'b' }],
      },
    });
    await driver.slack.settled();

    expect(dispatch.calls).toMatchObject([{ command: 'press more', caller: { isGuest: true } }]);
  });
});

describe('forms', () => {
  test('a form that could not open in its three seconds is answered with the command on one line', async () => {
    const driver = await startDriver(plannedDispatch());
    driver.server.fail('views.open', { kind: 'error', code: 'expired_trigger_id' });

    await driver.type('/offer add');

    expect(driver.privately().join('\n')).toContain(
      'Write it on one line instead: offer add https://site.test/report',
    );
  });

  test('a form that comes back with another’s place, or a made-up one, knows no place at all', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    await driver.type('/offer add');
    const [open] = driver.server.state.modals;
    const submitted = (user: string, metadata: unknown): Json => ({
      type: 'view_submission',
      team: { id: 'T0CASINO' },
      user: { id: user, team_id: 'T0CASINO' },
      view: {
        ...open?.view,
        private_metadata: metadata,
        state: { values: { url: { url: { value: url } } } },
      },
    });

    for (const payload of [
      submitted('U0BOB', open?.view.private_metadata),
      submitted('U0ANN', JSON.stringify({ formId: 'form:offer add', channelId: 'C0CASINO' })),
    ]) {
      await driver.deliver({ type: 'interactive', payload });
      await driver.slack.settled();
    }

    expect(dispatch.calls.filter(({ command }) => command === 'offer add')).toEqual([]);
  });

  test('a form that takes long to look at is closed in time, and its fault is said by message', async () => {
    const dispatch = plannedDispatch();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = {
      ...dispatch,
      async submit(...given: Parameters<typeof dispatch.submit>) {
        await held;
        const refused = await dispatch.prepareLine('/offer shwo', given[2], false);
        const problem = { code: 'command.bad-value', what: 'Not a day.', why: '', fix: [] };
        return refused.kind === 'run' ? { ...refused, refused: { option: 'from', problem } } : refused;
      },
    };
    const driver = await startDriver(slow, { formPatienceMs: 10 });
    await driver.type('/offer add');
    const [open] = driver.server.state.modals;

    const ack = await driver.deliver({
      type: 'interactive',
      payload: {
        type: 'view_submission',
        team: { id: 'T0CASINO' },
        user: { id: 'U0ANN', team_id: 'T0CASINO' },
        view: { ...open?.view, state: { values: { from: { from: { selected_date: null } } } } },
      },
    });
    release();
    await driver.slack.settled();

    expect(ack).toMatchObject({ payload: null });
    expect(driver.privately().join('\n')).toContain('offer show');
  });

  test('a file that another person uploaded, or that Slack does not hand over, is not read', async () => {
    const { dispatch, calls } = await recordingDispatch();
    const driver = await startDriver(dispatch);
    const file = { name: 'offers.csv', content: 'https://site.test/report?token=test-token-12345678' };
    const { files } = driver.server.state;
    const { push } = files;
    files.push = (...stored) =>
      push.apply(
        files,
        stored.map((one) => ({ ...one, by: 'U0BOB' })),
      );
    await driver.handOver('/offer import', file);
    expect(driver.form()?.errors?.join('\n')).toContain('Slack did not hand over the file.');
    files.push = push;
    driver.server.fail('files.info', { kind: 'error', code: 'missing_scope' });

    await driver.handOver('/offer import', file);

    expect(driver.form()?.errors?.join('\n')).toContain('Slack did not hand over the file.');
    expect(calls).toEqual([]);
  });

  test('choices are asked of the command, for who asks', async () => {
    const dispatch = plannedDispatch();
    dispatch.choices.push({ label: '1 · Lucky Star', value: '1' }, { label: '2 · Bella', value: '2' });
    const driver = await startDriver(dispatch);
    await driver.type('/offer renew');
    const [open] = driver.server.state.modals;

    const ask = (metadata: unknown) =>
      driver.deliver({
        type: 'interactive',
        payload: {
          type: 'block_suggestion',
          team: { id: 'T0CASINO' },
          user: { id: 'U0ANN', team_id: 'T0CASINO' },
          action_id: 'offer',
          block_id: 'offer',
          value: 'luck',
          view: { ...open?.view, private_metadata: metadata },
        },
      });

    expect((await ask(open?.view.private_metadata))?.payload).toEqual({
      options: [{ text: { type: 'plain_text', text: '1 · Lucky Star', emoji: false }, value: '1' }],
    });
    expect((await ask('made up'))?.payload).toEqual({ options: [] });
  });
});

describe('a channel that another company reads', () => {
  test('is no target until an admin has pressed for it', async () => {
    const dispatch = plannedDispatch();
    const driver = await startDriver(dispatch);
    const shared = driver.server.addChannel({
      id: 'C0SHARED',
      teamId: 'T0CASINO',
      name: 'partners',
      isShared: true,
    });
    const line = `/offer add ${url} channel:#${shared.name}`;

    await driver.type(line, 'bob');
    expect(driver.privately('bob').join('\n')).toContain('#partners is shared with another company.');
    await driver.press('Post there all the same', 'bob');
    expect(driver.privately('bob').join('\n')).toContain(
      'Only an admin may let Tallyman post in a shared channel.',
    );
    expect(dispatch.calls).toEqual([]);

    await driver.type(line, 'ann');
    await driver.press('Post there all the same', 'ann');
    await driver.type(line, 'ann');

    expect(dispatch.calls).toMatchObject([{ options: { channel: '<#C0SHARED|partners>' } }]);
  });
});
