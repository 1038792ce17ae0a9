import { expect, onTestFinished, test, vi } from 'vitest';
import { digestNowCommand } from '../../commands/digest/now.js';
import { offerList } from '../../commands/offer/list.js';
import { offerShow } from '../../commands/offer/show.js';
import { report } from '../../commands/report.js';
import { BetterSqlite, type SqliteHandle } from '../../db/better-sqlite.js';
import { clearOldRecords } from '../../src/clear-old-records.js';
import { postDueDigests } from '../../src/digest/post-due-digests.js';
import { platforms } from '../../src/platforms/index.js';
import type { Stores } from '../../src/ports.js';
import { caller, runCommand, testCore } from '../digest/core.js';
import { newOffer, now, storeLiveHistory, thursday } from '../digest/history.js';
import { openTestStores } from '../support/sqlite.js';
import { outboxRow, syncRun } from '../support/stored.js';

/** These hold a row or a few for each workspace; every other table grows with offers or with time. */
const smallTables = ['workspaces', 'admins', 'digest_schedules'];
/** The list of offers that a statement was given, and sums that it has made before: no tables. */
const given = ['json_each', 'days'];

const incident = {
  workspace: 'slack:T1',
  kind: 'token-refused',
  subject: 'offer:1',
  problem: { code: 'probe.token-refused', what: 'It is refused.', why: 'It ended.', fix: ['Renew it.'] },
} as const;

interface Statement {
  all(...values: unknown[]): unknown[];
  run(...values: unknown[]): unknown;
}

interface Plan {
  readonly text: string;
  readonly steps: readonly string[];
}

/** Offers with weeks of days, each read twice, so that there are changes. */
async function storeOffers(stores: Stores): Promise<void> {
  for (const name of ['Lucky Star', 'Golden Bay', 'Night Owl']) {
    const offer = await newOffer(stores, name);
    await storeLiveHistory(stores, offer, '2026-10-01', thursday, (day) => {
      const ftds = Number(day.slice(8));
      return { young: { ftds, ngr: 10n }, grown: { ftds, ngr: 20n } };
    });
  }
}

/** Every statement that reads or removes which SQLite is given while `work` runs, with its own plan for those values. */
async function plansOf(work: (stores: Stores) => Promise<unknown>): Promise<Plan[]> {
  const prepare = BetterSqlite.prototype.prepare;
  const plans = new Map<string, Plan>();
  const spy = vi.spyOn(BetterSqlite.prototype, 'prepare').mockImplementation(function (this: unknown, text) {
    const handle = this as SqliteHandle;
    const statement: Statement = prepare.call(handle, text);
    const [all, run] = [statement.all.bind(statement), statement.run.bind(statement)];
    const explain = (values: readonly unknown[]) => {
      if (!/^\s*(select|with|update|delete)\b/i.test(text)) return;
      const explained: Statement = prepare.call(handle, `explain query plan ${text}`);
      const rows = explained.all(...values.flat());
      plans.set(text, { text, steps: rows.map((row) => (row as { detail: string }).detail) });
    };
    statement.all = (...values: unknown[]) => {
      explain(values);
      return all(...values);
    };
    statement.run = (...values: unknown[]) => {
      explain(values);
      return run(...values);
    };
    return statement as never;
  });
  onTestFinished(() => spy.mockRestore());
  const stores = await openTestStores();
  await storeOffers(stores);
  plans.clear();
  await work(stores);
  return [...plans.values()];
}

function scans(plans: readonly Plan[]): string[] {
  return plans.flatMap(({ text, steps }) =>
    steps
      .filter(
        (step) =>
          /^SCAN /.test(step) &&
          ![...smallTables, ...given].some((table) => step.startsWith(`SCAN ${table}`)),
      )
      .map((step) => `${step}: ${text}`),
  );
}

function steps(plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => plan.steps);
}

/** Through the offer and the day, which come first in the key. */
const throughKey = expect.stringMatching(
  /^SEARCH \w+ USING PRIMARY KEY \(offer_id=\? AND day>\? AND day<\?\)/,
);

