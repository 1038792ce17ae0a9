import { expect, test } from 'vitest';
import { commands } from '../commands/index.js';
import { parseLine } from '../src/command-line.js';
import { createDispatch, type Form, type Prepared, type Reply } from '../src/dispatch.js';
import { fieldsOf } from '../src/options.js';
import { addLuckyStar, auditOf, codesOf, member, textOf } from './offers/offer-at-hand.js';
import { ann, type Bot, withBot } from './support/with-bot.js';

function formOf(prepared: Prepared): Form {
  if (prepared.kind !== 'form') throw new Error('no form was shown');
  return prepared.form;
}

async function replyOf(prepared: Prepared): Promise<Reply> {
  if (prepared.kind !== 'run') throw new Error('a form was shown');
  return prepared.run();
}

function buttonsOf(reply: Reply) {
  return reply.card.blocks.flatMap((block) => (block.type === 'actions' ? block.actions : []));
}

/** A dispatch over the bot's own core in which one command breaks. */
function withBroken(bot: Bot, name: string) {
  const broken = commands.map((command) =>
    command.name === name
      ? {
          ...command,
          run: async () => {
            throw new Error('secret-inside-the-error at /home/ann');
          },
        }
      : command,
  );
  const logged: object[] = [];
  const log = { ...bot.tallyman.core.log, error: (fields: object) => logged.push(fields) };
  return { dispatch: createDispatch({ ...bot.tallyman.core, log }, broken), logged };
}

test.each(commands.flatMap((command) => command.examples.map((example) => [example, command.name])))(
  'the example %s is a line of /%s',
  (example, name) => {
    const parsed = parseLine(example, commands);
    expect(parsed.kind).toBe('command');
    if (parsed.kind !== 'command') return;
    expect(parsed.command.name).toBe(name);
    expect(parsed.command.options.safeParse(parsed.options).error).toBeUndefined();
  },
);

test('every option has a description of its own', () => {
  for (const command of commands) {
    for (const field of fieldsOf(command.options)) {
      expect(`${command.name} ${field.name}: ${field.description}`).toMatch(/: \S.+/);
    }
  }
});

test('a missing option opens a form where one can be shown, and is named with an example where not', async () => {
  await withBot(async ({ tallyman: { dispatch } }) => {
    const invocation = { command: 'digest schedule', options: { tz: 'Europe/Malta' }, caller: ann };

    const form = formOf(await dispatch.prepare(invocation, true));
    const reply = await replyOf(await dispatch.prepare(invocation, false));

    expect(form.command).toBe('digest schedule');
    expect(form.fields.map(({ name, value }) => [name, value])).toEqual([
      ['at', undefined],
      ['tz', 'Europe/Malta'],
      ['every', undefined],
      ['channel', undefined],
    ]);
    expect(codesOf(reply)).toEqual(['command.missing-option']);
    expect(textOf(reply).match(/digest schedule at:09:00/g)).toHaveLength(1);

    const planned = await replyOf(await dispatch.submit(form.id, { at: '09:00', tz: '' }, ann));
    expect(codesOf(planned)).toEqual(['command.missing-option']);
    const again = await replyOf(await dispatch.submit(form.id, { at: '09:00' }, ann));
    expect(again.card.title).toContain('Planned');
  });
});

test('a form never shows what is secret: it waits sealed under the form’s id', async () => {
  await withBot(async (bot) => {
    const { dispatch, core } = bot.tallyman;
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });

    const form = formOf(
      await dispatch.prepare(
        { command: 'offer renew', options: { url, token: 'test-token-beside' }, caller: ann },
        true,
      ),
    );

    expect(form.fields.map((field) => field.name)).toEqual(['offer']);
    expect(JSON.stringify(form)).not.toContain('token=');
    const stored = await core.stores.actions.get('terminal', form.id);
    expect(stored?.sealedOptions).toMatch(/^v1\./);
    expect(stored?.sealedOptions).not.toContain('test-token');

    await addLuckyStar(bot);
    const renewed = await replyOf(await dispatch.submit(form.id, { offer: '1' }, ann));
    expect(renewed.card.title).toContain('Lucky Star is renewed');
  });
});

