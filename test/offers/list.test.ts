import { expect, test } from 'vitest';
import { withBot } from '../support/with-bot.js';
import { addLuckyStar, codesOf, member, offerOf, textOf } from './offer-at-hand.js';

test('lists state, last good sync in the workspace’s zone, and the figures of the last whole day', async () => {
  await withBot(async (bot) => {
    await bot.type('/alert settings tz:Europe/Malta');
    await addLuckyStar(bot);
    const [row] = bot.programme
      .expectedRows(bot.programme.urls.affilkaReportUrl({ brands: ['12'], groups: ['day', 'brand'] }), {
        from: '2026-11-19',
        to: '2026-11-19',
        now: bot.clock.now(),
      })
      .map(({ figures }) => figures);

    const list = await bot.type('/offer list');

    expect(list.card.title).toBe('1 offer');
    const table = list.card.blocks.find((block) => block.type === 'table');
    expect(table?.type === 'table' && table.rows).toMatchObject(
      [['1 · Lucky Star', '#casino', 'reading', 'Fri 10:12', 'Thu 19 Nov', String(row?.ftds), /EUR$/]].map(
        (cells) => cells.map((cell) => (cell instanceof RegExp ? expect.stringMatching(cell) : cell)),
      ),
    );
    expect(textOf(list)).toContain('Times are in Europe/Malta.');
    expect(textOf(list)).not.toContain('token');
  });
});

test('counts the offers that need a hand, and shows what is wrong with one', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    bot.programme.expireToken(bot.programme.tokens.affilka);
    await bot.passHours(2);

    const list = await bot.type('/offer list');
    expect(list.card).toMatchObject({ title: '1 offer, 1 needs a hand', tone: 'warning' });
    expect(textOf(list)).toContain('token refused');

    const shown = await bot.type('/offer show 1');
    expect(codesOf(shown)).toEqual(['probe.token-refused']);
    expect(textOf(shown)).toContain('failed: probe.token-refused');
  });
});

test('shows one offer with its host, the end of its token and its latest figures, never its URL', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const shown = textOf(await bot.type('/offer show "lucky star"'));
    expect(shown).toContain(
      `Affilka, ${bot.programme.host}, token …${bot.programme.tokens.affilka.slice(-4)}`,
    );
    expect(shown).toContain('90 days reported; 180 rows');
    expect(shown).toContain('Latest day with figures: Thu 19 Nov');
    expect(shown).not.toContain('report.json');
  });
});

test('a new workspace is told how to begin, a channel without offers that others have some', async () => {
  await withBot(async (bot) => {
    const empty = await bot.type('/offer list');
    expect(empty.card.title).toBe('No offers yet');
    expect(textOf(empty)).toContain('/offer add');
    await addLuckyStar(bot);
    expect(textOf(await bot.type('/offer list', member('ben', '#x')))).toContain(
      '1 more belongs to other channels.',
    );
  });
});

test('reads now: the last three days, the days that are asked for, or everything one sees', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    await bot.type(`/offer add ${bot.programme.urls.affilkaReportUrl({ brands: ['14'] })} name:Royal`);
    await bot.settle();

    expect((await bot.type('/offer sync 1')).card.title).toBe('Reading Lucky Star now: 18–20 Nov, 3 days');
    expect((await bot.type('/offer sync 1 from:2026-10-01 to:2026-10-05')).card.title).toBe(
      'Reading Lucky Star now: 1–5 Oct, 5 days',
    );
    expect((await bot.type('/offer sync')).card.title).toBe('Reading 2 offers now, 3 days each');
    const before = bot.programme.requests.total;
    await bot.settle();
    expect(bot.programme.requests.total - before).toBe(3);

    for (const [line, words] of [
      ['/offer sync 1 from:2026-10-05 to:2026-10-01', 'after the last'],
      ['/offer sync 1 from:2027-10-05', 'the newest day to ask for is 2026-11-20'],
      ['/offer sync 1 from:2020-10-05', '800 days'],
    ] as const) {
      const refused = await bot.type(line);
      expect(codesOf(refused)).toEqual(['offer.window-invalid']);
      expect(textOf(refused)).toContain(words);
    }
  });
});

test('a long reading shows its progress in one message that is edited', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const [progress] = bot.said;
    expect(bot.said).toHaveLength(1);
    expect(progress?.card.title).toContain('all 90 days read');

    bot.clock.advance(60_000);
    await bot.type('/offer sync 1 from:2026-07-01 to:2026-11-19');
    await bot.settle();
    expect(bot.said).toHaveLength(2);
    expect(bot.said[1]?.card.title).toContain('all 142 days read');
  });
});

test('exports the list as CSV, without secrets and harmless to a spreadsheet', async () => {
  await withBot(async (bot) => {
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });
    await bot.type(`/offer add ${url} name:"=1+1"`);
    const reply = await bot.type('/offer export');
    const [file] = reply.files;
    const text = Buffer.from(file?.content ?? []).toString('utf8');
    expect(file).toMatchObject({ name: 'offers.csv', mediaType: expect.stringContaining('text/csv') });
    expect(text.replace('\uFEFF', '').split(/\r?\n/)[0]).toContain('number,name,platform,host');
    expect(text).not.toMatch(/(^|,)=1\+1/m);
    expect(text).not.toContain(bot.programme.tokens.affilka);
    expect(text).toContain((await offerOf(bot, '1')).tokenTail);
  });
});
