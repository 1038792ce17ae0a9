import { type Day, isDay } from '../../dates.js';
import { countFields, type Dimension, type FigureField, type Figures, moneyFields } from '../../figures.js';
import { badCell, otherCurrency } from '../../problems/unreadable-report.js';
import { currencyCode, noCurrency } from '../currency-code.js';
import { nameText } from '../name-text.js';
import { isBlank, wholeNumber } from '../plain-figures.js';
import type { Cells } from './cells.js';
import { affilkaColumns, isFinerGroup } from './columns.js';
import type { Names } from './parse-envelope.js';
import { currencyOfMoney, moneyOf } from './parse-money.js';

const totalLabel = /^(grand |sub)?-?totals?$/i;
const knownDays = new Map<string, boolean>();

function isKnownDay(text: string): boolean {
  const known = knownDays.get(text);
  if (known !== undefined) return known;
  if (knownDays.size > 10_000) knownDays.clear();
  const real = isDay(text);
  knownDays.set(text, real);
  return real;
}

/** The day as written, cut from an ISO text and never shifted; `null` where the row names none. */
export function dayOf(cells: Cells, row: number): Day | null {
  const column = cells.has('date') ? 'date' : 'day';
  const value = cells.get(column);
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'string' ? value.trim() : '';
  if (totalLabel.test(text)) return null;
  const day = text.slice(0, 10);
  const rest = text.charAt(10);
  if ((rest !== '' && rest !== 'T' && rest !== ' ') || !isKnownDay(day)) {
    throw badCell(row, column, value, 'a day');
  }
  return day;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A brand or campaign from its id cell, or from a bare cell that holds an id, a name or `{ id, name }`. */
export function namedOf(cells: Cells, group: 'brand' | 'campaign', names: Names): Named {
  const bare = cells.get(group);
  const inner =
    typeof bare === 'object' && bare !== null ? new Map<string, unknown>(Object.entries(bare)) : null;
  const bareText = nameText(bare);
  const isId = typeof bare === 'number' || names.has(bareText);
  const id = nameText(cells.get(`${group}_id`)) || nameText(inner?.get('id')) || (isId ? bareText : '');
  const given =
    nameText(cells.get(`${group}_name`)) || nameText(inner?.get('name')) || (isId ? '' : bareText);
  return { id, name: names.get(id) || given || id };
}

/** The row's currency: its own cell, else what its amounts name. */
export function currencyOf(cells: Cells, row: number): string {
  const cell = cells.get('currency');
  const code = currencyCode(cell);
  if (code === undefined) throw badCell(row, 'currency', cell, 'a currency');
  if (cell !== undefined && cell !== null && cell !== '') return code;
  let found: string | null = null;
  for (const field of moneyFields) {
    const column = affilkaColumns[field];
    const own = currencyOfMoney(cells.get(column), row, column);
    if (own === null || own === found) continue;
    if (found !== null) throw otherCurrency(row, column, own, found);
    found = own;
  }
  return found ?? noCurrency;
}

function countOf(value: unknown, row: number, column: string): number | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value.trim() : value;
  if (typeof text === 'string' && isBlank(text)) return null;
  const count = wholeNumber(text);
  if (count === undefined) throw badCell(row, column, value, 'a whole number');
  return count;
}

export function figuresOf(cells: Cells, currency: string, row: number): Figures {
  const figures: Partial<Record<FigureField, number | bigint | null>> = {};
  for (const field of countFields) {
    figures[field] = countOf(cells.get(affilkaColumns[field]), row, affilkaColumns[field]);
  }
  for (const field of moneyFields) {
    figures[field] = moneyOf(cells.get(affilkaColumns[field]), currency, row, affilkaColumns[field]);
  }
  return figures as Figures;
}

/** The values of groupings finer than ours, as one text. */
export function finerOf(cells: Cells): string {
  let finer = '';
  for (const [name, value] of cells) if (isFinerGroup(name)) finer += `${name}=${JSON.stringify(value)};`;
  return finer === '' ? '' : finer.split(';').sort().join(';');
}

/** True for the row of sums that some exports put among the rows: it names no group, or says "Total". */
export function isTotalRow(day: Day | null, dimension: Pick<Dimension, 'brand' | 'campaign'>): boolean {
  const labels = [dimension.brand, dimension.campaign].filter((text) => text !== '');
  return day === null && labels.every((text) => totalLabel.test(text));
}
