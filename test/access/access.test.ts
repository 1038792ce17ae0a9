import { expect, test } from 'vitest';
import { commands } from '../../commands/index.js';
import type { Caller } from '../../src/command.js';
import { addLuckyStar, auditOf, codesOf, member, offerOf, textOf } from '../offers/offer-at-hand.js';
import { ann, type Bot, withBot } from '../support/with-bot.js';

const owner = member('cleo', '#vip');

/** Cleo's offer in #casino, beside Ann's admin rights. */
async function withCleosOffer(work: (bot: Bot) => Promise<void>): Promise<void> {
  await withBot(async (bot) => {
    await bot.type('/help');
    await bot.type('/offer list');
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });
    await bot.type(`/offer add ${url} name:"Lucky Star" channel:#casino`, owner);
    await bot.settle();
    await work(bot);
  });
}

async function codesFor(bot: Bot, line: string, caller: Caller): Promise<readonly string[]> {
  return codesOf(await bot.type(line, caller));
}

test('the owner, from any channel, and an admin may change an offer; a member of its channel may not', async () => {
  await withCleosOffer(async (bot) => {
    expect((await offerOf(bot, '1')).ownerName).toBe('cleo');
    for (const line of ['/offer edit 1 name:Lucky', '/offer pause 1', '/offer resume 1', '/offer remove 1']) {
      expect(await codesFor(bot, line, member('ben', '#casino'))).toEqual(['access.owner-only']);
      expect((await bot.type(line, owner)).ok).toBe(true);
      expect((await bot.type(line, ann)).ok).toBe(true);
    }
  });
});

test('figures are for the offer’s channel, its owner and admins', async () => {
  await withCleosOffer(async (bot) => {
    expect((await bot.type('/offer show 1', member('ben', '#casino'))).ok).toBe(true);
    expect((await bot.type('/offer show 1', owner)).ok).toBe(true);
    expect((await bot.type('/offer show 1', { ...ann, channel: owner.channel })).ok).toBe(true);

    const stranger = member('ben', '#other');
    expect(await codesFor(bot, '/offer show 1', stranger)).toEqual(['access.figures-elsewhere']);
    expect(await codesFor(bot, '/offer sync 1', stranger)).toEqual(['access.figures-elsewhere']);
    expect(await codesFor(bot, '/report 7d offer:1', stranger)).toEqual(['access.figures-elsewhere']);
    const list = await bot.type('/offer list', stranger);
    expect(list.card.title).toBe('No offers in this channel');
    expect(textOf(list)).not.toContain('Lucky Star');
    expect(textOf(await bot.type('/offer show 77', stranger))).not.toContain('Lucky Star');
    const exported = await bot.type('/offer export', stranger);
    expect(Buffer.from(exported.files[0]?.content ?? []).toString()).not.toContain('Lucky Star');
  });
});

test('settings are for admins, and adding may be kept to them', async () => {
  await withCleosOffer(async (bot) => {
    expect(await codesFor(bot, '/alert settings add:admins', owner)).toEqual(['access.admins-only']);
    await bot.type('/alert settings add:admins');

    const url = bot.programme.urls.affilkaReportUrl({ brands: ['14'] });
    const refused = await bot.type(`/offer add ${url}`, owner);
    expect(codesOf(refused)).toEqual(['access.adding-restricted']);
    expect(textOf(refused)).toContain('Ask Ann.');
    expect(await codesFor(bot, `/offer import "${url} ${url}"`, owner)).toEqual(['access.adding-restricted']);
    expect((await bot.type(`/offer add ${url}`, ann)).ok).toBe(true);
  });
});

