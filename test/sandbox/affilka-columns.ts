import type { FigureField, MoneyField } from '../../src/figures.js';
import type { BookRow } from './book-row.js';
import { divide, fromUnits, toUnits } from './currencies.js';

/** A column's value in a row: money as exact text, or a plain number, or not available. */
export type ColumnValue =
  | { readonly kind: 'count'; readonly value: number | null }
  | { readonly kind: 'rate'; readonly value: number | null }
  | { readonly kind: 'money'; readonly value: string | null };

/** The columns that the facts tie to one of our figures. */
export const columnFields: Readonly<Record<string, FigureField>> = {
  visits_count: 'clicks',
  registrations_count: 'registrations',
  depositing_players_count: 'depositors',
  first_deposits_count: 'ftds',
  first_deposits_sum: 'ftdAmount',
  deposits_sum: 'deposits',
  ngr: 'ngr',
  partner_income: 'commission',
  fixed_per_player: 'cpaIncome',
  prequalified_players_count: 'prequalified',
  qualified_players_count: 'qualified',
};

const money = new Set<string>(['ftdAmount', 'deposits', 'ngr', 'commission', 'cpaIncome']);

function isMoney(field: FigureField): field is MoneyField {
  return money.has(field);
}

function figure(row: BookRow, field: FigureField): ColumnValue {
  return isMoney(field)
    ? { kind: 'money', value: row.figures[field] }
    : { kind: 'count', value: row.figures[field] };
}

function percentOf(row: BookRow, field: MoneyField, percent: bigint): ColumnValue {
  const amount = row.figures[field];
  if (amount === null) return { kind: 'money', value: null };
  const units = divide(toUnits(amount, row.currency) * percent, 100n);
  return { kind: 'money', value: fromUnits(units, row.currency) };
}

/** Columns that readers are sent and do not use. */
const otherColumns: Readonly<Record<string, (row: BookRow) => ColumnValue>> = {
  deposits_count: ({ figures }) => ({
    kind: 'count',
    value: figures.depositors === null ? null : figures.depositors * 2,
  }),
  cashouts_sum: (row) => percentOf(row, 'deposits', 55n),
  ggr: (row) => percentOf(row, 'ngr', 130n),
  real_ngr: (row) => percentOf(row, 'ngr', 97n),
  fixed: (row) => percentOf(row, 'ngr', 0n),
  first_deposits_conversion_rate: ({ figures: { ftds, registrations } }) => ({
    kind: 'rate',
    value: ftds === null || !registrations ? null : Math.round((ftds / registrations) * 10_000) / 100,
  }),
};

/** Every column that the programme could enable. */
export const affilkaColumns = [...Object.keys(columnFields), ...Object.keys(otherColumns)];

/** The eleven that a complete report link asks for. */
export const usualColumns = Object.keys(columnFields);

export function columnValue(row: BookRow, column: string): ColumnValue | null {
  const field = columnFields[column];
  if (field) return figure(row, field);
  return otherColumns[column]?.(row) ?? null;
}
