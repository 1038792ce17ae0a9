import type { Day, Instant } from '../src/dates.js';
import { firstOpenDay } from '../src/digest/settling.js';
import type { Reading, ReadingResult } from '../src/sync/figure-store.js';
import { chunks } from './columns.js';
import { compareDays } from './compare-days.js';
import { type BulkValues, type Connection, holdLock } from './connection.js';
import { addFigures, type DayRows, rowsByDay } from './day-rows.js';
import { changesTable, daysTable, figuresTable } from './figure-columns.js';
import { hashOfDay } from './hash-of-day.js';
import { hot } from './hot.js';
import { internDimensions } from './intern-dimensions.js';
import { stretchesOf } from './stretches-of.js';

/** About so many rows are made ready, or compared, at a time: a large reading has hundreds of thousands. */
const mostAtOnce = 5_000;

const storedDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('offerDays')
    .select(['day', 'state', 'hash', 'firstReportedAt', 'readAt'])
    .where('offerId', '=', offerId)
    .where('day', '>=', from)
    .where('day', '<=', to),
);

const freshen = hot((db, offerId: bigint, from: Day, to: Day, readAt: Instant, runId: number) =>
  db
    .updateTable('offerDays')
    .set({ readAt, runId })
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
  const newDays = daysThatAre('new');
  const { changes, changedDays } = await restateDays(connection, reading, read, daysThatAre('other'));
  await writeNewDays(connection, reading, read, newDays);
  await freshenDays(connection, reading, judged);
  await connection.putRows(connection.db, daysTable, dayValues(reading, judged));
  return {
    rowsStored: reading.rows.length,
    daysChanged: changedDays,
    changes,
    newDays,
    vanishedDays: daysThatAre('vanished'),
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

function dayValues({ offerId, at, runId }: Reading, judged: readonly JudgedDay[]): BulkValues {
  const values: (string | number | null)[] = [];
  for (const { day, state, before, hash, is } of judged) {
    if (is === 'same' || is === 'vanished') continue;
    const firstReportedAt = is === 'new' ? at : (before?.firstReportedAt ?? null);
    values.push(offerId, day, state, firstReportedAt, at, hash, runId);
  }
  return values;
}

/** Makes stored days what was read of them; answers how many figures differed, and on how many days. */
async function restateDays(connection: Connection, reading: Reading, read: DayRows, days: readonly Day[]) {
  let [changes, changedDays] = [0, 0];
  for (const some of fewAtATime(days, read)) {
    const compared = await compareDays(connection, reading, read, some);
    for (const [day, gone] of compared.removed) await removeRows(connection, reading.offerId, day, gone);
    await connection.putRows(connection.db, figuresTable, compared.written);
    await connection.putRows(connection.db, changesTable, compared.changes);
    changes += compared.changes.length / changesTable.columns.length;
    changedDays += compared.changedDays;
  }
  return { changes, changedDays };
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

/** Days that are as they were have been read now. Those that were whole at their last reading stay untouched: most of a long window. */
async function freshenDays(connection: Connection, reading: Reading, judged: readonly JudgedDay[]) {
  const open = judged.filter(({ day, is, before }) => {
    return is === 'same' && (!before?.readAt || day >= firstOpenDay(before.readAt));
  });
  for (const { from, to } of stretchesOf(open.map(({ day }) => day))) {
    await freshen(connection, BigInt(reading.offerId), from, to, reading.at, reading.runId);
  }
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