test('guests see and change nothing, with every command there is', async () => {
  await withCleosOffer(async (bot) => {
    const guest = { ...member('gus', '#casino'), isGuest: true };
    for (const command of commands) {
      const options = {
        offer: '1',
        incident: '1',
        url: 'https://x.test/',
        at: '09:00',
        tz: 'UTC',
        list: 'x',
      };
      const prepared = await bot.tallyman.dispatch.prepare(
        { command: command.name, options, caller: guest },
        true,
      );
      if (prepared.kind !== 'run') throw new Error(`${command.name} showed a form to a guest`);
      expect(codesOf(await prepared.run())).toEqual(['access.guest']);
    }
    const first = { ...guest, workspace: 'slack:T9' };
    expect(await codesFor(bot, '/offer list', first)).toEqual(['access.guest']);
    expect(await bot.tallyman.core.stores.workspaces.get('slack:T9')).toBeNull();
  });
});

test('another workspace finds nothing under guessed numbers and names, and an admin there is none here', async () => {
  await withCleosOffer(async (bot) => {
    const stranger: Caller = { ...ann, workspace: 'slack:T2', user: { id: 'U9', name: 'Zoe' } };
    bot.programme.expireToken(bot.programme.tokens.affilka);
    await bot.passHours(2);
    expect(await bot.tallyman.core.stores.incidents.listOpen('terminal')).toHaveLength(1);

    for (const line of [
      '/offer show 1',
      '/offer show "Lucky Star"',
      '/offer remove 1 confirm:yes',
      '/offer sync 1',
    ]) {
      const reply = await bot.type(line, stranger);
      expect(codesOf(reply)).toEqual(['offer.not-found']);
      expect(textOf(reply).replace(/\\?"Lucky Star\\?"/, '')).not.toContain('Lucky');
    }
    expect(await codesFor(bot, '/alert ack 1', stranger)).toEqual(['incident.unknown']);
    expect(await codesFor(bot, '/alert snooze 1 for:4h', stranger)).toEqual(['incident.unknown']);
    expect((await bot.type('/offer list', stranger)).card.title).toBe('No offers yet');
    expect((await bot.type('/alert list', stranger)).card.title).toContain('Nothing is wrong');
    expect(textOf(await bot.type('/report 30d', stranger))).not.toContain('Lucky Star');
    expect((await offerOf(bot, '1')).name).toBe('Lucky Star');
  });
});

test('the first person of a workspace is its admin', async () => {
  await withBot(async (bot) => {
    const first = { ...member('fay'), workspace: 'slack:T3' };
    await bot.type('/offer list', first);
    expect((await bot.type('/alert settings dm:off', first)).ok).toBe(true);
    expect(
      await codesFor(bot, '/alert settings dm:on', { ...first, user: { id: 'gil', name: 'gil' } }),
    ).toEqual(['access.admins-only']);
    expect(await auditOf(bot, 'slack:T3')).toEqual([
      'fay alert settings #casino done',
      'gil alert settings #casino refused',
    ]);
  });
});

test('a new owner on a chat surface must be mentioned, and then may renew', async () => {
  await withBot(async (bot) => {
    const fay = { ...member('U1'), workspace: 'slack:T3' };
    await bot.type(`/offer add ${bot.programme.urls.affilkaReportUrl({ brands: ['12'] })}`, fay);
    expect(await codesFor(bot, '/offer edit 1 owner:@gil', fay)).toEqual(['offer.owner-not-mentioned']);
    expect((await bot.type('/offer edit 1 owner:<@U2|gil>', fay)).ok).toBe(true);
    const gil = { ...fay, user: { id: 'U2', name: 'gil' } };
    expect((await bot.type('/offer pause 1', gil)).ok).toBe(true);
  });
});

test('adds an offer for a member of the workspace, who then owns it', async () => {
  await withBot(async (bot) => {
    await bot.type('/offer list');
    await addLuckyStar(bot);
    const reply = await bot.type(
      `/offer add ${bot.programme.urls.affilkaReportUrl({ brands: ['14'] })}`,
      member(),
    );
    expect(reply.ok).toBe(true);
    expect((await offerOf(bot, '2')).ownerName).toBe('ben');
  });
});
