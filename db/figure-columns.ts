import { type FigureField, type Figures, figureFields } from '../src/figures.js';
import { toNumber } from './columns.js';
import type { BulkTable } from './connection.js';

/** The figures of one row in the order of `figureFields`; counts that were just read are still numbers. */
export type FigureValues = readonly (bigint | number | null)[];

/** `ftdAmount` is `ftd_amount` in the database. */
export function columnOf(field: FigureField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Makes figures of values in the order of `fields`; the others are `null`. Written out, because it is done for each row. */
export function figuresIn(fields: readonly FigureField[]): (values: readonly (bigint | null)[]) => Figures {
  const place = (field: FigureField) => fields.indexOf(field);
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
    clicks: count(values[places.clicks]),
    registrations: count(values[places.registrations]),
    ftds: count(values[places.ftds]),
    ftdAmount: money(values[places.ftdAmount]),
    deposits: money(values[places.deposits]),
    ngr: money(values[places.ngr]),
    commission: money(values[places.commission]),
    depositors: count(values[places.depositors]),
    prequalified: count(values[places.prequalified]),
    qualified: count(values[places.qualified]),
    cpaIncome: money(values[places.cpaIncome]),
  });
}

function count(value: bigint | null | undefined): number | null {
  return value === null || value === undefined ? null : toNumber(value);
}

function money(value: bigint | null | undefined): bigint | null {
  return value ?? null;
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
    text('changed_at'),
    text('read_at'),
    text('hash'),
    text('rates_date'),
    integer('run_id'),
  ],
  key: ['offer_id', 'day'],
};
