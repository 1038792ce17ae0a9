import type { FigureField, MoneyField } from '../../src/figures.js';
import type { BookRow } from './book-row.js';
import { divide, fromUnits, toUnits } from './currencies.js';

/** What stands under a heading before it is written as CSV, XLSX or JSON. */
export type Entry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly text: string }
  | { readonly kind: 'amount'; readonly text: string; readonly currency: string }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'missing' };

const missing: Entry = { kind: 'missing' };

export function text(value: string): Entry {
  return { kind: 'text', text: value };
}

function count(value: number | null): Entry {
  return value === null ? missing : { kind: 'count', text: String(value) };
}

function ratio(over: number | null, under: number | null): Entry {
  return over === null || !under ? missing : { kind: 'count', text: (over / under).toFixed(2) };
}

function units(row: BookRow, field: MoneyField): bigint | null {
  const amount = row.figures[field];
  return amount === null ? null : toUnits(amount, row.currency);
}

function amount(row: BookRow, value: bigint | null): Entry {
  if (value === null) return missing;
  return { kind: 'amount', text: fromUnits(value, row.currency), currency: row.currency };
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : Math.round(value * factor);
}

function perUnit(row: BookRow, field: MoneyField, by: number | null): Entry {
  const total = units(row, field);
  return total === null || !by ? missing : amount(row, divide(total, BigInt(by)));
}

function revenueShare(row: BookRow): bigint | null {
  const total = units(row, 'commission');
  return total === null ? null : total - (units(row, 'cpaIncome') ?? 0n);
}

/** More clicks than unique ones, so that a reader who takes the wrong column shows. */
export function allClicks(row: BookRow): number | null {
  return times(row.figures.clicks, 1.25);
}

const groupHeadings = {
  brand: { 'Brand ID': (row: BookRow) => text(row.brandId), 'Brand Name': (row: BookRow) => text(row.brand) },
  mediaItem: {
    'Media Item ID': (row: BookRow) => text(row.campaignId),
    'Media Item Name': (row: BookRow) => text(row.campaign),
  },
};

/** Every metric's heading, in the words of the platform, with its value in a row. */
const metricHeadings: Readonly<Record<string, (row: BookRow) => Entry>> = {
  'Banner View Count': ({ figures }) => count(times(figures.clicks, 7)),
  'Click Count': (row) => count(allClicks(row)),
  'Unique Click Count': ({ figures }) => count(figures.clicks),
  'Reg. Count': ({ figures }) => count(figures.registrations),
  'FTD Count': ({ figures }) => count(figures.ftds),
  NDC: ({ figures }) => count(figures.ftds),
  'Reg. to FTD': ({ figures }) => ratio(figures.registrations, figures.ftds),
  'Click to FTD': ({ figures }) => ratio(figures.clicks, figures.ftds),
  'Active customers': ({ figures }) => count(times(figures.depositors, 1.4)),
  'Depositing customers': ({ figures }) => count(figures.depositors),
  Deposits: (row) => amount(row, units(row, 'deposits')),
  'Count of deposits': ({ figures }) => count(times(figures.depositors, 2)),
  'Avg. deposit': (row) => perUnit(row, 'deposits', times(row.figures.depositors, 2)),
  'FTDs Deposits': (row) => {
    const first = units(row, 'ftdAmount');
    return amount(row, first === null ? null : (first * 13n) / 10n);
  },
  'Deposits per FTD': (row) => perUnit(row, 'ftdAmount', row.figures.ftds),
  'FTD Amount': (row) => amount(row, units(row, 'ftdAmount')),
  Turnover: (row) => {
    const deposited = units(row, 'deposits');
    return amount(row, deposited === null ? null : deposited * 9n);
  },
  NGR: (row) => amount(row, units(row, 'ngr')),
  'CPA count': ({ figures }) => count(figures.qualified),
  CPA: (row) => amount(row, units(row, 'cpaIncome')),
  'CPC count': () => count(0),
  CPC: (row) => amount(row, 0n),
  'Revenue Share': (row) => amount(row, revenueShare(row)),
  'RS distribution': () => text('35%'),
  'Fixed Fee': (row) => amount(row, 0n),
  'Total Reward': (row) => amount(row, units(row, 'commission')),
};

/** The headings that hold our figures; `clicks` falls back to `Click Count`. */
export const headingFields: Readonly<Record<string, FigureField>> = {
  'Unique Click Count': 'clicks',
  'Reg. Count': 'registrations',
  'FTD Count': 'ftds',
  'FTD Amount': 'ftdAmount',
  'Depositing customers': 'depositors',
  Deposits: 'deposits',
  NGR: 'ngr',
  'CPA count': 'qualified',
  CPA: 'cpaIncome',
  'Total Reward': 'commission',
};

export const allMetrics = Object.keys(metricHeadings);

export function groupColumns(group: 'brand' | 'mediaItem'): string[] {
  return Object.keys(groupHeadings[group]);
}

export function entryOf(heading: string, row: BookRow): Entry {
  const groups: Readonly<Record<string, (row: BookRow) => Entry>> = {
    ...groupHeadings.brand,
    ...groupHeadings.mediaItem,
  };
  const write = metricHeadings[heading] ?? groups[heading];
  if (!write) throw new Error(`no such ReferOn heading: ${heading}`);
  return write(row);
}
