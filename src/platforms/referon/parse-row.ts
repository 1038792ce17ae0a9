import { countFields, type FigureField, type Figures, moneyFields } from '../../figures.js';
import { badCell, otherCurrency } from '../../problems/unreadable-report.js';
import { currencyCode, noCurrency } from '../currency-code.js';
import { nameText } from '../name-text.js';
import type { Columns } from './columns.js';
import { type FigureContext, readCount, readMoney } from './read-figure.js';
import { cellText, isOdd, type Table, type TableRow } from './table.js';

/** The first filled cell of an id and a name column, `null` where the report has neither. */
function groupText(row: TableRow, id: number, name: number): string | null {
  if (id < 0 && name < 0) return null;
  return cellText(row.cells[name]) || cellText(row.cells[id]);
}

/** One text for each thing that the report is split by, widest first. */
export function groupTexts(row: TableRow, { groups }: Columns): readonly string[] {
  return [
    groupText(row, groups.brandId, groups.brand),
    groupText(row, groups.campaignId, groups.campaign),
  ].filter((text) => text !== null);
}

/** The currency of a row: its own cell, where a report has such a column, else what the owner stated. */
export function currencyOf(row: TableRow, columns: Columns, stated: string | null): string {
  if (columns.currency < 0) return stated ?? noCurrency;
  const text = cellText(row.cells[columns.currency]);
  const code = currencyCode(text);
  if (code === undefined) throw badCell(row.number, 'Currency', text, 'a currency');
  if (code === noCurrency) return stated ?? noCurrency;
  if (stated !== null && stated !== code) throw otherCurrency(row.number, 'Currency', code, stated);
  return code;
}

/** All figures of a row; throws `probe.unreadable` for a cell that is none. */
export function figuresOf(
  row: TableRow,
  table: Table,
  columns: Columns,
  currency: string,
  context: FigureContext,
): Figures {
  const figures: Partial<Record<FigureField, number | bigint | null>> = {};
  const placeOf = (field: FigureField) => ({
    row: row.number,
    column: table.headings[columns.fields[field]] ?? field,
    currency,
  });
  for (const field of countFields) {
    figures[field] = readCount(row.cells[columns.fields[field]], placeOf(field), context);
  }
  for (const field of moneyFields) {
    figures[field] = readMoney(row.cells[columns.fields[field]], placeOf(field), context);
  }
  return figures as Figures;
}

/** Brand and campaign; the id stands in where there is no name. */
export function dimensionOf(row: TableRow, { groups }: Columns) {
  const text = (place: number) => {
    const cell = row.cells[place];
    if (isOdd(cell)) throw badCell(row.number, 'Brand or Media Item', cell.odd, 'a name');
    return nameText(cellText(cell));
  };
  const brandId = text(groups.brandId);
  const campaignId = text(groups.campaignId);
  return {
    brandId,
    brand: text(groups.brand) || brandId,
    campaignId,
    campaign: text(groups.campaign) || campaignId,
  };
}
