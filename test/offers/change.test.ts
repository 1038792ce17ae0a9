import { expect, test } from 'vitest';
import { cardText, withBot } from '../support/with-bot.js';
import { addLuckyStar, auditOf, codesOf, offerOf, textOf } from './offer-at-hand.js';

test('renews with a new token of the same account, keeps the history and says what it rests on', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const before = await offerOf(bot, 'Lucky Star');
    const rows = await bot.tallyman.core.stores.figures.countRows(before.id);
    bot.programme.expireToken(bot.programme.tokens.affilka);
    const token = bot.programme.issueToken('affilka');

    const reply = await bot.type(
      `/offer renew "Lucky Star" ${bot.programme.urls.affilkaReportUrl({ brands: ['12'], token })}`,
    );

    expect(reply.card.title).toBe(`Lucky Star is renewed (token …${token.slice(-4)}); its history stays`);
    expect(textOf(reply)).toContain('It is the same account: 1 brand and 2 campaigns are in both reports.');
    const after = await offerOf(bot, 'Lucky Star');
    expect(after.tokenFingerprint).not.toBe(before.tokenFingerprint);
    await bot.settle();
    expect(await bot.tallyman.core.stores.figures.countRows(after.id)).toBe(rows);
    expect(await auditOf(bot)).toEqual(['Ann offer add offer 1 done', 'Ann offer renew offer 1 done']);
  });
});

test('asks before it renews with another account, changes nothing, and does it when told so', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const before = await offerOf(bot, 'Lucky Star');
    const token = bot.programme.issueToken('affilka');
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['14'], token });

    const asked = await bot.type(`/offer renew 1 ${url}`);
    expect(codesOf(asked)).toEqual(['offer.other-account']);
    expect(textOf(asked)).toContain('Until now it had Lucky Star; the new report has Café Royal');
    expect(await offerOf(bot, 'Lucky Star')).toEqual(before);
    expect(await auditOf(bot)).toEqual(['Ann offer add offer 1 done']);

    const renewed = await bot.press(asked.card, 'It is the same, renew');
    expect(textOf(renewed)).toContain('because you said so');
    expect((await offerOf(bot, 'Lucky Star')).tokenTail).toBe(token.slice(-4));
  });
});

test('refuses a renewal with another platform, another offer’s report, a refused token or a faulty URL', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const { urls } = bot.programme;
    const royal = urls.affilkaReportUrl({ brands: ['14'] });
    await bot.type(`/offer add ${royal} name:Royal`);
    const given = [
      urls.referonExportUrl({ currency: 'EUR' }),
      royal,
      urls.affilkaReportUrl({ brands: ['12'], token: 'test-token-never-issued' }),
      urls.dashboardUrl(),
    ];
    const codes = [];
    for (const url of given) codes.push(...codesOf(await bot.type(`/offer renew 1 ${url}`)));
    expect(codes).toEqual([
      'offer.other-platform',
      'link.already-added',
      'probe.token-refused',
      'link.dashboard-page',
    ]);
  });
});

test('changes name, channel, owner and start of history, and reads the earlier days', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);

    const reply = await bot.type('/offer edit 1 name:Lucky channel:#vip owner:@bob from:2026-06-01');
    await bot.settle();

    expect(reply.card.title).toBe('Lucky is changed');
    expect(await offerOf(bot, 'Lucky')).toMatchObject({
      channelName: '#vip',
      ownerName: 'bob',
      historyFrom: '2026-06-01',
    });
    expect(bot.said.at(-1)).toMatchObject({ to: '#vip' });
    expect(bot.said.at(-1)?.card.title).toContain('Lucky: all 173 days read');
  });
});

test('a new currency of a ReferOn report re-reads the whole history in it', async () => {
  await withBot(async (bot) => {
    await bot.type(
      `/offer add ${bot.programme.urls.referonExportUrl({ brands: ['14'] })} name:Royal currency:EUR`,
    );
    await bot.settle();

    const reply = await bot.type('/offer edit Royal currency:GBP');
    expect(textOf(reply)).toContain('The whole history is read again as GBP');
    await bot.settle();

    const { stores } = bot.tallyman.core;
    const { id, historyFrom } = await offerOf(bot, 'Royal');
    const sums = await stores.figures.sums({ offerIds: [id], from: historyFrom, to: '2026-11-20', by: [] });
    expect(sums.map((sum) => sum.currency)).toEqual(['GBP']);
  });
});

test('says that a currency changes nothing where the report names its own', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    expect(textOf(await bot.type('/offer edit 1 currency:GBP'))).toContain('names its own currencies');
  });
});

test('refuses an edit that changes nothing or takes a name that is taken', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    await bot.type(`/offer add ${bot.programme.urls.affilkaReportUrl({ brands: ['14'] })} name:Royal`);
    expect(codesOf(await bot.type('/offer edit 1'))).toEqual(['offer.nothing-to-edit']);
    expect(codesOf(await bot.type('/offer edit 1 name:royal'))).toEqual(['offer.name-taken']);
  });
});

test('a paused offer is not read, its open alert is closed, and resuming reads what was missed', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    bot.programme.expireToken(bot.programme.tokens.affilka);
    await bot.passHours(2);
    const alert = bot.said.find((said) => said.card.title.includes('token is refused'));
    expect(alert?.to).toBe('#casino');

    await bot.type('/offer pause 1');
    await bot.settle();
    expect(alert?.card.title).toBe('Lucky Star is paused: nothing is read there');
    const requests = bot.programme.requests.total;
    await bot.passHours(3);
    expect(bot.programme.requests.total).toBe(requests);

    const resumed = await bot.type('/offer resume 1');
    await bot.settle();
    expect(textOf(resumed)).toContain('Reading');
    expect(bot.programme.requests.total).toBeGreaterThan(requests);
  });
});

test('asks before it removes, then deletes rows, runs, jobs and alerts, and closes the alert in the channel', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const { id } = await offerOf(bot, 'Lucky Star');
    bot.programme.expireToken(bot.programme.tokens.affilka);
    await bot.passHours(2);
    const alert = bot.said.find((said) => said.card.title.includes('token is refused'));
    const { stores } = bot.tallyman.core;

    const asked = await bot.type('/offer remove 1');
    expect(cardText(asked.card)).toContain('180 stored rows');
    expect(await stores.offers.get(id)).not.toBeNull();

    const removed = await bot.press(asked.card, 'Remove it');
    await bot.settle();

    expect(removed.card.title).toBe('Lucky Star is removed');
    expect(textOf(removed)).toContain('still works at');
    expect(await stores.offers.get(id)).toBeNull();
    expect(await stores.figures.countRows(id)).toBe(0);
    expect(await stores.runs.latest(id, 5)).toEqual([]);
    expect(await stores.incidents.listOpen('terminal')).toEqual([]);
    expect(alert?.card.title).toBe('Lucky Star was removed');
    expect(await auditOf(bot)).toEqual(['Ann offer add offer 1 done', 'Ann offer remove offer 1 done']);
    expect(codesOf(await bot.type('/offer show 1'))).toEqual(['offer.not-found']);
  });
});
