import { expect, test } from 'vitest';
import type { Caller } from '../../src/command.js';
import type { Prepared, Reply } from '../../src/dispatch.js';
import { type Bot, withBot } from '../support/with-bot.js';

const eve: Caller = {
  workspace: 'slack:T1',
  user: { id: 'U9', name: 'Eve' },
  channel: { id: 'C2', name: '#poker' },
  isGuest: false,
  isSurfaceAdmin: true,
};
const ann: Caller = {
  ...eve,
  user: { id: 'U1', name: 'Ann' },
  channel: { id: 'C1', name: '#casino' },
  isSurfaceAdmin: false,
};
const bob: Caller = { ...ann, user: { id: 'U2', name: 'Bob' } };

/** Each stands for a role. The stranger has every id of Ann's but the workspace. */
const callers = {
  owner: ann,
  admin: eve,
  member: bob,
  elsewhere: { ...bob, channel: { id: 'C2', name: '#poker' } },
  guest: { ...ann, isGuest: true, isSurfaceAdmin: true },
  stranger: { ...ann, workspace: 'slack:T2', isSurfaceAdmin: true },
} as const;

type Role = keyof typeof callers;
const roles = Object.keys(callers) as Role[];

const guest = 'access.guest';
const ownerOnly = 'access.owner-only';
const unknown = 'offer.not-found';
const elsewhere = 'access.figures-elsewhere';
/** What the open alert is about. */
const told = 'probe.token-refused';

type Outcomes = Readonly<Record<Role, string>>;

const everyone = (outcome = 'ok'): Outcomes => ({
  owner: outcome,
  admin: outcome,
  member: outcome,
  elsewhere: outcome,
  guest,
  stranger: outcome,
});
const ownerAndAdmins = (outcome = 'ok'): Outcomes => ({
  owner: outcome,
  admin: outcome,
  member: ownerOnly,
  elsewhere: ownerOnly,
  guest,
  stranger: unknown,
});
const figures: Outcomes = { ...everyone(), elsewhere, stranger: unknown };
const adminsOnly: Outcomes = { ...everyone('access.admins-only'), admin: 'ok', stranger: 'ok' };
const answerer: Outcomes = {
  owner: 'ok',
  admin: 'ok',
  member: 'incident.not-yours',
  elsewhere: 'incident.not-yours',
  guest,
  stranger: 'incident.unknown',
};
const otherChannel: Outcomes = { ...everyone('digest.other-channel'), admin: 'ok', stranger: 'ok' };

const nowhere = 'https://intranet/report';

/** Every command with what each role gets; offer 1 is Ann's, in #casino, and alert 1 is about it. */
const table: readonly (readonly [line: string, outcomes: Outcomes])[] = [
  [`/offer check ${nowhere}`, everyone('link.private-address')],
  [`/offer add ${nowhere}`, everyone('link.private-address')],
  ['/alert list', { ...everyone(told), elsewhere: 'ok', stranger: 'ok' }],
  ['/alert ack 1', answerer],
  ['/alert snooze 1 for:4h', answerer],
  ['/alert ack 7', everyone('incident.unknown')],
  ['/offer list', everyone()],
  ['/offer show 1', figures],
  ['/offer show "golden eagle"', figures],
  ['/offer show 2', everyone(unknown)],
  ['/offer show slack:T1', everyone(unknown)],
  [`/offer renew 1 ${nowhere}`, ownerAndAdmins('link.private-address')],
  ['/offer edit 1 name:"Golden Eagle"', ownerAndAdmins()],
  ['/offer edit "Golden Eagle" currency:EUR', ownerAndAdmins()],
  ['/offer pause 1', ownerAndAdmins()],
  ['/offer resume 1', ownerAndAdmins()],
  ['/offer remove 1', ownerAndAdmins()],
  ['/offer sync 1', figures],
  ['/offer sync', { ...everyone(), elsewhere: 'offer.nothing-to-sync', stranger: 'offer.nothing-to-sync' }],
  [`/offer import ${nowhere}`, everyone('link.private-address')],
  ['/offer export', everyone()],
  ['/digest now', everyone()],
  ['/digest schedule at:09:00 tz:UTC', everyone()],
  ['/digest schedule at:09:00 tz:UTC channel:<#C7|vip>', otherChannel],
  ['/digest list', everyone()],
  ['/digest stop channel:<#C7|vip>', { ...otherChannel, stranger: 'ok' }],
  ['/report 30d', everyone()],
  ['/report 30d as:csv', everyone()],
  ['/report 30d offer:1', figures],
  ['/report 30d offer:"Golden Eagle" as:chart', figures],
  [
    '/report 30d share:yes',
    {
      ...everyone(),
      elsewhere: 'report.nothing-to-share',
      admin: 'report.nothing-to-share',
      stranger: 'report.nothing-to-share',
    },
  ],
  ['/alert settings', adminsOnly],
  ['/alert settings dm:on', adminsOnly],
  ['/alert test', everyone()],
  ['/postback check https://track.example/p', everyone('postback.no-variables')],
];

