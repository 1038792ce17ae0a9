import { expect, test } from 'vitest';
import type { Reply } from '../../src/dispatch.js';
import { readImportLines, writeImportLines } from '../../src/offers/import-lines.js';
import { ann, type Bot, withBot } from '../support/with-bot.js';
import { auditOf, codesOf, textOf } from './offer-at-hand.js';

async function importList(bot: Bot, list: string, options: Record<string, string> = {}): Promise<Reply> {
  const invocation = { command: 'offer import', options: { list, ...options }, caller: ann };
  const prepared = await bot.tallyman.dispatch.prepare(invocation, false);
  if (prepared.kind !== 'run') throw new Error('a form was shown');
  return prepared.run();
}

function verdictsOf(reply: Reply): Record<string, string> {
  const facts = reply.card.blocks.flatMap((block) => (block.type === 'facts' ? block.facts : []));
  return Object.fromEntries(facts.map(({ label, value }) => [label, value]));
}

test('gives each line of a CSV file its own verdict, and one bad line stops no other', async () => {
  await withBot(async (bot) => {
    const { urls } = bot.programme;
    const list = [
      'name,url,currency,channel',
      `"Star, lucky",${urls.affilkaReportUrl({ brands: ['12'] })},,`,
      `Royal,${urls.referonExportUrl({ brands: ['14'] })},EUR,#royal`,
      '',
      `Twice,${urls.affilkaReportUrl({ brands: ['12'] })},,`,
      `Refused,${urls.affilkaReportUrl({ token: 'test-token-never-issued' })},,`,
      `Place,${urls.affilkaReportUrl({ brands: ['17'] })},,#bad place`,
      'Nothing,not a url,,',
      `,${urls.dashboardUrl()},,`,
    ].join('\r\n');

    const reply = await importList(bot, `\uFEFF${list}`);

    expect(reply.card).toMatchObject({ title: '2 of 7 added, 5 to look at', tone: 'warning' });
    expect(verdictsOf(reply)).toEqual({
      'Line 2': 'Added Star, lucky as offer 1.',
      'Line 3': 'Added Royal as offer 2.',
      'Line 5': expect.stringContaining('(link.already-added)'),
      'Line 6': expect.stringMatching(/refuses the token.*\(probe.token-refused\)/),
      'Line 7': 'The channel is not a channel; write it as #casino. (command.bad-value)',
      'Line 8': expect.stringContaining('(link.not-a-url)'),
      'Line 9': expect.stringContaining('(link.dashboard-page)'),
    });
    const offers = await bot.tallyman.core.stores.offers.list('terminal');
    expect(offers.map(({ name, currency, channelName }) => [name, currency, channelName])).toEqual([
      ['Star, lucky', null, '#casino'],
      ['Royal', 'EUR', '#royal'],
    ]);
    expect(await auditOf(bot)).toEqual(['Ann offer import 2 offers done']);
    expect(textOf(reply)).not.toContain('test-token');
  });
});

test('one press mends what the URLs decide, of the lines that need it alone, under their own numbers', async () => {
  await withBot(async (bot) => {
    const { urls } = bot.programme;
    const good = urls.affilkaReportUrl({ brands: ['12'] });
    const faulty = urls.affilkaReportUrl({ brands: ['14'], page: 3 });

    const reply = await importList(bot, `${good}\n${urls.dashboardUrl()}\n${faulty}`);
    const mended = await bot.press(reply.card, 'Mend line 3 and go on');

    expect(verdictsOf(mended)).toEqual({ 'Line 3': 'Added Café Royal as offer 2.' });
    expect(mended.card).toMatchObject({ title: '1 of 1 added', tone: 'good' });
  });
});

test('reads what people paste: a URL a line, with names before or after, as lists, in one line, with tabs', () => {
  const url = (number: number) => `https://x${number}.test/api/client/partner/report.json?a=1&token=t`;
  const read = (text: string) => readImportLines(text).map(({ line, url: link, name }) => [line, link, name]);

  expect(read(`${url(1)}\n\n${url(2)}`)).toEqual([
    [1, url(1), undefined],
    [3, url(2), undefined],
  ]);
  expect(read(`${url(1)} ${url(2)}`)).toEqual([
    [1, url(1), undefined],
    [2, url(2), undefined],
  ]);
  expect(read(`Lucky Star: ${url(1)}\n2. ${url(2)}\n- Nord – ${url(3)}\nBella, ${url(4)}`)).toEqual([
    [1, url(1), 'Lucky Star'],
    [2, url(2), undefined],
    [3, url(3), 'Nord'],
    [4, url(4), 'Bella'],
  ]);
  expect(read(`${url(1)},Lucky Star\n${url(2)}\tNord`)[0]).toEqual([1, url(1), 'Lucky Star']);
  expect(read(`url\tname\n${url(1)}\tLucky Star`)).toEqual([[2, url(1), 'Lucky Star']]);
  expect(read(`name;url\nLucky Star;${url(1)}`)).toEqual([[2, url(1), 'Lucky Star']]);
});

test('writes lines so that they are read again as they were', () => {
  const lines = readImportLines(
    'https://x.test/a?b=1,"Star, ""lucky""",#casino,EUR\n\nhttps://y.test/a,,,,tok',
  );
  expect(readImportLines(writeImportLines(lines))).toEqual(lines);
});

test('refuses a list without a URL and one that is too long', async () => {
  await withBot(async (bot) => {
    expect(codesOf(await importList(bot, 'Lucky Star'))).toEqual(['offer.import-empty']);
    const long = Array.from({ length: 201 }, (_, index) => `https://x${index}.test/a`).join('\n');
    expect(codesOf(await importList(bot, long))).toEqual(['offer.import-too-many']);
    expect(bot.programme.requests.total).toBe(0);
  });
});
