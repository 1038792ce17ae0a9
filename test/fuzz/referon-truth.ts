import { countFields, type FigureField, figureFields } from '../../src/figures.js';
import { scaleOf } from '../../src/money.js';
import { currencyOfSign } from '../../src/platforms/referon/currency-sign.js';
import {
  currencyHeadings,
  dateHeadings,
  fieldHeadings,
  groupHeadings,
  isKnownHeading,
  plainHeading,
  widerCampaign,
} from '../../src/platforms/referon/headings.js';
import { type Decimal, readDecimal, toScale } from './exact-decimal.js';
import { cellWords, type PlainCell, type PlainTable, plainTable } from './plain-table.js';
import { addRow, difference, type Sums } from './sums.js';
import { codeOf, isBlankWord, judge, none, realDay, type Truth, totalWord, unsure } from './truth.js';

type Mark = '.' | ',';

/** A figure as people write it, with the mark that parts the decimals; `null` where it cannot be one. */
function written(
  text: string,
  mark: Mark,
): { decimal: Decimal; grouped: boolean; bare: boolean; sign: string } | null {
  const clean = text.replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '').trim();
  const inside = /^\(([^()]*)\)$/.exec(clean);
  const parts =
    /^([A-Za-z]{0,3}\p{Sc}|[A-Z]{3,5})?\s*([-−–+])?\s*([A-Za-z]{0,3}\p{Sc}|[A-Z]{3,5})?\s*([\d.,'’\s]*?)\s*([A-Za-z]{0,3}\p{Sc}|[A-Z]{3,5})?\s*([-−–])?$/u.exec(
      (inside?.[1] ?? clean).trim(),
    );
  if (!parts) return null;
  const [, before = '', lead, middle = '', body = '', after = '', trail] = parts;
  const minus = (lead !== undefined && lead !== '+' ? 1 : 0) + (trail ? 1 : 0) + (inside ? 1 : 0);
  if (minus > 1 || ((trail || inside) && lead)) return null;
  const [whole = '', fraction, more] = body.split(mark);
  if (more !== undefined || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const other = mark === '.' ? ',' : '\\.';
  const groups = new RegExp(String.raw`^\d{1,3}(?:(?:${other}\d{3})+|(?:\s\d{3})+|(?:['’]\d{3})+)$`);
  const lakhs = mark === '.' && /^\d{1,2}(?:,\d{2})+,\d{3}$/.test(whole);
  const isGrouped = groups.test(whole) || lakhs;
  if (whole !== '' && !/^\d+$/.test(whole) && !isGrouped) return null;
  if (whole === '' && fraction === undefined) return null;
  const decimal = readDecimal(`${minus ? '-' : ''}${whole.replace(/\D/g, '')}.${fraction ?? ''}`);
  const bare = /^\d{4,}$/.test(whole);
  return decimal && { decimal, grouped: isGrouped, bare, sign: before || middle || after };
}

function dayOf(cell: PlainCell | undefined, from: string, to: string): string | null {
  const text = cellWords(cell);
  if (isBlankWord(text) || totalWord.test(text)) return null;
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T\s,]+\d{1,2}:\d{2}.*)?$/s.exec(text);
  if (iso) return realDay(iso[1] ?? '', iso[3] ?? '', iso[4] ?? '') ?? none(`day ${text}`);
  const packed = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (packed && typeof cell === 'string')
    return realDay(packed[1] ?? '', packed[2] ?? '', packed[3] ?? '') ?? none(`day ${text}`);
  const last = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text);
  if (last) {
    const [, a = '', mark, b = '', year = ''] = last;
    if (mark === '.') return realDay(year, b, a) ?? none(`day ${text}`);
    const both = [realDay(year, b, a), realDay(year, a, b)].filter((day) => day !== null);
    const inside = [...new Set(both)].filter((day) => day >= from && day <= to);
    if (both.length === 1 || new Set(both).size === 1) return both[0] ?? null;
    return inside.length === 1 ? (inside[0] ?? null) : unsure(`day ${text}`);
  }
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const serial = Math.floor(Number(text));
    return new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10);
  }
  return /[a-z]{3}/i.test(text) ? unsure(`day ${text}`) : none(`day ${text}`);
}

interface Places {
  readonly day: number;
  readonly currency: number;
  readonly groups: Record<'brandId' | 'brand' | 'campaignId' | 'campaign', number>;
  readonly fields: Record<FigureField, number>;
}

function placesIn({ headings, rows }: PlainTable, from: string, to: string): Places {
  const plain = headings.map(plainHeading);
  for (const [index, heading] of plain.entries()) {
    if (heading !== '' && plain.indexOf(heading) !== index) none('a heading twice');
  }
  const find = (names: readonly string[]) =>
    plain.indexOf(names.find((name) => plain.includes(name)) ?? '\0');
  const item = find(groupHeadings.campaignId) >= 0 || find(groupHeadings.campaign) >= 0;
  const campaigns = item ? groupHeadings : widerCampaign;
  let day = find(dateHeadings);
  if (day < 0) {
    const isDays = (column: number) => {
      const cells = rows.map((row) => row[column]).filter((cell) => !isBlankWord(cellWords(cell)));
      return (
        cells.length > 0 &&
        cells.every((cell) => judge(() => new Map([[dayOf(cell, from, to) ?? '', 0n]])).kind === 'sums')
      );
    };
    const candidates = plain.flatMap((heading, index) =>
      !isKnownHeading(heading) && isDays(index) ? [index] : [],
    );
    if (candidates.length > 1) unsure('several columns of days');
    day = candidates[0] ?? unsure('no column of days');
    if (rows.some((row) => /^\d{5}/.test(cellWords(row[day])))) unsure('numbers for days');
  }
  const fields = Object.fromEntries(figureFields.map((field) => [field, find(fieldHeadings[field])]));
  return {
    day,
    currency: find(currencyHeadings),
    groups: {
      brandId: find(groupHeadings.brandId),
      brand: find(groupHeadings.brand),
      campaignId: find(campaigns.campaignId),
      campaign: find(campaigns.campaign),
    },
    fields: fields as Record<FigureField, number>,
  };
}