async function finish(prepared: Prepared): Promise<Reply | 'form'> {
  return prepared.kind === 'form' ? 'form' : prepared.run();
}

function outcomeOf(reply: Reply | 'form'): string {
  if (reply === 'form') return 'form';
  return reply.ok ? 'ok' : (reply.card.problems?.[0] ?? 'bad');
}

/** A workspace where Eve is admin, Ann owns one offer in #casino with figures and an open alert, and a second workspace. */
async function prepareTeam(bot: Bot): Promise<{ readonly forbidden: readonly string[] }> {
  const { programme } = bot;
  const token = programme.issueToken('affilka');
  await bot.type('/alert settings dm:on', eve);
  await bot.type('/offer list', callers.stranger);
  const url = programme.urls.affilkaReportUrl({ token });
  const added = await bot.type(`/offer add ${url} name:"Golden Eagle" anyway:yes`, ann);
  expect(added.ok).toBe(true);
  await bot.settle();
  const report = await bot.type('/report 30d by:brand', ann);
  const csv = await bot.type('/report 30d as:csv', ann);
  programme.expireToken(token);
  await bot.passHours(3);
  const cells = report.card.blocks.flatMap((block) => (block.type === 'table' ? block.rows.flat() : []));
  const numbers = cells.filter((cell) => cell.replace(/\D/g, '').length >= 4);
  const brands = programme.books
    .brands()
    .flatMap((brand) => [brand.name, ...brand.campaigns.map((one) => one.name)]);
  expect(numbers.length).toBeGreaterThan(5);
  expect(Buffer.from(csv.files[0]?.content ?? '').toString()).toContain('Lucky Star');
  return { forbidden: [...numbers, ...brands.filter((name) => name !== 'Main' && name !== 'Lucky Star')] };
}

function wordsOf(reply: Reply): string {
  return JSON.stringify(reply.card) + reply.files.map((file) => Buffer.from(file.content).toString()).join();
}

