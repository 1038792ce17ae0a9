import type { Day, Instant } from '../../src/dates.js';
import { aggregate, type Grouping } from './aggregate.js';
import type { BookRow } from './book-row.js';
import type { Books } from './books.js';
import type { ActiveFaults } from './faults.js';
import type { Preset } from './preset.js';
import { type Entry, entryOf, groupColumns, headingFields, text } from './referon-headings.js';
import { spoilGrouping, spoilRows } from './spoil-rows.js';

/** A report as headings and entries, before it is written in a format. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Entry[])[];
}

function groupingOf(preset: Preset): Set<Grouping> {
  const by = new Set<Grouping>();
  if (preset.split !== 'none') by.add(preset.split);
  if (preset.groups.includes('brand')) by.add('brand');
  if (preset.groups.includes('mediaItem')) by.add('campaign');
  return by;
}

/** What the books have for a preset and a window. */
export function referonRows(
  books: Books,
  preset: Preset,
  from: Day,
  to: Day,
  now: Instant,
  by: ReadonlySet<Grouping> = groupingOf(preset),
  anyCurrency = false,
): BookRow[] {
  const rows = books.rows({ from, to, now, brands: preset.brands });
  return aggregate(
    rows.filter((row) => anyCurrency || row.currency === preset.currency),
    by,
  );
}

function drifted(heading: string): string {
  return heading.replaceAll('.', '').replaceAll(' ', '_').toUpperCase();
}

function metricsOf(preset: Preset, faults: ActiveFaults): readonly string[] {
  if (!faults.has('column-missing')) return preset.columns;
  const gone = faults.get('column-missing')?.column ?? 'ngr';
  return preset.columns.filter((heading) => headingFields[heading] !== gone);
}

/** A row of sums: nothing, or the word "Total", in place of day and names. */
function totalsEntries(row: BookRow, names: number, metrics: readonly string[], label: string): Entry[] {
  const blanks = Array.from({ length: names }, (_, index) => text(index === 0 ? label : ''));
  return [...blanks, ...metrics.map((heading) => entryOf(heading, row))];
}

export function referonTable(
  books: Books,
  preset: Preset,
  from: Day,
  to: Day,
  now: Instant,
  faults: ActiveFaults,
): Table {
  const by = spoilGrouping(groupingOf(preset), faults);
  const mixed = faults.has('mixed-currencies');
  const rows = spoilRows(referonRows(books, preset, from, to, now, by, mixed), faults);
  const groups = preset.groups.filter((group) => group !== 'brand' || by.has('brand'));
  const names = groups.flatMap(groupColumns);
  const metrics = metricsOf(preset, faults);
  const dated = preset.split !== 'none' && preset.format.dateHeading !== null;
  const lines = rows.map((row): Entry[] => [
    ...(dated ? [{ kind: 'date', day: row.day } as const] : []),
    ...[...names, ...metrics].map((heading) => entryOf(heading, row)),
  ]);
  const label = preset.format.totals === 'bare' ? '' : 'Total';
  const width = names.length + (dated ? 1 : 0);
  const sums = aggregate(rows, new Set()).map((row) => totalsEntries(row, width, metrics, label));
  const middle = Math.floor(lines.length / 2);
  const body = faults.has('totals-among-rows')
    ? [...lines.slice(0, middle), ...sums, ...lines.slice(middle)]
    : lines;
  const write = preset.format.labels === 'drifted' ? drifted : (heading: string) => heading;
  return {
    headings: [...(dated ? [preset.format.dateHeading ?? ''] : []), ...[...names, ...metrics].map(write)],
    rows: preset.format.totals === 'none' ? body : [...body, ...sums],
  };
}
