import { addDays, type Day, type Instant } from '../src/dates.js';
import { figureFields } from '../src/figures.js';
import type { Reading, ReadingResult } from '../src/sync/figure-store.js';
import { chunks } from './columns.js';
import { type BulkRow, type Connection, holdLock } from './connection.js';
import { type DayRows, rowsByDay } from './day-rows.js';
import { changesTable, daysTable, type FigureValues, figuresTable } from './figure-columns.js';
import { hashOfDay } from './hash-of-day.js';
import { hot } from './hot.js';
import { internDimensions } from './intern-dimensions.js';

/** About so many new rows are made ready at a time: a large reading has hundreds of thousands. */
const mostAtOnce = 5_000;

const storedDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('offerDays')
    .select(['day', 'state', 'hash', 'firstReportedAt', 'changedAt'])
    .where('offerId', '=', offerId)
    .where('day', '>=', from)
    .where('day', '<=', to),
);

const figuresOfDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('figures')
    .selectAll()
    .where('offerId', '=', offerId)
    .where('day', '>=', from)
    .where('day', '<=', to),
);

const freshen = hot(
  (db, offerId: bigint, from: Day, to: Day, readAt: Instant, runId: number, ratesDate: Day | null) =>
    db
      .updateTable('offerDays')
      .set({ readAt, runId, ratesDate })
      .where('offerId', '=', offerId)
      .where('day', '>=', from)
      .where('day', '<=', to),
);

/**
 * Stores a reading: what differs is written, deleted and (on days reported before) logged. Must run inside a transaction.
 * `at` must grow from one reading of an offer to the next, or looking back would miss changes.
 */
export async function applyReading(connection: Connection, reading: Reading): Promise<ReadingResult> {
  const unasked = reading.rows.days.find((day) => reading.days.get(day) !== 'reported');
  if (unasked !== undefined) throw new Error('a row of a day that is not reported');
  await holdLock(connection, `figures:${reading.offerId}`);
  const ids = await internDimensions(connection, reading.offerId, reading.rows);
  const read = rowsByDay(reading.rows, ids);
  const offer = BigInt(reading.offerId);
  const known = new Map(
    (await storedDays(connection, offer, reading.from, reading.to)).map((row) => [row.day, row]),
  );

  const days: BulkRow[] = [];
  let unchanged = 0;
  const newDays: Day[] = [];
  const restated: Day[] = [];
  const vanishedDays: Day[] = [];
  for (const [day, state] of reading.days) {
    const before = known.get(day);
    const wasReported = before?.state === 'reported';
    if (state === 'absent' && wasReported) {
      vanishedDays.push(day);
      continue;
    }
    const digest = state === 'reported' ? hashOfDay(read, day) : null;
    const changed = digest !== null && digest !== before?.hash;
    if (changed) (wasReported ? restated : newDays).push(day);
    if (!changed && before?.state === state) {
      unchanged += 1;
      continue;
    }
    const firstReportedAt = wasReported ? before.firstReportedAt : digest && reading.at;
    const changedAt = changed ? reading.at : (before?.changedAt ?? null);
    const marks = [reading.at, digest, reading.ratesDate, reading.runId];
    days.push([offer, day, state, firstReportedAt, changedAt, ...marks]);
  }

  const { written, removed, changes } = compare(
    reading,
    read,
    await storedRows(connection, reading, restated),
  );
  for (const [day, gone] of removed) await removeRows(connection, reading.offerId, day, gone);
  let batch = written;
  for (const day of newDays) {
    for (const row of read.of(day)) batch.push([offer, day, read.idOf(row), ...read.valuesOf(row)]);
    if (batch.length < mostAtOnce) continue;
    await connection.putRows(connection.db, figuresTable, batch);
    batch = [];
  }
  await connection.putRows(connection.db, figuresTable, batch);
  await connection.putRows(connection.db, changesTable, changes);
  if (unchanged > 0) await freshenDays(connection, reading, vanishedDays);
  await connection.putRows(connection.db, daysTable, days);
  return {
    rowsStored: reading.rows.length,
    daysChanged: restated.length,
    changes: changes.length,
    newDays,
    vanishedDays,
  };
}

/** All days of the window were read now, but for those that kept what they had because this reading lacks them. */
async function freshenDays(connection: Connection, reading: Reading, vanished: readonly Day[]) {
  const { offerId, at, runId, ratesDate } = reading;
  let { from }: { from: Day } = reading;
  for (const day of [...vanished].sort()) {
    if (from < day) await freshen(connection, BigInt(offerId), from, addDays(day, -1), at, runId, ratesDate);
    from = addDays(day, 1);
  }
  if (from <= reading.to) await freshen(connection, BigInt(offerId), from, reading.to, at, runId, ratesDate);
}

async function storedRows(
  connection: Connection,
  reading: Reading,
  days: readonly Day[],
): Promise<Map<Day, Map<bigint, FigureValues>>> {
  const byDay = new Map(days.map((day) => [day, new Map<bigint, FigureValues>()]));
  for (const { from, to } of stretchesOf(days)) {
    for (const row of await figuresOfDays(connection, BigInt(reading.offerId), from, to)) {
      byDay.get(row.day)?.set(
        row.dimensionId,
        figureFields.map((field) => row[field]),
      );
    }
  }
  return byDay;
}

/** Days that follow one another, each as one stretch. */
function stretchesOf(days: readonly Day[]): { readonly from: Day; to: Day }[] {
  const stretches: { readonly from: Day; to: Day }[] = [];
  for (const day of [...days].sort()) {
    const last = stretches.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  return stretches;
}

/** What has to be written, deleted and logged so that the stored days become those that were read. */
function compare(
  reading: Reading,
  read: DayRows,
  stored: ReadonlyMap<Day, ReadonlyMap<bigint, FigureValues>>,
) {
  const written: BulkRow[] = [];
  const removed = new Map<Day, bigint[]>();
  const changes: BulkRow[] = [];
  for (const [day, oldRows] of stored) {
    const newRows = new Map(read.of(day).map((row) => [read.idOf(row), read.valuesOf(row)]));
    removed.set(
      day,
      [...oldRows.keys()].filter((id) => !newRows.has(id)),
    );
    for (const id of new Set([...oldRows.keys(), ...newRows.keys()])) {
      const before = oldRows.get(id);
      const after = newRows.get(id);
      const differing = figureFields.flatMap((field, index): BulkRow[] => {
        const [old = null, now = null] = [before?.[index], exact(after?.[index])];
        return old === now ? [] : [[reading.offerId, day, id, field, old, now, reading.at, reading.runId]];
      });
      changes.push(...differing);
      if (after && (!before || differing.length > 0)) written.push([reading.offerId, day, id, ...after]);
    }
  }
  return { written, removed, changes };
}

/** Stored figures are read as `bigint`. */
function exact(figure: bigint | number | null | undefined): bigint | null | undefined {
  return typeof figure === 'number' ? BigInt(figure) : figure;
}

async function removeRows({ db }: Connection, offerId: number, day: Day, ids: readonly bigint[]) {
  for (const chunk of chunks(ids, 500)) {
    await db
      .deleteFrom('figures')
      .where('offerId', '=', BigInt(offerId))
      .where('day', '=', day)
      .where('dimensionId', 'in', chunk)
      .execute();
  }
}