test('every command gives every role exactly what it may have, and the audit log tells changes and refusals', async () => {
  await withBot(async (bot) => {
    const { forbidden } = await prepareTeam(bot);
    const { audit } = bot.tallyman.core.stores;
    const wrong: string[] = [];
    let audited = 0;
    for (const [line, outcomes] of table) {
      for (const role of roles) {
        const caller = callers[role];
        const before = (await audit.latest(caller.workspace, 10_000)).length;
        const reply = await bot.type(line, caller);
        const outcome = outcomeOf(reply);
        if (outcome !== outcomes[role]) wrong.push(`${role}: ${line} gave ${outcome}, not ${outcomes[role]}`);
        const isRefusal = /^access\.|not-yours|other-channel/.test(outcomes[role]);
        const [entry] = await audit.latest(caller.workspace, 1);
        const added = (await audit.latest(caller.workspace, 10_000)).length - before;
        if (added > 0) audited += 1;
        if (isRefusal && (added !== 1 || entry?.outcome !== 'refused')) {
          wrong.push(`${role}: ${line} is not in the audit log as refused but as ${added} ${entry?.outcome}`);
        }
        const maySee = role === 'owner' || role === 'admin' || role === 'member';
        const leaked = maySee ? [] : forbidden.filter((word) => wordsOf(reply).includes(word));
        if (leaked.length > 0) wrong.push(`${role}: ${line} shows ${leaked.join(', ')}`);
        if (role === 'stranger' && !/eagle/i.test(line) && /Golden Eagle|\bAnn\b/.test(wordsOf(reply)))
          wrong.push(`${role}: ${line} names what belongs to another workspace`);
      }
    }
    console.log(
      `${table.length} lines × ${roles.length} roles, ${audited} audited, ${forbidden.length} words kept from those who may not see them: ${wrong.length} wrong`,
    );
    expect(wrong).toEqual([]);
  });
});

test('every command is in the table', async () => {
  await withBot(async (bot) => {
    const missing = bot.tallyman.dispatch.commands.filter(
      ({ name }) => !table.some(([line]) => line.startsWith(`/${name}`)),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

test('completion tells nobody of offers and alerts that they may not see', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    const count = async (command: string, option: string) => {
      const found = roles.map(async (role) => {
        const choices = await bot.tallyman.dispatch.complete(command, option, '', callers[role]);
        return [role, choices.length] as const;
      });
      return Object.fromEntries(await Promise.all(found));
    };
    const seen = { owner: 1, admin: 1, member: 1, elsewhere: 0, guest: 0, stranger: 0 };

    expect(await count('offer show', 'offer')).toEqual(seen);
    expect(await count('alert ack', 'incident')).toEqual(seen);
  });
});

test('an answer about an unknown offer names only offers that the asker may see', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    for (const role of ['elsewhere', 'guest', 'stranger'] as const) {
      for (const line of [
        '/offer show 9',
        '/offer remove 9',
        '/report offer:9',
        '/offer sync 9',
        '/offer renew Silver https://x',
      ]) {
        expect(wordsOf(await bot.type(line, callers[role]))).not.toContain('Golden Eagle');
      }
    }
  });
});

function idOf(reply: Reply, label: RegExp): string {
  const buttons = reply.card.blocks.flatMap((block) => (block.type === 'actions' ? block.actions : []));
  const button = buttons.find((one) => label.test(one.label));
  if (!button) throw new Error(`no button ${label}`);
  return button.id;
}

test('a button works for those who may run its command, in its workspace, in its time, and for nobody else', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    const { dispatch, core } = bot.tallyman;
    const removal = idOf(await bot.type('/offer remove 1', ann), /^Remove/);
    const press = async (id: string, caller: Caller) =>
      outcomeOf(await finish(await dispatch.press(id, caller, true)));

    const outcomes = Object.fromEntries(
      await Promise.all(
        roles
          .filter((role) => role !== 'owner' && role !== 'admin')
          .map(async (role) => [role, await press(removal, callers[role])]),
      ),
    );
    const forged = await Promise.all(
      [
        '',
        'x',
        '1',
        '../1',
        'a'.repeat(22),
        removal.toLowerCase(),
        `${removal}x`,
        removal.slice(0, -1),
        `${removal}\0`,
        "' or 1=1 --",
        '__proto__',
        'x'.repeat(100_000),
      ].map((id) => press(id, ann)),
    );
    bot.clock.advance(30 * 86_400_000 + 1);
    const late = await press(removal, ann);

    expect(outcomes).toEqual({
      member: ownerOnly,
      elsewhere: ownerOnly,
      guest,
      stranger: 'own.button-expired',
    });
    expect(new Set(forged)).toEqual(new Set(['own.button-expired']));
    expect(late).toBe('own.button-expired');
    expect(await core.stores.offers.find('slack:T1', '1')).not.toBeNull();
  });
});