test('a form’s button opens the form, and says what to type where none can be shown', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const shown = await bot.type('/offer show 1');
    const button = buttonsOf(shown).find(({ label }) => label === 'Replace URL');
    const { dispatch } = bot.tallyman;

    const form = formOf(await dispatch.press(button?.id ?? '', ann, true));
    expect(form.id).toBe(button?.id);
    expect(form.fields.map(({ name, value }) => [name, value])).toEqual([
      ['offer', '1'],
      ['url', undefined],
      ['token', undefined],
    ]);
    expect(codesOf(await bot.press(shown.card, 'Replace URL'))).toEqual(['command.missing-option']);
    expect((await dispatch.press(button?.id ?? '', member(), true)).kind).toBe('run');
  });
});

test('a button is worth nothing after 30 days, in another workspace, or when it was never made', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const shown = await bot.type('/offer show 1');
    const { dispatch } = bot.tallyman;
    const [button] = buttonsOf(shown);
    const id = button?.id ?? '';
    const elsewhere = { ...ann, workspace: 'slack:T2' };

    expect(codesOf(await replyOf(await dispatch.press(id, elsewhere, true)))).toEqual(['own.button-expired']);
    expect(codesOf(await replyOf(await dispatch.submit(id, {}, elsewhere)))).toEqual(['own.button-expired']);
    expect(codesOf(await replyOf(await dispatch.submit(id, {}, ann)))).toEqual(['own.button-expired']);
    expect(codesOf(await replyOf(await dispatch.press('no-such-id', ann, true)))).toEqual([
      'own.button-expired',
    ]);
    expect((await replyOf(await dispatch.press(id, ann, false))).ok).toBe(true);
    bot.clock.advance(30 * 86_400_000);
    expect(codesOf(await replyOf(await dispatch.press(id, ann, false)))).toEqual(['own.button-expired']);
  });
});

test('a button keeps its rules: who may not type the command may not press it either', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const asked = await bot.type('/offer remove 1');

    const refused = await bot.press(asked.card, 'Remove it', member('eve'));

    expect(codesOf(refused)).toEqual(['access.owner-only']);
    expect(await auditOf(bot)).toEqual(['Ann offer add offer 1 done', 'eve offer remove offer 1 refused']);
  });
});

test('an unexpected error shows its number and nothing else, and the log has both', async () => {
  await withBot(async (bot) => {
    const { dispatch, logged } = withBroken(bot, 'offer list');

    const reply = await replyOf(await dispatch.prepareLine('/offer list', ann, false));

    expect(reply.ok).toBe(false);
    expect(codesOf(reply)).toEqual(['own.unexpected']);
    const [entry] = logged as { number: string; error: Error }[];
    expect(textOf(reply)).toContain(entry?.number);
    expect(textOf(reply)).not.toContain('secret-inside-the-error');
    expect(entry?.error.message).toContain('secret-inside-the-error');
  });
});

test('never throws, whatever is broken below', async () => {
  await withBot(async (bot) => {
    const broken = new Proxy(bot.tallyman.core.stores, {
      get: () => new Proxy({}, { get: () => () => Promise.reject(new Error('the disk is gone')) }),
    });
    const log = { ...bot.tallyman.core.log, error: () => {} };
    const dispatch = createDispatch({ ...bot.tallyman.core, stores: broken, log }, commands);

    for (const prepared of [
      await dispatch.prepareLine('/offer list', ann, true),
      await dispatch.prepare({ command: 'offer show', options: { offer: '1' }, caller: ann }, true),
      await dispatch.press('some-id', ann, true),
      await dispatch.submit('some-id', {}, ann),
    ]) {
      expect(codesOf(await replyOf(prepared))).toEqual(['own.unexpected']);
    }
    expect(await dispatch.complete('offer show', 'offer', '', ann)).toEqual([]);
  });
});

