import {
  countFields,
  type Dimension,
  type FigureField,
  type Figures,
  figureFields,
  moneyFields,
} from '../../figures.js';
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

const noFigures = Object.fromEntries(figureFields.map((field) => [field, null]));

/** Reads all figures of a row; throws `probe.unreadable` for a cell that is none. */
export function figureReader(
  table: Table,
  columns: Columns,
  context: FigureContext,
): (row: TableRow, currency: string) => Figures {
  const placed = (fields: readonly FigureField[], read: typeof readCount | typeof readMoney) =>
    fields
      .map((field) => ({ field, place: columns.fields[field], read }))
      .filter(({ place }) => place >= 0)
      .map((found) => ({ ...found, column: table.headings[found.place] ?? found.field }));
  const present = [...placed(countFields, readCount), ...placed(moneyFields, readMoney)];
  return ({ number, cells }, currency) => {
    const figures: Record<string, number | bigint | null> = { ...noFigures };
    for (const { field, place, read, column } of present) {
      figures[field] = read(cells[place], { row: number, column, currency }, context);
    }
    return figures as unknown as Figures;
  };
}

/** Brand and campaign; the id stands in where there is no name. */
export function dimensionOf(row: TableRow, { groups }: Columns, currency: string): Dimension {
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
    currency,
  };
}