test('a form that opens from a button is refused to those who may not use it, and the refusal is recorded', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    const { dispatch, core } = bot.tallyman;
    const replace = idOf(await bot.type('/alert list', ann), /^Replace/);
    const press = async (role: Role) =>
      outcomeOf(await finish(await dispatch.press(replace, callers[role], true)));

    expect(await press('owner')).toBe('form');
    expect(await press('admin')).toBe('form');
    expect(await press('member')).toBe(ownerOnly);
    expect((await core.stores.audit.latest('slack:T1', 1))[0]).toMatchObject({
      userName: 'Bob',
      action: 'offer renew',
      outcome: 'refused',
    });
    expect(await press('guest')).toBe(guest);
    expect(await press('stranger')).toBe('own.button-expired');
  });
});

test('a form is checked anew when it is submitted, whatever its values claim', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    const { dispatch, core } = bot.tallyman;
    const opened = await dispatch.prepare({ command: 'offer renew', options: {}, caller: bob }, true);
    if (opened.kind !== 'form') throw new Error('no form');
    const { id } = opened.form;
    const submit = async (formId: string, values: Record<string, string>, caller: Caller) =>
      outcomeOf(await finish(await dispatch.submit(formId, values, caller)));
    const values = { offer: '1', url: nowhere };

    expect(await submit(id, values, bob)).toBe(ownerOnly);
    expect(
      await submit(id, { ...values, command: 'offer list', workspace: 'slack:T1', isGuest: 'false' }, bob),
    ).toBe(ownerOnly);
    expect(await submit(id, values, callers.guest)).toBe(guest);
    expect(await submit(id, values, callers.stranger)).toBe('own.button-expired');
    expect(await submit(id, values, ann)).toBe('link.private-address');
    const removal = idOf(await bot.type('/offer remove 1', ann), /^Remove/);
    expect(await submit(removal, { offer: '1', confirm: 'yes' }, ann)).toBe('own.button-expired');
    expect(await submit('forged', values, ann)).toBe('own.button-expired');
    bot.clock.advance(30 * 86_400_000 + 1);
    expect(await submit(id, values, ann)).toBe('own.button-expired');
    expect((await core.stores.offers.list('slack:T1')).map(({ state }) => state)).toEqual(['active']);
  });
});

test('a stored action that was moved to another workspace or changed in the database opens nothing', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    const { dispatch, core } = bot.tallyman;
    const id = idOf(await bot.type('/offer remove 1', ann), /^Remove/);
    const action = await core.stores.actions.get('slack:T1', id);
    if (!action) throw new Error('no action');
    await core.stores.actions.add({ ...action, id: `${id}2` });

    const moved = await finish(await dispatch.press(`${id}2`, ann, true));

    expect(moved).toMatchObject({ ok: false });
    expect(await core.stores.offers.find('slack:T1', '1')).not.toBeNull();
  });
});

test('only admins add offers where an admin has set it so, and the refusal is recorded', async () => {
  await withBot(async (bot) => {
    await prepareTeam(bot);
    await bot.type('/alert settings add:admins', eve);
    const { urls } = bot.programme;
    const url = urls.affilkaReportUrl({ token: bot.programme.issueToken('affilka') });

    for (const line of [`/offer add ${url} anyway:yes`, `/offer import ${url}`]) {
      expect(outcomeOf(await bot.type(line, bob))).toBe('access.adding-restricted');
      expect((await bot.tallyman.core.stores.audit.latest('slack:T1', 1))[0]).toMatchObject({
        userName: 'Bob',
        outcome: 'refused',
      });
    }
    expect(outcomeOf(await bot.type(`/offer add ${url} anyway:yes`, eve))).toBe('ok');
  });
});
