import type { Day } from '../src/dates.js';
import { figureFields } from '../src/figures.js';
import { fieldCount, figureAt } from '../src/source-rows.js';
import type { Reading } from '../src/sync/figure-store.js';
import { toNumber } from './columns.js';
import type { BulkValues, Connection } from './connection.js';
import { addFigures, type DayRows } from './day-rows.js';
import { hot } from './hot.js';
import { stretchesOf } from './stretches-of.js';

const figuresOfDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('figures')
    .selectAll()
    .where('offerId', '=', offerId)
    .where('day', '>=', from)
    .where('day', '<=', to),
);

/** What has to be written, deleted and logged so that stored days become those that were read. */
export interface DayChanges {
  readonly written: BulkValues;
  /** Ids of dimensions whose rows are gone. */
  readonly removed: ReadonlyMap<Day, readonly number[]>;
  readonly changes: BulkValues;
  /** How many days differ. */
  readonly changedDays: number;
}

/** Compares each figure of days that were reported before with what was read now. */
export async function compareDays(
  connection: Connection,
  reading: Reading,
  read: DayRows,
  days: readonly Day[],
): Promise<DayChanges> {
  const { offerId, at, runId } = reading;
  const written: (string | number | bigint | null)[] = [];
  const removed = new Map<Day, number[]>();
  const changes: (string | number | bigint | null)[] = [];
  const restated = new Set<Day>();
  for (const [day, oldRows] of await storedRows(connection, offerId, days)) {
    const newRows = new Map(read.of(day).map((row) => [read.idOf(row), row]));
    const gone = [...oldRows.keys()].filter((id) => !newRows.has(id));
    if (gone.length > 0) removed.set(day, gone);
    for (const id of new Set([...oldRows.keys(), ...newRows.keys()])) {
      const before = oldRows.get(id);
      const row = newRows.get(id);
      let differs = before === undefined || row === undefined;
      for (const [place, field] of figureFields.entries()) {
        const old = before?.[place] ?? null;
        const now = row === undefined ? null : exact(figureAt(read.rows, row * fieldCount + place));
        if (old === now) continue;
        differs = true;
        changes.push(offerId, day, id, field, old, now, at, runId);
      }
      if (!differs) continue;
      restated.add(day);
      if (row === undefined) continue;
      written.push(offerId, day, id);
      addFigures(written, read.rows, row);
    }
  }
  return { written, removed, changes, changedDays: restated.size };
}

/** Stored figures are read as `bigint`. */
function exact(figure: bigint | number | null): bigint | null {
  return typeof figure === 'number' ? BigInt(figure) : figure;
}

type StoredFigures = readonly (bigint | null)[];

async function storedRows(
  connection: Connection,
  offerId: number,
  days: readonly Day[],
): Promise<Map<Day, Map<number, StoredFigures>>> {
  const byDay = new Map(days.map((day) => [day, new Map<number, StoredFigures>()]));
  for (const { from, to } of stretchesOf(days)) {
    for (const row of await figuresOfDays(connection, BigInt(offerId), from, to)) {
      byDay.get(row.day)?.set(
        toNumber(row.dimensionId),
        figureFields.map((field) => row[field]),
      );
    }
  }
  return byDay;
}