test('writes changes, failures and refusals into the audit log, and nothing that was only looked at or asked', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const token = bot.programme.issueToken('affilka');
    await bot.type(`/offer renew 1 ${bot.programme.urls.affilkaReportUrl({ brands: ['14'], token })}`);
    await bot.type('/offer remove 1');
    await bot.type('/offer show 1');
    await bot.type('/offer edit 1');
    await bot.type('/offer pause 1', member('eve'));
    await bot.type('/digest schedule at:09:00 tz:Europe/Malta');
    await bot.type('/alert settings', member('eve'));
    await bot.type('/offer pause https://x.test/?token=test-token-typed', member('eve'));

    expect(await auditOf(bot)).toEqual([
      'Ann offer add offer 1 done',
      'Ann offer edit offer 1 failed',
      'eve offer pause offer 1 refused',
      'Ann digest schedule #casino done',
      'eve alert settings #casino refused',
    ]);
  });
});

test('what was pasted in the wrong place is not repeated: it may hold a token', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const lines = [
      '/offer show https://x.test/report?token=test-token-typed',
      '/offer show test-token-0123456789abcdef0123456789',
      '/report offer:https://x.test/report?token=test-token-typed',
      '/offer https://x.test/?token=test-token-typed',
      '/digest now range:https://x.test/?token=test-token-typed',
      '/report by:x?token=test-token-typed',
      '/report metrics:test-token-0123456789abcdef',
      '/digest schedule at:09:00 tz:https://x.test/?token=test-token-typed',
      '/alert settings tz:https://x.test/?token=test-token-typed',
      '/alert settings quiet:https://x.test/?token=test-token-typed',
      '/offer add x.test/?token=test-token-typed name:a chanel:b',
    ];
    for (const line of lines) {
      const reply = await bot.type(line);
      expect(reply.ok).toBe(false);
      expect(textOf(reply)).not.toContain('test-token');
    }
  });
});

test('completes offers, alerts, zones and choices, and only what the person may see', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const { dispatch } = bot.tallyman;
    const complete = async (command: string, option: string, typed: string, caller = ann) =>
      (await dispatch.complete(command, option, typed, caller)).map(({ value }) => value);
    bot.programme.expireToken(bot.programme.tokens.affilka);
    await bot.passHours(2);

    expect(await complete('offer show', 'offer', 'luck')).toEqual(['1']);
    expect(await complete('offer show', 'offer', 'luck', member())).toEqual(['1']);
    expect(await complete('offer show', 'offer', 'luck', member('ben', '#other'))).toEqual([]);
    expect(await complete('offer show', 'offer', '', { ...ann, workspace: 'slack:T2' })).toEqual([]);
    expect(await complete('offer show', 'offer', '', { ...ann, isGuest: true })).toEqual([]);
    expect(await complete('alert ack', 'incident', '')).toEqual(['1']);
    expect(await complete('alert ack', 'incident', '', member('ben', '#other'))).toEqual([]);
    expect(await complete('digest schedule', 'tz', 'malta')).toEqual(['Europe/Malta']);
    expect(await complete('digest schedule', 'tz', '')).toHaveLength(25);
    expect(await complete('digest schedule', 'every', 'week')).toEqual(['weekday', 'week']);
    expect(await complete('offer add', 'url', 'http')).toEqual([]);
    expect(await complete('no such', 'url', 'http')).toEqual([]);
  });
});

test('help exists for all, for a group and for a command, and every option is explained', async () => {
  await withBot(async (bot) => {
    const all = textOf(await bot.type('/help'));
    for (const command of commands) expect(all).toContain(`"/${command.name}"`);
    expect(textOf(await bot.type('/offer help'))).not.toContain('/digest');
    const one = await bot.type('/help offer add');
    expect(textOf(one)).toContain('Where its figures and alerts go');
    expect(textOf(one)).not.toContain('true, false');
    expect(one.ok).toBe(true);
  });
});
