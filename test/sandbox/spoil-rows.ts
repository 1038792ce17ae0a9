import { addDays } from '../../src/dates.js';
import type { Grouping } from './aggregate.js';
import type { BookRow } from './book-row.js';
import type { ActiveFaults } from './faults.js';

/** The groupings that the programme still applies. */
export function spoilGrouping(by: ReadonlySet<Grouping>, faults: ActiveFaults): ReadonlySet<Grouping> {
  if (!faults.has('brand-grouping-gone')) return by;
  return new Set([...by].filter((grouping) => grouping !== 'brand'));
}

/** Rows left out, doubled, or from days that nobody asked for. */
export function spoilRows(rows: readonly BookRow[], faults: ActiveFaults): readonly BookRow[] {
  if (faults.has('empty-report')) return [];
  const [first] = rows;
  const strayed =
    faults.has('rows-outside-window') && first?.day
      ? rows.filter((row) => row.day === first.day).map((row) => ({ ...row, day: addDays(row.day, -1) }))
      : [];
  const doubled = faults.has('duplicate-rows') ? rows.slice(0, Math.ceil(rows.length / 2)) : [];
  return [...strayed, ...rows, ...doubled];
}
