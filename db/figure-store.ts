import { type Day, daysBetween, type Instant, later } from '../src/dates.js';
import { firstOpenDay } from '../src/digest/settling.js';
import type { SourceRow } from '../src/figures.js';
import { figureFields } from '../src/figures.js';
import type { FigureStore } from '../src/sync/figure-store.js';
import { applyReading } from './apply-reading.js';
import { chunks, toNumber } from './columns.js';
import { atomically, type Connection } from './connection.js';
import { figuresIn } from './figure-columns.js';
import { hot } from './hot.js';
import { measureCoverage } from './measure-coverage.js';
import { readDays, readDaysOf, readLastChanges } from './read-days.js';
import { readFtds } from './read-ftds.js';
import { sumChanges } from './sum-changes.js';
import { sumFigures, sumPast, sumWindows } from './sum-figures.js';

const dimensionColumns = [
  'dimensions.brandId',
  'dimensions.brand',
  'dimensions.campaignId',
  'dimensions.campaign',
  'dimensions.currency',
] as const;

const allFigures = figuresIn(figureFields);

const confirmDays = hot(
  (db, offerId: bigint, from: Day, to: Day, sameAs: bigint, runId: number, readAt: Instant) =>
    db
      .updateTable('offerDays')
      .set({ runId, readAt })
      .where('offerId', '=', offerId)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .where('runId', '=', sameAs),
);

const changesOfDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('figureChanges as change')
    .innerJoin('dimensions', 'dimensions.id', 'change.dimensionId')
    .select(dimensionColumns)
    .select(['change.day', 'change.field', 'change.before', 'change.after', 'change.at', 'change.runId'])
    .where('change.offerId', '=', offerId)
    .where('change.day', '>=', from)
    .where('change.day', '<=', to)
    .orderBy('change.id'),
);

export function figureStore(connection: Connection): FigureStore {
  const { db } = connection;
  return {
    apply: (reading) => atomically(connection, (inside) => applyReading(inside, reading)),
    async confirm({ offerId, runId, at, from, to, sameAs, since }) {
      const first = later(from, firstOpenDay(since));
      if (first <= to) await confirmDays(connection, BigInt(offerId), first, to, BigInt(sameAs), runId, at);
    },
    sums: (query) => sumFigures(connection, query),
    windowSums: (offerIds, windows) => sumWindows(connection, offerIds, windows),
    pastSums: (query) => sumPast(connection, query),
    changeSums: (offerIds, since, until) => sumChanges(connection, offerIds, since, until),
    async markFailed(offerId, from, to, at) {
      for (const days of chunks(daysBetween(from, to), 500)) {
        await db
          .insertInto('offerDays')
          .values(days.map((day) => ({ offerId, day, state: 'failed', readAt: at }) as const))
          .onConflict((conflict) =>
            conflict
              .columns(['offerId', 'day'])
              .doUpdateSet({ state: 'failed', readAt: at })
              .where('offerDays.state', '<>', 'reported'),
          )
          .execute();
      }
    },
    ftds: (offerId, from, to) => readFtds(connection, offerId, from, to),
    coverage: (offerIds, from, to) => measureCoverage(connection, offerIds, from, to),
    days: (offerId, from, to) => readDaysOf(connection, offerId, from, to),
    daysOf: (offerIds, from, to) => readDays(connection, offerIds, from, to),
    lastChanges: (offerIds, from, to, fields) => readLastChanges(connection, offerIds, from, to, fields),
    async rows(offerId, from, to) {
      const rows = await db
        .selectFrom('figures')
        .innerJoin('dimensions', 'dimensions.id', 'figures.dimensionId')
        .select(dimensionColumns)
        .selectAll('figures')
        .where('figures.offerId', '=', BigInt(offerId))
        .where('day', '>=', from)
        .where('day', '<=', to)
        .orderBy('day')
        .orderBy('dimensionId')
        .execute();
      return rows.map((row): SourceRow => {
        const { day, brandId, brand, campaignId, campaign, currency } = row;
        const figures = allFigures(figureFields.map((field) => row[field]));
        return { day, brandId, brand, campaignId, campaign, currency, figures };
      });
    },
    dimensions(offerId) {
      return db
        .selectFrom('dimensions')
        .select(dimensionColumns)
        .where('offerId', '=', BigInt(offerId))
        .orderBy('id')
        .execute();
    },
    async changes(offerId, from, to) {
      const rows = await changesOfDays(connection, BigInt(offerId), from, to);
      return rows.map(({ day, field, before, after, at, runId, ...dimension }) => {
        return { offerId, day, dimension, field, before, after, at, runId: toNumber(runId) };
      });
    },
    async countRows(offerId) {
      const { count } = await db
        .selectFrom('figures')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .where('offerId', '=', BigInt(offerId))
        .executeTakeFirstOrThrow();
      return toNumber(count);
    },
  };
}
