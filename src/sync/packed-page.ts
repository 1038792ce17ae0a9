import { countFields, type Dimension, type Figures, moneyFields, type SourceRow } from '../figures.js';
import type { ReportPage } from '../platforms/platform.js';

/** Rows as plain numbers, which cross from thread to thread at a tenth of the price of objects. */
interface PackedRows {
  readonly days: readonly string[];
  readonly dimensions: readonly Dimension[];
  /** For each row its place in `days` and in `dimensions`. */
  readonly places: Uint32Array;
  /** `countFields` of each row; NaN where the source gives none. */
  readonly counts: Float64Array;
  /** `moneyFields` of each row; `noMoney` where the source gives none. */
  readonly money: BigInt64Array;
}

/** A page on its way between threads. */
export type PackedPage = Omit<ReportPage, 'rows'> & { readonly rows: PackedRows | readonly SourceRow[] };

const noMoney = -(2n ** 63n);
const mostMoney = 2n ** 63n - 1n;

/** Pages of several, whose lines are compared one by one, and amounts past 64 bits stay as they are. */
export function packPage(page: ReportPage): PackedPage {
  return page.paging ? page : { ...page, rows: packRows(page.rows) ?? page.rows };
}

export function unpackPage({ rows, ...page }: PackedPage): ReportPage {
  return { ...page, rows: 'days' in rows ? unpackRows(rows) : rows };
}

function packRows(rows: readonly SourceRow[]): PackedRows | null {
  const days = new Map<string, number>();
  const dimensions = new Map<string, { readonly place: number; readonly dimension: Dimension }>();
  const places = new Uint32Array(rows.length * 2);
  const counts = new Float64Array(rows.length * countFields.length);
  const money = new BigInt64Array(rows.length * moneyFields.length);
  for (const [index, row] of rows.entries()) {
    const { day, brandId, brand, campaignId, campaign, currency, figures } = row;
    // The lengths make it unmistakable, whatever the names hold.
    const lengths = `${brandId.length} ${brand.length} ${campaignId.length} ${campaign.length} `;
    const key = lengths + brandId + brand + campaignId + campaign + currency;
    const known = dimensions.get(key);
    const dimension = known?.dimension ?? { brandId, brand, campaignId, campaign, currency };
    const place = known?.place ?? dimensions.size;
    if (!known) dimensions.set(key, { place, dimension });
    const dayPlace = days.get(day) ?? days.size;
    days.set(day, dayPlace);
    places[2 * index] = dayPlace;
    places[2 * index + 1] = place;
    for (const [at, field] of countFields.entries()) {
      counts[index * countFields.length + at] = figures[field] ?? Number.NaN;
    }
    for (const [at, field] of moneyFields.entries()) {
      const amount = figures[field] ?? noMoney;
      if (figures[field] !== null && (amount <= noMoney || amount > mostMoney)) return null;
      money[index * moneyFields.length + at] = amount;
    }
  }
  return {
    ...{ days: [...days.keys()], dimensions: [...dimensions.values()].map(({ dimension }) => dimension) },
    ...{ places, counts, money },
  };
}

function unpackRows({ days, dimensions, places, counts, money }: PackedRows): SourceRow[] {
  const rows: SourceRow[] = [];
  for (let index = 0; 2 * index < places.length; index += 1) {
    const day = days[places[2 * index] ?? 0];
    const dimension = dimensions[places[2 * index + 1] ?? 0];
    if (day === undefined || !dimension) throw new Error('a packed row without its day or dimension');
    const { brandId, brand, campaignId, campaign, currency } = dimension;
    const figures = figuresAt(counts, money, index);
    rows.push({ day, brandId, brand, campaignId, campaign, currency, figures });
  }
  return rows;
}

/** Written out, because it is asked for each row. */
function figuresAt(counts: Float64Array, money: BigInt64Array, row: number): Figures {
  const count = row * countFields.length;
  const amount = row * moneyFields.length;
  return {
    clicks: countAt(counts, count),
    registrations: countAt(counts, count + 1),
    ftds: countAt(counts, count + 2),
    ftdAmount: amountAt(money, amount),
    deposits: amountAt(money, amount + 1),
    ngr: amountAt(money, amount + 2),
    commission: amountAt(money, amount + 3),
    depositors: countAt(counts, count + 3),
    prequalified: countAt(counts, count + 4),
    qualified: countAt(counts, count + 5),
    cpaIncome: amountAt(money, amount + 4),
  };
}

function countAt(counts: Float64Array, at: number): number | null {
  const count = counts[at] ?? Number.NaN;
  return Number.isNaN(count) ? null : count;
}

function amountAt(money: BigInt64Array, at: number): bigint | null {
  const amount = money[at] ?? noMoney;
  return amount === noMoney ? null : amount;
}
