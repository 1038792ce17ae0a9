import { PassThrough } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { createChartRenderer } from '../../adapters/chart/chart-renderer.js';
import { renderCard } from '../../adapters/terminal/render.js';
import { createScreen } from '../../adapters/terminal/screen.js';
import type { DrawnCard } from '../../src/card.js';
import type { Reply } from '../../src/dispatch.js';
import type { BookFigures } from '../sandbox/book-row.js';
import { createBooks } from '../sandbox/books.js';
import { actingLetters, hostileNames } from '../support/hostile-names.js';
import { type Bot, withBot } from '../support/with-bot.js';

const day = '2026-11-19';
const brands = hostileNames.map(({ name }, index) => ({
  id: String(100 + index),
  name,
  currencies: ['EUR'],
  campaigns: [{ id: String(900 + index), name, size: 1, share: 1, cpa: 0 }],
}));

function hostileBooks() {
  const books = createBooks({ brands, generated: false });
  for (const [index, { id, campaigns }] of brands.entries()) {
    const row = books.row(day, id, '', 'EUR', `${day}T12:00:00.000Z`);
    expect(row).toBeNull();
    books.set(day, id, campaigns[0]?.id ?? '', 'EUR', figuresOf(index));
  }
  return books;
}

function figuresOf(index: number): BookFigures {
  return {
    clicks: index + 1,
    registrations: 1,
    ftds: 1,
    ftdAmount: '1.00',
    deposits: '2.00',
    ngr: `-${index}.25`,
    commission: '0.50',
    depositors: 1,
    prequalified: 0,
    qualified: 0,
    cpaIncome: '0.00',
  };
}

const expectedNgr = brands.map((_, index) => -index - 0.25).toSorted((a, b) => a - b);

async function textFrom(reply: Reply): Promise<string> {
  return Buffer.from(reply.files[0]?.content ?? '').toString();
}

/** A card as the terminal prints it, at three widths. */
function printed(card: DrawnCard): string {
  return [40, 80, 200]
    .flatMap((width) => renderCard(card, { width, colour: false, firstNumber: 1 }))
    .join('\n');
}

async function useEverything(bot: Bot): Promise<Reply[]> {
  const replies: Reply[] = [];
  const lines = [
    '/offer list',
    '/offer show 1',
    '/offer show 2',
    '/offer export',
    '/digest now',
    '/report 7d by:brand',
    '/report 7d by:campaign',
    '/report 7d by:day,offer,brand,campaign',
    '/report 7d as:chart',
    '/report 7d as:csv',
    '/report 7d by:brand share:yes',
    '/digest schedule at:09:00 tz:UTC',
    '/digest list',
    '/alert list',
    '/alert test',
    '/offer sync',
    '/offer pause 2',
    '/offer resume 2',
    '/offer remove 2',
    '/offer show nothing',
  ];
  for (const line of lines) replies.push(await bot.type(line));
  return replies;
}

