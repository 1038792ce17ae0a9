import { hash } from 'node:crypto';
import { collectRows } from '../../collect-rows.js';
import type { Day } from '../../dates.js';
import { type FigureField, figureFields } from '../../figures.js';
import { rowWarnings } from '../../problems/row-warnings.js';
import { missingDay, noFigureColumn, noRowList } from '../../problems/unreadable-report.js';
import { noCurrency } from '../currency-code.js';
import { mostWarnings } from '../limits.js';
import type { PageLines, Paging, ParseContext, ReportPage, RowWarning } from '../platform.js';
import { mergeSameKey, type ReadRows } from '../same-key.js';
import { type Cells, cellsOf, sameCells } from './cells.js';
import { affilkaColumns } from './columns.js';
import type { Envelope } from './parse-envelope.js';
import { currencyOf, dayOf, figuresOf, finerOf, isTotalRow, namedOf } from './parse-row.js';

function columnsIn(rows: readonly Cells[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const cells of rows) for (const name of cells.keys()) names.add(name);
  return names;
}

/** Our fields among the columns; throws where rows have cells but none that we read. */
function presentFields(rows: readonly Cells[], columns: ReadonlySet<string>): readonly FigureField[] {
  const present = figureFields.filter((field) => columns.has(affilkaColumns[field]));
  if (rows.length > 0 && columns.size === 0) throw noRowList();
  if (rows.length > 0 && present.length === 0) throw noFigureColumn();
  return present;
}

/** One row under its keys, `null` for a totals row. */
function readRow(cells: Cells, number: number, day: Day | null, envelope: Envelope, byDay: boolean) {
  const brand = namedOf(cells, 'brand', envelope.brands);
  const campaign = namedOf(cells, 'campaign', envelope.campaigns);
  if (byDay && isTotalRow(day, { brand: brand.name, campaign: campaign.name })) return null;
  if (byDay && day === null) throw missingDay(number);
  const currency = currencyOf(cells, number);
  return {
    brandId: brand.id,
    brand: brand.name,
    campaignId: campaign.id,
    campaign: campaign.name,
    currency,
    figures: figuresOf(cells, currency, number),
  };
}

/** Reads the rows of a page. Every figure must be certain, also in rows that are left out for their day. */
export function readPage(envelope: Envelope, { query }: ParseContext): ReportPage {
  const rows = envelope.rows.map((row, index) => cellsOf(row, index + 1));
  const columns = columnsIn(rows);
  const present = presentFields(rows, columns);
  const days = rows.map((cells, index) => dayOf(cells, index + 1));
  const byDay = days.some((day) => day !== null);
  const onlyDay = query.from === query.to ? query.from : null;
  const warnings: RowWarning[] = [];
  const collected = collectRows();
  const numbers: number[] = [];
  const finer: string[] = [];
  let totals = 0;
  let currencies = columns.has('currency');
  for (const [index, cells] of rows.entries()) {
    const number = index + 1;
    const day = byDay ? (days[index] ?? null) : onlyDay;
    const row = readRow(cells, number, day, envelope, byDay);
    if (row === null) {
      totals += 1;
      warnings.push({ row: number, reason: cells.size === 0 ? rowWarnings.nothing() : rowWarnings.total() });
      continue;
    }
    currencies ||= row.currency !== noCurrency;
    if (day === null || day < query.from || day > query.to) {
      const reason = day === null ? rowWarnings.undated() : rowWarnings.outside(day);
      warnings.push({ row: number, reason });
      continue;
    }
    collected.add(day, row, row.figures);
    numbers.push(number);
    finer.push(finerOf(cells));
  }
  const read: ReadRows = {
    rows: collected.rows(),
    numberOf: (row) => numbers[row] ?? 0,
    finerOf: (row) => finer[row] ?? '',
  };
  const lines = { rows: read.rows, finer };
  const merged = mergeSameKey(read, (first, second) => {
    const [one, other] = [rows[first - 1], rows[second - 1]];
    return one !== undefined && other !== undefined && sameCells(one, other);
  });
  const isWhole = query.page === 1 && envelope.totalPages === 1 && envelope.page === 1;
  const isCounted = envelope.totalRows === null || envelope.totalRows === rows.length;
  return {
    rows: merged.rows,
    sourceRows: rows.length - totals,
    page: envelope.page ?? query.page,
    totalPages: envelope.totalPages,
    present,
    groups: {
      day: byDay,
      brand: columns.has('brand') || columns.has('brand_id'),
      campaign: columns.has('campaign') || columns.has('campaign_id'),
      currency: currencies,
    },
    warnings: [...warnings, ...merged.warnings].slice(0, mostWarnings),
    ...(isWhole && isCounted ? {} : { paging: pagingOf(envelope, rows, lines, numbers) }),
  };
}

function pagingOf(
  envelope: Envelope,
  cells: readonly Cells[],
  lines: Omit<PageLines, 'texts'>,
  numbers: readonly number[],
): Paging {
  const { page, totalRows, perPage } = envelope;
  // Digests: the texts of two hundred pages would be kept side by side until the last one is there.
  const given = cells.map((row) =>
    hash('sha256', JSON.stringify([...row].sort(([one], [other]) => (one < other ? -1 : 1))), 'base64'),
  );
  const texts = Array.from(numbers, (number) => given[number - 1] ?? '');
  return { answered: page, totalRows, perPage, given, lines: { ...lines, texts } };
}
