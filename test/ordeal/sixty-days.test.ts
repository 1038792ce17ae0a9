import { expect, test } from 'vitest';
import { addDays, type Instant } from '../../src/dates.js';
import type { Offer } from '../../src/offers/offer.js';
import { asBookRows } from '../sandbox/expected-rows.js';
import type { FaultName, Refusal } from '../sandbox/faults.js';
import { type Random, randomFrom } from '../sandbox/random.js';
import { type Bot, withBot } from '../support/with-bot.js';

const start: Instant = '2026-10-01T06:10:00.000Z';
const days = 60;
/** Ticks are thinned from one an hour, to keep the test short. */
const stepHours = 6;

const faults: readonly FaultName[] = [
  'status-429',
  'status-500',
  'status-503',
  'status-403',
  'status-404',
  'login-page',
  'json-error',
  'login-redirect',
  'reset',
  'content-length-too-long',
  'cut-body',
  'empty-body',
  'latin1-body',
  'deep-json',
  'column-missing',
  'brand-grouping-gone',
  'numbers-in-words',
  'other-date-format',
  'empty-report',
  'repeated-page',
  'duplicate-rows',
  'totals-among-rows',
  'rows-outside-window',
];

const digestTitle = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w{3} ·/;
const refusals: readonly Refusal[] = ['status-401', 'status-403', 'login-page', 'login-redirect'];

interface Report {
  readonly name: string;
  readonly platform: 'affilka' | 'referon';
  readonly link: (bot: Bot, token: string) => string;
  readonly words: string;
}

const reports: readonly Report[] = [
  {
    name: 'Royal',
    platform: 'affilka',
    link: ({ programme }, token) =>
      programme.urls.affilkaReportUrl({ token, brands: ['12'], currency: null }),
    words: '',
  },
  {
    name: 'Nord',
    platform: 'affilka',
    link: ({ programme }, token) =>
      programme.urls.affilkaReportUrl({ token, brands: ['14'], currency: null }),
    words: '',
  },
  {
    name: 'Bella',
    platform: 'referon',
    link: ({ programme }, token) =>
      programme.urls.referonExportUrl({ token, brands: ['17'], currency: 'EUR' }),
    words: 'currency:EUR',
  },
];

interface Running {
  readonly report: Report;
  token: string;
  url: string;
  /** Steps until somebody renews it. */
  deadFor: number;
}

async function offerOf(bot: Bot, { report }: Running): Promise<Offer> {
  const offer = await bot.tallyman.core.stores.offers.find('terminal', report.name);
  if (!offer) throw new Error(`no offer ${report.name}`);
  return offer;
}

async function renew(bot: Bot, running: Running): Promise<void> {
  running.token = bot.programme.issueToken(running.report.platform);
  running.url = running.report.link(bot, running.token);
  running.deadFor = 0;
  const { card } = await bot.type(`/offer renew ${running.report.name} ${running.url} anyway:yes`);
  expect(card.title).toMatch(/is renewed/);
  await bot.settle();
}

function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[random.whole(0, list.length - 1)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** Corrects the FTD of some row of the last three weeks. */
function restate(bot: Bot, random: Random): number {
  const { books } = bot.programme;
  const now = bot.clock.now();
  const day = addDays(now.slice(0, 10), -random.whole(2, 21));
  const rows = books.rows({ from: day, to: day, now });
  if (rows.length === 0) return 0;
  const { brandId, campaignId, currency } = pick(random, rows);
  books.restate(day, brandId, campaignId, currency, { ftds: random.whole(0, 9) }, now);
  return 1;
}

async function step(bot: Bot, hours: number): Promise<void> {
  bot.clock.advance(hours * 3_600_000);
  await bot.tallyman.work.plan();
  await bot.settle();
}

/** Compares what is stored with the books, day by day and to the last unit; answers how many rows that were. */
async function countEqualRows(bot: Bot, all: readonly Running[]): Promise<number> {
  const { stores } = bot.tallyman.core;
  const now = bot.clock.now();
  const today = now.slice(0, 10);
  let rows = 0;
  for (const running of all) {
    const { id, name, historyFrom } = await offerOf(bot, running);
    const compare = async (to: string) => {
      const stored = asBookRows(await stores.figures.rows(id, historyFrom, to));
      expect(stored, name).toEqual(bot.programme.expectedRows(running.url, { from: historyFrom, to, now }));
      return stored.length;
    };
    // Nothing changes by itself after ten days; what does is read once a day, and at once when somebody asks.
    await compare(addDays(today, -12));
    expect((await bot.type(`/offer sync ${name} from:${addDays(today, -14)}`)).ok).toBe(true);
    await bot.settle();
    rows += await compare(addDays(today, -1));
  }
  return rows;
}

test('sixty days of faults end with the books, no open alert, and a digest a day', {
  timeout: 180_000,
}, async () => {
  await withBot(
    async (bot) => {
      const random = randomFrom('sixty days', 1);
      const { programme } = bot;
      const all: Running[] = reports.map((report) => {
        const token = programme.issueToken(report.platform);
        return { report, token, url: report.link(bot, token), deadFor: 0 };
      });
      for (const { report, url } of all) {
        expect(
          (await bot.type(`/offer add ${url} name:${report.name} from:2026-09-01 ${report.words}`)).ok,
          report.name,
        ).toBe(true);
      }
      expect((await bot.type('/digest schedule at:09:00 tz:Europe/Malta')).ok).toBe(true);
      await bot.settle();
      const seen = { faults: 0, deaths: 0, restated: 0 };
      programme.requests.clear();

      for (let hours = 0; hours < days * 24; hours += stepHours) {
        programme.faults.clear();
        for (const running of all) {
          const { token, report } = running;
          if (running.deadFor > 0) {
            running.deadFor -= 1;
            if (running.deadFor === 0) await renew(bot, running);
          } else if (random.chance(0.012)) {
            programme.faults.refuseWith(report.platform, pick(random, refusals));
            programme.expireToken(token);
            running.deadFor = random.whole(1, 12);
            seen.deaths += 1;
          } else if (random.chance(0.15)) {
            programme.faults.set(pick(random, faults), { token, next: random.whole(1, 4) });
            seen.faults += 1;
          }
        }
        if (random.chance(0.2)) seen.restated += restate(bot, random);
        await step(bot, stepHours);
      }
      programme.faults.clear();
      for (const running of all) if (running.deadFor > 0) await renew(bot, running);
      for (let hours = 0; hours < 48; hours += stepHours) await step(bot, stepHours);

      const { total } = programme.requests;
      const { stores } = bot.tallyman.core;
      const rows = await countEqualRows(bot, all);
      const open = await stores.incidents.listOpen('terminal');
      expect(open.map((incident) => incident.problem.what)).toEqual([]);
      const latest = await stores.incidents.latest('terminal', 500);
      const digests = bot.said.filter((one) => digestTitle.test(one.card.title)).map((one) => one.card.title);
      console.log(
        `${days + 2} days, 3 offers: ${total} requests, ${seen.faults} faults, ${seen.deaths} dead tokens, ` +
          `${seen.restated} restatements, ${latest.length} alerts, ${bot.said.length} messages, ` +
          `${digests.length} digests, ${rows} rows equal to the books`,
      );
      expect(new Set(digests.map((title) => title.slice(0, 10))).size).toBe(digests.length);
      expect(digests).toHaveLength(days + 2);
    },
    { start, inMemory: true },
  );
});
