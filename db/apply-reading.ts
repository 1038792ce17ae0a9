import { addDays, type Day, type Instant } from '../src/dates.js';
import type { Reading, ReadingResult } from '../src/sync/figure-store.js';
import { chunks } from './columns.js';
import { compareDays } from './compare-days.js';
import { type BulkValues, type Connection, holdLock } from './connection.js';
import { addFigures, type DayRows, rowsByDay } from './day-rows.js';
import { changesTable, daysTable, figuresTable } from './figure-columns.js';
import { hashOfDay } from './hash-of-day.js';
import { hot } from './hot.js';
import { internDimensions } from './intern-dimensions.js';

/** About so many rows are made ready, or compared, at a time: a large reading has hundreds of thousands. */
const mostAtOnce = 5_000;

const storedDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('offerDays')
    .select(['day', 'state', 'hash', 'firstReportedAt', 'changedAt'])
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
  const judged = await judgeDays(connection, reading, read);
  const daysThatAre = (kind: JudgedDay['is']) =>
    judged.filter((one) => one.is === kind).map(({ day }) => day);
  const [newDays, vanishedDays] = [daysThatAre('new'), daysThatAre('vanished')];
  const { changes, restated } = await restateDays(connection, reading, read, daysThatAre('other'));
  await writeNewDays(connection, reading, read, newDays);
  if (judged.some(({ is }) => is === 'same')) await freshenDays(connection, reading, vanishedDays);
  await connection.putRows(connection.db, daysTable, dayValues(reading, judged, restated));
  return {
    rowsStored: reading.rows.length,
    daysChanged: restated.size,
    changes,
    newDays,
    vanishedDays,
  };
}

interface JudgedDay {
  readonly day: Day;
  readonly state: 'reported' | 'absent';
  readonly before: Awaited<ReturnType<typeof storedDays>>[number] | undefined;
  readonly hash: string | null;
  /** `other`: it may differ from what was reported before. `vanished`: it was reported, and this reading has not got it. */
  readonly is: 'new' | 'same' | 'other' | 'absent' | 'vanished';
}

async function judgeDays(connection: Connection, reading: Reading, read: DayRows): Promise<JudgedDay[]> {
  const { offerId, from, to } = reading;
  const stored = await storedDays(connection, BigInt(offerId), from, to);
  const known = new Map(stored.map((row) => [row.day, row]));
  return [...reading.days].map(([day, state]) => {
    const before = known.get(day);
    if (state === 'absent') {
      const is = before?.state === 'reported' ? 'vanished' : before?.state === 'absent' ? 'same' : 'absent';
      return { day, state, before, hash: null, is };
    }
    const hash = hashOfDay(read, day);
    const is = before?.state !== 'reported' ? 'new' : before.hash === hash ? 'same' : 'other';
    return { day, state, before, hash, is };
  });
}

function dayValues(
  { offerId, at, ratesDate, runId }: Reading,
  judged: readonly JudgedDay[],
  restated: ReadonlySet<Day>,
): BulkValues {
  const values: (string | number | null)[] = [];
  for (const { day, state, before, hash, is } of judged) {
    if (is === 'same' || is === 'vanished') continue;
    const firstReportedAt = is === 'new' ? at : (before?.firstReportedAt ?? null);
    const changedAt = is === 'new' || restated.has(day) ? at : (before?.changedAt ?? null);
    values.push(offerId, day, state, firstReportedAt, changedAt, at, hash, ratesDate, runId);
  }
  return values;
}

/** Makes stored days what was read of them; answers how many figures differed, and on which days. */
async function restateDays(connection: Connection, reading: Reading, read: DayRows, days: readonly Day[]) {
  const restated = new Set<Day>();
  let changes = 0;
  for (const some of fewAtATime(days, read)) {
    const compared = await compareDays(connection, reading, read, some);
    for (const [day, gone] of compared.removed) await removeRows(connection, reading.offerId, day, gone);
    await connection.putRows(connection.db, figuresTable, compared.written);
    await connection.putRows(connection.db, changesTable, compared.changes);
    changes += compared.changes.length / changesTable.columns.length;
    for (const day of compared.restated) restated.add(day);
  }
  return { changes, restated };
}

/** As many days at a time as have few rows together: what is stored of them is compared row by row. */
function fewAtATime(days: readonly Day[], read: DayRows): Day[][] {
  const parts: Day[][] = [];
  let part: Day[] = [];
  let rows = 0;
  for (const day of days) {
    const { length } = read.of(day);
    if (part.length === 0 || rows + length > mostAtOnce) {
      part = [];
      parts.push(part);
      rows = 0;
    }
    part.push(day);
    rows += length;
  }
  return parts;
}

async function writeNewDays(connection: Connection, reading: Reading, read: DayRows, days: readonly Day[]) {
  let batch: (string | number | bigint | null)[] = [];
  for (const day of days) {
    for (const row of read.of(day)) {
      batch.push(reading.offerId, day, read.idOf(row));
      addFigures(batch, read.rows, row);
      if (batch.length < mostAtOnce * figuresTable.columns.length) continue;
      await connection.putRows(connection.db, figuresTable, batch);
      batch = [];
    }
  }
  await connection.putRows(connection.db, figuresTable, batch);
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

async function removeRows({ db }: Connection, offerId: number, day: Day, ids: readonly number[]) {
  for (const chunk of chunks(ids.map(BigInt), 500)) {
    await db
      .deleteFrom('figures')
      .where('offerId', '=', BigInt(offerId))
      .where('day', '=', day)
      .where('dimensionId', 'in', chunk)
      .execute();
  }
}