test('a digest reads no table from end to end', async () => {
  const plans = await plansOf(async (stores) => {
    await runCommand(digestNowCommand, testCore(stores, now), caller());
    await runCommand(digestNowCommand, testCore(stores, now), caller(), { range: 'last-month' });
  });

  expect(scans(plans)).toEqual([]);
  expect(steps(plans)).toContainEqual(throughKey);
  expect(steps(plans)).toContainEqual(
    expect.stringMatching(/USING INDEX figure_changes_at \(offer_id=\? AND at>/),
  );
});

test('a planned digest reads no table from end to end', async () => {
  const plans = await plansOf(async (stores) => {
    const asking = { channelId: 'C1', channelName: '#casino', at: '09:00', timeZone: 'Europe/Malta' };
    const made = { every: 'day', createdBy: 'U1', createdAt: '2026-11-19T12:00:00.000Z' } as const;
    await stores.digests.setSchedule({ workspace: 'slack:T1', ...asking, ...made });

    expect(await postDueDigests(testCore(stores, now))).toBe(1);
  });

  expect(scans(plans)).toEqual([]);
  expect(steps(plans)).toContainEqual(throughKey);
});

test.each([
  { range: '30d' },
  { range: 'ytd', by: 'month,brand,campaign' },
  { range: '7d', offer: 'Lucky Star' },
  { range: '30d', as: 'chart' },
  { range: 'last-month', as: 'csv' },
])('a report with %o reads no table from end to end', async (options) => {
  const plans = await plansOf((stores) =>
    runCommand(report, testCore(stores, now), caller(), { ...options }),
  );

  expect(scans(plans)).toEqual([]);
  expect(steps(plans)).toContainEqual(throughKey);
});

test('the list of offers and the page of one read no table from end to end', async () => {
  const plans = await plansOf(async (stores) => {
    await runCommand(offerList, testCore(stores, now), caller());
    await runCommand(offerShow, { ...testCore(stores, now), platforms }, caller(), { offer: 'Lucky Star' });
  });

  expect(scans(plans)).toEqual([]);
  expect(steps(plans)).toContainEqual(throughKey);
});

test('a page of the list and what is read of many offers at once go through keys', async () => {
  const month = { from: '2026-11-01', to: thursday, by: ['offer'], fields: ['ftds'] } as const;
  const plans = await plansOf(async (stores) => {
    const offerIds = (await stores.offers.list('slack:T1')).map((offer) => offer.id);
    const query = { offerIds, from: month.from, to: thursday } as const;
    await stores.offers.page('slack:T1', { channelId: 'C1', ownerId: 'U1' }, 100, offerIds);
    await stores.figures.windowSums(offerIds, [month]);
    await stores.figures.pastSums({ ...query, by: ['day', 'offer'], asOf: '2026-11-10T08:00:00.000Z' });
    await stores.figures.daysOf(offerIds, month.from, thursday);
    await stores.figures.lastChanges(offerIds, month.from, thursday, ['ftds']);
  });

  expect(scans(plans)).toEqual([]);
  expect(plans.length).toBeGreaterThan(7);
});

test("the minute's round over open incidents does not read those that are over", async () => {
  const plans = await plansOf((stores) => stores.incidents.allOpen());

  expect(scans(plans)).toEqual([]);
});

test('clearing away what is old goes through keys, and needs no index of its own', async () => {
  const line = { workspace: 'slack:T1', userId: 'U1', userName: 'Ann', action: 'offer sync' } as const;
  const plans = await plansOf(async (stores) => {
    const [offer] = await stores.offers.list('slack:T1');
    const at = '2024-01-01T00:00:00.000Z';
    await stores.runs.add(syncRun(offer?.id ?? 0, at));
    await stores.outbox.add(outboxRow('incident:1', { createdAt: at }));
    await stores.incidents.open({ ...incident, offerId: null, openedAt: at });
    await stores.audit.add({ ...line, at, subject: 'offer 1', outcome: 'done' });

    await clearOldRecords(testCore(stores, now));
  });

  const removing = plans.filter(({ text }) => text.startsWith('delete'));
  expect(scans(plans)).toEqual([]);
  for (const table of ['sync_runs', 'outbox', 'incidents', 'audit']) {
    expect(steps(removing)).toContain(`SEARCH ${table} USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)`);
  }
  expect(steps(removing)).toContainEqual(
    expect.stringMatching(/SEARCH newer USING COVERING INDEX sync_runs_of \(offer_id=\? AND ended_at>\?\)/),
  );
  expect(steps(removing)).toContainEqual(throughKey);
});

test('a statement that reads a whole table is noticed', () => {
  const whole = [
    'SCAN figures',
    'SCAN f USING COVERING INDEX figure_changes_at',
    'SEARCH offers USING INDEX x',
  ];

  expect(scans([{ text: 'select', steps: whole }])).toHaveLength(2);
});
