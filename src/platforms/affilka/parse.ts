import type { Day } from '../../dates.js';
import { type FigureField, figureFields } from '../../figures.js';
import { rowWarnings } from '../../problems/row-warnings.js';
import { emptyAnswer, missingDay, noFigureColumn, noRowList } from '../../problems/unreadable-report.js';
import { bodyText } from '../body-text.js';
import { noCurrency } from '../currency-code.js';
import { mostWarnings } from '../limits.js';
import { errorProblem, markupProblem } from '../other-answer.js';
import type { ParseContext, ReportPage, RowWarning } from '../platform.js';
import { readJson } from '../read-json.js';
import { mergeSameKey, type ReadRow } from '../same-key.js';
import { type Cells, cellsOf, sameCells } from './cells.js';
import { affilkaColumns } from './columns.js';
import { type Envelope, parseEnvelope, rowList } from './parse-envelope.js';
import { currencyOf, dayOf, figuresOf, finerOf, isTotalRow, namedOf } from './parse-row.js';
import { affilkaRenewalSteps } from '../../problems/affilka.js';

const source = { label: 'Affilka', renewalSteps: affilkaRenewalSteps };

/** Reads one page of an Affilka report. Throws a `ProblemError` for whatever is not one with certainty. */
export async function parseAffilka(body: Uint8Array, context: ParseContext): Promise<ReportPage> {
  const text = bodyText(body);
  const first = text.trimStart().charAt(0);
  if (first === '') throw emptyAnswer();
  if (first === '<') throw markupProblem(text, source);
  const json = readJson(text);
  const problem = errorProblem(json, rowList(json) !== null, source);
  if (problem) throw problem;
  return readPage(parseEnvelope(json), context);
}

function columnsIn(rows: readonly Cells[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const cells of rows) for (const name of cells.keys()) names.add(name);
  return names;
}

function presentFields(columns: ReadonlySet<string>): readonly FigureField[] {
  return figureFields.filter((field) => columns.has(affilkaColumns[field]));
}

/** The day of rows that name none: the one asked for, when it is one. */
function onlyDay({ query }: ParseContext): Day | null {
  return query.from === query.to ? query.from : null;
}

function readPage(envelope: Envelope, context: ParseContext): ReportPage {
  const { from, to } = context.query;
  const rows = envelope.rows.map((row, index) => cellsOf(row, index + 1));
  const columns = columnsIn(rows);
  const present = presentFields(columns);
  if (columns.size > 0 && present.length === 0) throw noFigureColumn();
  if (rows.length > 0 && columns.size === 0) throw noRowList();
  const days = rows.map((cells, index) => dayOf(cells, index + 1));
  const byDay = days.some((day) => day !== null);
  const warnings: RowWarning[] = [];
  const warn = (row: number, reason: string) => warnings.push({ row, reason });
  const read: ReadRow[] = [];
  let totals = 0;
  let currencies = false;
  for (const [index, cells] of rows.entries()) {
    const number = index + 1;
    const brand = namedOf(cells, 'brand', envelope.brands);
    const campaign = namedOf(cells, 'campaign', envelope.campaigns);
    const named = days[index] ?? null;
    if (byDay && isTotalRow(named, { brand: brand.name, campaign: campaign.name })) {
      totals += 1;
      warn(number, cells.size === 0 ? rowWarnings.nothing() : rowWarnings.total());
      continue;
    }
    if (byDay && named === null) throw missingDay(number);
    const currency = currencyOf(cells, number);
    const figures = figuresOf(cells, currency, number);
    currencies ||= currency !== noCurrency;
    const day = byDay ? named : onlyDay(context);
    if (day === null || day < from || day > to) {
      warn(number, day === null ? rowWarnings.undated() : rowWarnings.outside(day));
      continue;
    }
    read.push({
      row: {
        day,
        brandId: brand.id,
        brand: brand.name,
        campaignId: campaign.id,
        campaign: campaign.name,
        currency,
        figures,
      },
      number,
      finer: finerOf(cells),
    });
  }
  const merged = mergeSameKey(read, (a, b) => {
    const [one, other] = [rows[a - 1], rows[b - 1]];
    return one !== undefined && other !== undefined && sameCells(one, other);
  });
  return {
    rows: merged.rows,
    sourceRows: rows.length - totals,
    page: envelope.page ?? context.query.page,
    totalPages: envelope.totalPages,
    present,
    groups: {
      day: byDay,
      brand: columns.has('brand') || columns.has('brand_id'),
      campaign: columns.has('campaign') || columns.has('campaign_id'),
      currency: currencies || columns.has('currency'),
    },
    warnings: [...warnings, ...merged.warnings].slice(0, mostWarnings),
  };
}