interface Query {
  readonly from: string;
  readonly to: string;
  readonly stated: string | null;
}

interface Reading {
  readonly sums: Sums;
  readonly mixesGrouping: boolean;
}

function readWith(mark: Mark, table: PlainTable, places: Places, { from, to, stated }: Query): Reading {
  const sums: Sums = new Map();
  const seen = new Set<string>();
  let grouped = false;
  let bare = false;
  for (const cells of table.rows) {
    const text = (place: number) =>
      place < 0 ? '' : cellWords(cells[place]).replace(/[\p{Cs}\0]/gu, '\ufffd');
    const { brandId, brand, campaignId, campaign } = places.groups;
    const names = [text(brandId), text(brand), text(campaignId), text(campaign)];
    const dayText = text(places.day);
    const splits = [
      brandId >= 0 || brand >= 0 ? text(brand) || text(brandId) : null,
      campaignId >= 0 || campaign >= 0 ? text(campaign) || text(campaignId) : null,
    ];
    if (totalWord.test(dayText)) continue;
    if (names.some((name) => totalWord.test(name))) unsure('a name that says total');
    if (splits.some((name) => name === '')) unsure('a row without a brand or campaign');
    const day = dayOf(cells[places.day], from, to);
    if (day === null) none('a row without a day');
    const code = places.currency < 0 ? 'N/A' : codeOf(text(places.currency));
    if (code !== 'N/A' && stated !== null && code !== stated) none('another currency');
    const currency = code === 'N/A' ? (stated ?? 'N/A') : code;
    const figures: Partial<Record<FigureField, bigint | null>> = {};
    for (const field of figureFields) {
      const cell = places.fields[field] < 0 ? '' : (cells[places.fields[field]] ?? '');
      const isCount = (countFields as readonly string[]).includes(field);
      figures[field] = figureOf(cell, isCount, currency);
    }
    if (day === null || day < from || day > to) continue;
    const whole = table.headings.map((_, index) => cellWords(cells[index])).join('\0');
    if (seen.has(whole)) continue;
    seen.add(whole);
    addRow(sums, {
      day,
      currency,
      brand: text(brandId) || text(brand),
      campaign: text(campaignId) || text(campaign),
      figures,
    });
  }
  return { sums, mixesGrouping: grouped && bare };

  function figureOf(cell: PlainCell, isCount: boolean, currency: string): bigint | null {
    const text = typeof cell === 'string' ? cell.trim() : cell.exact;
    if (typeof cell === 'string' && isBlankWord(text)) return null;
    const plain = typeof cell === 'string' ? /^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(text) : true;
    const read = plain ? null : written(text, mark);
    const decimal = plain ? readDecimal(text) : read?.decimal;
    if (!decimal) return none(`figure ${text} with ${mark}`);
    grouped ||= read?.grouped ?? false;
    bare ||= read?.bare ?? false;
    const sign = read?.sign ?? '';
    if (sign !== '') {
      if (isCount) none('a count with a currency');
      const named = currencyOfSign(sign) ?? none(`sign ${sign}`);
      const isSame =
        named === currency ||
        currency === 'N/A' ||
        (named === '$' && /D$|USD|^MXN|^ARS|^CLP|^COP|^UYU/.test(currency));
      if (!isSame) none('another currency beside a figure');
    }
    if (!isCount) return toScale(decimal, scaleOf(currency));
    const unit = 10n ** BigInt(decimal.places);
    return decimal.digits % unit === 0n ? decimal.digits / unit : none('half a count');
  }
}

/** The sums that a ReferOn file states: those of the one reading that fits all of its figures. */
export function referonTruth(text: string, query: Query): Truth {
  return judge(() => {
    const table = plainTable(text);
    const places = placesIn(table, query.from, query.to);
    if (figureFields.every((field) => places.fields[field] < 0)) none('no figures');
    const readings: Reading[] = [];
    let failure = '';
    for (const mark of ['.', ','] as const) {
      let reading: Reading | null = null;
      const truth = judge(() => {
        reading = readWith(mark, table, places, query);
        return reading.sums;
      });
      if (truth.kind === 'unsure') unsure(truth.why);
      if (truth.kind === 'none') failure = truth.why;
      if (reading) readings.push(reading);
    }
    const [one, other] = readings;
    if (!one) return none(failure);
    if (!other || difference(one.sums, other.sums) === null) return one.sums;
    if (table.isJson) return one.sums;
    const even = readings.filter((reading) => !reading.mixesGrouping);
    return even.length === 1 && even[0] ? even[0].sums : none('two readings fit');
  });
}