test('hostile names pass through the whole bot onto the terminal, into files and back from the database', {
  timeout: 120_000,
}, async () => {
  await withBot(
    async (bot) => {
      const { urls } = bot.programme;
      await bot.type(`/offer add ${urls.affilkaReportUrl({ currency: null })} name:One anyway:yes`);
      await bot.type(`/offer add ${urls.referonExportUrl()} name:Two currency:EUR anyway:yes`);
      await bot.settle();
      const { stores } = bot.tallyman.core;
      const first = await stores.offers.find('terminal', '1');
      const second = await stores.offers.find('terminal', '2');
      const replies = await useEverything(bot);
      const named: string[] = [];
      for (const { name } of hostileNames) {
        const options = {
          offer: '1',
          name: name.slice(0, 300),
          channel: `<#C9|${name.slice(0, 60)}>`,
          owner: `<@U9|${name.slice(0, 60)}>`,
        };
        const prepared = await bot.tallyman.dispatch.prepare(
          { command: 'offer edit', options, caller: bot.caller },
          false,
        );
        if (prepared.kind === 'run') replies.push(await prepared.run());
        for (const line of [
          '/offer list',
          '/offer show 1',
          '/report 7d by:offer',
          '/offer export',
          '/offer show zzz',
        ])
          replies.push(await bot.type(line));
        const kept = await stores.offers.find('terminal', '1');
        named.push(kept?.name ?? '');
      }
      bot.programme.expireToken(bot.programme.tokens.affilka);
      await bot.passHours(26);
      replies.push(await bot.type('/alert list'));

      const cards = [...replies.map(({ card }) => card), ...bot.said.flatMap(({ history }) => history)];
      const acting = cards.map(printed).filter((text) => actingLetters.test(text));
      const csv = parse(await textFrom(await bot.type('/report 7d as:csv')), {
        columns: true,
        bom: true,
      }) as Record<string, string>[];
      const files = await Promise.all(replies.filter(({ files }) => files.length > 0).map(textFrom));
      const cells = files.flatMap((text) => (parse(text, { bom: true }) as string[][]).slice(1).flat());
      const formulas = cells.filter((cell) =>
        /^[\s\0]*[=+@＝＋＠\t\r]|^[\s\0]*[-－](?!\d+(\.\d+)?$)/.test(cell),
      );
      const dimensions = [
        ...(await stores.figures.dimensions(first?.id ?? 0)),
        ...(await stores.figures.dimensions(second?.id ?? 0)),
      ];

      expect(dimensions).toHaveLength(2 * brands.length);
      expect(dimensions.filter(({ brand, campaign }) => /[\0\p{Cs}]/u.test(brand + campaign))).toEqual([]);
      expect(acting.map((text) => actingLetters.exec(text)?.index)).toEqual([]);
      expect(formulas).toEqual([]);
      expect(
        csv
          .filter((row) => row.date === day)
          .map((row) => Number(row.ngr))
          .toSorted((a, b) => a - b),
      ).toEqual([...expectedNgr, ...expectedNgr].toSorted((a, b) => a - b));
      console.log(
        `${hostileNames.length} names, ${cards.length} cards at three widths, ${cells.length} cells, ${dimensions.length} dimensions: nothing acted`,
      );
    },
    { programme: { books: hostileBooks() } },
  );
});

test('a chart title and its labels cannot leave their text', { timeout: 60_000 }, async () => {
  const charts = createChartRenderer();
  for (const { name } of hostileNames) {
    const png = await charts.png({
      title: name,
      days: [day],
      bars: { label: name, values: [1] },
      line: { label: name, values: [-1.5] },
    });
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  }
});

test('the terminal shows hostile names of people, channels and files as one harmless line, as JSON too', async () => {
  for (const json of [false, true]) {
    const output = Object.assign(new PassThrough(), { columns: 80 });
    let shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const screen = createScreen({
      output,
      errorOutput: output,
      json,
      interactive: false,
      colour: false,
      filesFolder: '/nonexistent',
      charts: createChartRenderer(),
    });
    for (const { name } of hostileNames) {
      const card: DrawnCard = {
        title: name,
        tone: 'plain',
        problems: [name],
        blocks: [
          { type: 'facts', facts: [{ label: name, value: name }] },
          { type: 'table', columns: [{ label: name }], rows: [[name]], more: name },
          { type: 'steps', title: name, code: name, text: name, steps: [name] },
          { type: 'code', text: name },
          { type: 'link', label: name, url: name },
          { type: 'actions', actions: [{ id: 'x', label: name }] },
          {
            type: 'chart',
            alt: name,
            chart: {
              title: name,
              days: [day],
              bars: { label: name, values: [1] },
              line: { label: name, values: [1] },
            },
          },
        ],
      };
      await screen.message({
        target: { kind: 'channel', id: 'x', name },
        id: 'm',
        card,
        files: [],
        isUpdate: true,
      });
      screen.note(name);
    }
    expect(actingLetters.exec(shown)).toBeNull();
    if (!json) expect(shown).not.toMatch(/\ufffd\ufffd{20}/);
  }
});
