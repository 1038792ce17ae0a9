import { countFields, type FigureField, moneyFields } from '../../src/figures.js';
import { exponentOf, knowsExponent, scaleOf } from '../../src/money.js';
import { affilkaColumns } from '../../src/platforms/affilka/columns.js';
import { type Decimal, readDecimal, toScale } from './exact-decimal.js';
import { isNumber, type Json, readExactJson } from './exact-json.js';
import { addRow, type Sums } from './sums.js';
import { codeOf, isBlankWord, judge, none, realDay, type Truth, totalWord, unsure } from './truth.js';

type Cells = ReadonlyMap<string, Json>;

function isMap(value: Json | undefined): value is ReadonlyMap<string, Json> {
  return value instanceof Map;
}

function rowsIn(json: Json): readonly Json[] {
  const rows = isMap(json) ? json.get('rows') : undefined;
  if (Array.isArray(rows)) return rows;
  const data = isMap(rows) ? rows.get('data') : undefined;
  return Array.isArray(data) ? data : none('no list of rows');
}

function canonical(value: Json | undefined): string {
  if (isMap(value))
    return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  return isNumber(value) ? String(Number(value.number)) : JSON.stringify(value ?? null);
}

function cellsOf(row: Json): Cells {
  if (isMap(row)) return row;
  if (!Array.isArray(row)) return none('a row that is none');
  const cells = new Map<string, Json>();
  for (const cell of row as readonly Json[]) {
    const name = isMap(cell) ? cell.get('name') : undefined;
    if (!isMap(cell) || typeof name !== 'string' || !cell.has('value')) return none('a cell that is none');
    const value = cell.get('value') ?? null;
    if (cells.has(name) && canonical(cells.get(name)) !== canonical(value)) none('one cell twice');
    cells.set(name, value);
  }
  return cells;
}

function textOf(value: Json | undefined): string {
  if (isNumber(value)) return String(Number(value.number));
  return typeof value === 'string' ? value.replace(/[\p{Cs}\0]/gu, '\ufffd').trim() : '';
}

function dayOf(cells: Cells): string | null {
  const value = cells.get(cells.has('date') ? 'date' : 'day');
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'string' ? value.trim() : '';
  if (totalWord.test(text)) return null;
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/s.exec(text) ?? [];
  return realDay(year, month, day) ?? none(`day ${text}`);
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isBlankWord(value));
}

function decimalOf(value: Json | undefined): Decimal {
  const text = isNumber(value) ? value.number : typeof value === 'string' ? value.trim() : none('no figure');
  return readDecimal(text) ?? none(`figure ${text}`);
}

function countOf(value: Json | undefined): bigint | null {
  if (isNothing(value)) return null;
  const { digits, places } = decimalOf(value);
  const unit = 10n ** BigInt(places);
  return digits % unit === 0n ? digits / unit : none('half a count');
}

function isMoney(value: Json | undefined): value is ReadonlyMap<string, Json> {
  return isMap(value) && (value.has('amount') || value.has('amount_cents'));
}

function ownCurrency(value: Json | undefined): string | null {
  if (!isMoney(value)) return null;
  const own = value.get('currency');
  if (own !== undefined && own !== null && typeof own !== 'string') none('a currency that is none');
  const code = codeOf(textOf(own));
  return code === 'N/A' ? null : code;
}

function moneyOf(value: Json | undefined, currency: string): bigint | null {
  if (isNothing(value)) return null;
  if (!isMoney(value)) return toScale(decimalOf(value), scaleOf(currency));
  const own = ownCurrency(value) ?? currency;
  const cents = isNothing(value.get('amount'));
  if (cents && isNothing(value.get('amount_cents'))) return null;
  const decimal = decimalOf(value.get(cents ? 'amount_cents' : 'amount'));
  if (cents && !knowsExponent(own)) none('cents of an unknown currency');
  const shift = cents ? exponentOf(own) : 0;
  const units = toScale({ digits: decimal.digits, places: decimal.places + shift }, scaleOf(own));
  if (own !== currency && !(currency === 'N/A' && units === 0n)) none('another currency');
  return units;
}

function currencyOf(cells: Cells): string {
  const cell = cells.get('currency');
  if (cell !== undefined && cell !== null && typeof cell !== 'string') none('a currency that is none');
  if (typeof cell === 'string' && cell !== '') return codeOf(cell);
  const found = new Set(moneyFields.map((field) => ownCurrency(cells.get(affilkaColumns[field]))));
  found.delete(null);
  return found.size > 1 ? none('several currencies') : ([...found][0] ?? 'N/A');
}

/** The sums that an Affilka report states, for days in the window; read by other code than the bot's. */
export function affilkaTruth(text: string, from: string, to: string): Truth {
  return judge(() => {
    const json = readExactJson(text.replace(/^\ufeff/, ''));
    if (!json) return none('no JSON');
    const rows = rowsIn(json.value).map(cellsOf);
    const days = rows.map(dayOf);
    const byDay = days.some((day) => day !== null);
    const seen = new Set<string>();
    const sums: Sums = new Map();
    for (const [index, cells] of rows.entries()) {
      for (const odd of ['brand', 'campaign', 'brand_name', 'campaign_name', 'player', 'promo', 'country']) {
        if (cells.has(odd)) unsure(`a cell named ${odd}`);
      }
      const brand = textOf(cells.get('brand_id'));
      const campaign = textOf(cells.get('campaign_id'));
      const day = days[index] ?? null;
      if (byDay && day === null) {
        if ([brand, campaign].every((name) => name === '' || totalWord.test(name))) continue;
        none('a row without a day');
      }
      const currency = currencyOf(cells);
      const figures: Partial<Record<FigureField, bigint | null>> = {};
      for (const field of countFields) figures[field] = countOf(cells.get(affilkaColumns[field]));
      for (const field of moneyFields) figures[field] = moneyOf(cells.get(affilkaColumns[field]), currency);
      if (day === null || day < from || day > to) continue;
      const whole = [...cells]
        .map(([name, value]) => `${name}=${canonical(value)}`)
        .sort()
        .join();
      if (seen.has(whole)) continue;
      seen.add(whole);
      addRow(sums, { day, currency, brand, campaign, figures });
    }
    return sums;
  });
}
