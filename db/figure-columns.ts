import { type FigureField, type Figures, figureFields } from '../src/figures.js';
import { toNumber } from './columns.js';
import type { BulkTable } from './connection.js';

/** `ftdAmount` is `ftd_amount` in the database. */
export function columnOf(field: FigureField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Value = bigint | null | undefined;

/**
 * Makes figures of lists in which the values of `fields` begin at `start`; all other figures are `null`. Written out,
 * because it is done for each row.
 */
export function figuresIn(
  fields: readonly (FigureField | null)[],
  start = 0,
): (values: readonly Value[]) => Figures {
  const place = (field: FigureField) => (fields.includes(field) ? start + fields.indexOf(field) : null);
  const places = {
    clicks: place('clicks'),
    registrations: place('registrations'),
    ftds: place('ftds'),
    ftdAmount: place('ftdAmount'),
    deposits: place('deposits'),
    ngr: place('ngr'),
    commission: place('commission'),
    depositors: place('depositors'),
    prequalified: place('prequalified'),
    qualified: place('qualified'),
    cpaIncome: place('cpaIncome'),
  };
  return (values) => ({
    clicks: count(values, places.clicks),
    registrations: count(values, places.registrations),
    ftds: count(values, places.ftds),
    ftdAmount: money(values, places.ftdAmount),
    deposits: money(values, places.deposits),
    ngr: money(values, places.ngr),
    commission: money(values, places.commission),
    depositors: count(values, places.depositors),
    prequalified: count(values, places.prequalified),
    qualified: count(values, places.qualified),
    cpaIncome: money(values, places.cpaIncome),
  });
}

function count(values: readonly Value[], place: number | null): number | null {
  const value = money(values, place);
  return value === null ? null : toNumber(value);
}

function money(values: readonly Value[], place: number | null): bigint | null {
  return place === null ? null : (values[place] ?? null);
}

const text = (name: string) => ({ name, type: 'text' }) as const;
const integer = (name: string) => ({ name, type: 'integer' }) as const;

export const figuresTable: BulkTable = {
  name: 'figures',
  columns: [
    integer('offer_id'),
    text('day'),
    integer('dimension_id'),
    ...figureFields.map((field) => integer(columnOf(field))),
  ],
  key: ['offer_id', 'day', 'dimension_id'],
};

export const changesTable: BulkTable = {
  name: 'figure_changes',
  columns: [
    integer('offer_id'),
    text('day'),
    integer('dimension_id'),
    text('field'),
    integer('before'),
    integer('after'),
    text('at'),
    integer('run_id'),
  ],
  key: [],
};

export const daysTable: BulkTable = {
  name: 'offer_days',
  columns: [
    integer('offer_id'),
    text('day'),
    text('state'),
    text('first_reported_at'),
    text('read_at'),
    text('hash'),
    integer('run_id'),
  ],
  key: ['offer_id', 'day'],
};
