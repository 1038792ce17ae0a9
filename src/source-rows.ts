import type { Day } from './dates.js';
import {
  countFields,
  type Dimension,
  type Figures,
  figureFields,
  moneyFields,
  type SourceRow,
} from './figures.js';

/**
 * The rows of a report as columns: very many of them take a tenth of the memory of as many objects, and they cross from
 * thread to thread as they are. `rowAt` and `listRows` make plain rows of them.
 */
export interface SourceRows {
  readonly length: number;
  /** The days that have rows, in the order in which they came. */
  readonly days: readonly Day[];
  /** What the rows are of; each stands here once, and has a row. */
  readonly dimensions: readonly Dimension[];
  /** The place of each row's day in `days`. */
  readonly dayPlaces: Uint32Array;
  /** The place of each row's dimension in `dimensions`. */
  readonly dimensionPlaces: Uint32Array;
  /** `figureFields` of each row: counts, and money in scaled units. NaN where the source gives none, infinite for `large`. */
  readonly figures: Float64Array;
  /** Figures beyond what a double holds exactly, by their place in `figures`. */
  readonly large: ReadonlyMap<number, bigint>;
}

export const fieldCount = figureFields.length;

/** The place of each field in a row of `figures`. */
export const fieldPlaces = Object.fromEntries(figureFields.map((field, place) => [field, place])) as Readonly<
  Record<keyof Figures, number>
>;

export const noRows: SourceRows = {
  ...{
    length: 0,
    days: [],
    dimensions: [],
    dayPlaces: new Uint32Array(),
    dimensionPlaces: new Uint32Array(),
  },
  ...{ figures: new Float64Array(), large: new Map() },
};

/** The newest day that has rows, if any. */
export function newestDay({ days }: SourceRows): Day | null {
  return days.reduce<Day | null>((newest, day) => (newest === null || day > newest ? day : newest), null);
}

/** True for the same figures of the same days and dimensions, in the same order. */
export function sameRows(one: SourceRows, other: SourceRows): boolean {
  const texts = [one, other].map(({ days, dimensions }) => JSON.stringify([days, dimensions]));
  if (texts[0] !== texts[1] || one.length !== other.length) return false;
  const inOrder = ({ dayPlaces, dimensionPlaces }: SourceRows) => [dayPlaces, dimensionPlaces].join();
  if (inOrder(one) !== inOrder(other)) return false;
  for (let place = 0; place < one.length * fieldCount; place += 1) {
    if (figureAt(one, place) !== figureAt(other, place)) return false;
  }
  return true;
}

export function dayAt({ days, dayPlaces }: SourceRows, row: number): Day {
  const day = days[dayPlaces[row] ?? -1];
  if (day === undefined) throw new RangeError(`no row ${row}`);
  return day;
}

export function dimensionAt({ dimensions, dimensionPlaces }: SourceRows, row: number): Dimension {
  const dimension = dimensions[dimensionPlaces[row] ?? -1];
  if (dimension === undefined) throw new RangeError(`no row ${row}`);
  return dimension;
}

/** One figure by its place in `figures`, exact; `null` where the source gives none. */
export function figureAt(
  { figures, large }: Pick<SourceRows, 'figures' | 'large'>,
  place: number,
): number | bigint | null {
  const figure = figures[place] ?? Number.NaN;
  if (Number.isFinite(figure)) return figure;
  return Number.isNaN(figure) ? null : (large.get(place) ?? null);
}

export function rowAt(rows: SourceRows, row: number): SourceRow {
  const { brandId, brand, campaignId, campaign, currency } = dimensionAt(rows, row);
  const figures: Record<string, number | bigint | null> = {};
  for (const field of countFields) {
    const count = figureAt(rows, row * fieldCount + fieldPlaces[field]);
    figures[field] = count === null ? null : Number(count);
  }
  for (const field of moneyFields) {
    const amount = figureAt(rows, row * fieldCount + fieldPlaces[field]);
    figures[field] = amount === null ? null : BigInt(amount);
  }
  const day = dayAt(rows, row);
  return { day, brandId, brand, campaignId, campaign, currency, figures: figures as unknown as Figures };
}

/** For few rows: what is there for each row of a large report must not be made of objects. */
export function listRows(rows: SourceRows): SourceRow[] {
  return Array.from({ length: rows.length }, (_, row) => rowAt(rows, row));
}
