import type { PlatformId, ReportAccess } from '../../src/platforms/platform.js';
import { usualColumns } from '../sandbox/affilka-columns.js';
import type { BookRow } from '../sandbox/book-row.js';
import type { Brand } from '../sandbox/catalogue.js';
import type { ExpectedWindow } from '../sandbox/expected-rows.js';
import type { FaultName } from '../sandbox/faults.js';
import type { ExportFormat } from '../sandbox/preset.js';
import type { Programme } from '../sandbox/programme.js';
import type { Random } from '../sandbox/random.js';

/** A report link of a random kind, in a random one of its formats. */
export interface RandomReport {
  readonly platform: PlatformId;
  readonly access: ReportAccess;
  /** What a faultless reader stores, asking day by day where the report names no day. */
  expectedRows(window: ExpectedWindow): BookRow[];
  /** What the owner states, where the source names none. */
  readonly currency: string | null;
  /** How it is written, for a test's message. */
  readonly format: string;
  readonly variations: readonly FaultName[];
  readonly pages: number;
}

function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[random.whole(0, list.length - 1)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

export function randomReport(
  platform: PlatformId,
  random: Random,
  programme: Programme,
  brands: readonly Brand[],
): RandomReport {
  return platform === 'affilka' ? affilkaReport(random, programme) : referonReport(random, programme, brands);
}

/** Without the list of relations a reader knows ids only. */
function withoutNames(row: BookRow): BookRow {
  return { ...row, brand: row.brandId, campaign: row.campaignId };
}

const groupings = [
  ['day', 'brand', 'campaign'],
  ['day', 'brand', 'campaign'],
  ['day', 'brand', 'campaign'],
  ['campaign', 'brand', 'day'],
  ['day', 'brand'],
  ['day', 'campaign'],
  ['day'],
  ['brand', 'campaign'],
] as const;

const moneyForms = ['money-as-text', 'money-as-number', 'money-as-cents'] as const;
const looseForms = ['missing-total-pages', 'unknown-cells', 'cells-shuffled', 'rows-as-objects'] as const;

function affilkaReport(random: Random, programme: Programme): RandomReport {
  const groups = pick(random, groupings);
  const currency = random.chance(0.2) ? pick(random, ['EUR', 'SEK', 'JPY']) : null;
  const columns = random.chance(0.25) ? usualColumns.filter(() => random.chance(0.6)) : usualColumns;
  const asked = { currency, columns: columns.length > 0 ? columns : ['ngr'], groups };
  const pages = random.chance(0.7) ? random.whole(2, random.chance(0.25) ? 40 : 6) : 1;
  const variations: FaultName[] = looseForms.filter(() => random.chance(0.3));
  if (random.chance(0.5)) variations.push(pick(random, moneyForms));
  if (random.chance(0.2)) variations.push('no-relations');
  const { urls } = programme;
  const isCustomer = random.chance(0.25);
  const access = isCustomer ? urls.affilkaCustomerUrl(asked) : { url: urls.affilkaReportUrl(asked) };
  const dailyUrl = urls.affilkaReportUrl({ ...asked, groups: [...new Set(['day', ...groups])] });
  const hasNames = !variations.includes('no-relations');
  return {
    platform: 'affilka',
    access,
    expectedRows: (window) =>
      programme.expectedRows(dailyUrl, window).map(hasNames ? (row) => row : withoutNames),
    currency: null,
    format: `affilka ${isCustomer ? 'customer' : 'feed'} by ${groups.join()} in ${currency ?? 'all'}, ${columns.length} columns, ${pages} pages, ${variations.join()}`,
    variations,
    pages,
  };
}

function referonReport(random: Random, programme: Programme, brands: readonly Brand[]): RandomReport {
  const format = randomFormat(random);
  const currency = pick(random, pick(random, brands).currencies);
  const groups = pick(random, [
    ['brand', 'mediaItem'],
    ['brand', 'mediaItem'],
    ['brand'],
    ['mediaItem'],
  ] as const);
  const split = random.chance(0.85) ? 'day' : 'none';
  const url = programme.urls.referonExportUrl({ currency, groups, split, format });
  const written = Object.entries(format).map(([name, value]) => `${name}=${value}`);
  return {
    platform: 'referon',
    access: { url },
    expectedRows: (window) => programme.expectedRows(url, window),
    currency,
    format: `referon by ${groups.join()} split ${split} in ${currency}, ${written.join(' ')}`,
    variations: [],
    pages: 1,
  };
}

function randomFormat(random: Random): ExportFormat {
  const kind = pick(random, ['csv', 'csv', 'xlsx', 'json'] as const);
  const numbers = pick(random, [
    'plain',
    'plain',
    'comma-thousands',
    'space-comma',
    'dot-comma',
    'signed',
  ] as const);
  return {
    kind,
    encoding: random.chance(0.8) ? 'utf-8' : 'utf-16le',
    numbers,
    typedNumbers: random.chance(0.6),
    dateHeading: pick(random, ['Date', 'Date', 'Day', '', null]),
    dates: pick(random, ['iso', 'iso', 'iso-time', 'day-first', 'dotted', 'sheet-date'] as const),
    labels: random.chance(0.7) ? 'usual' : 'drifted',
    totals: pick(random, ['none', 'none', 'labelled', 'bare'] as const),
    missing: pick(random, ['', '-', 'N/A'] as const),
    wrapper: pick(random, ['data', 'rows', 'items', 'result', null] as const),
    delimiter: pick(random, [',', ';', '\t'] as const),
    quoting: random.chance(0.5) ? 'minimal' : 'all',
    lineEnd: random.chance(0.5) ? '\n' : '\r\n',
    byteOrderMark: random.chance(0.4),
  };
}
