import type { Day } from './dates.js';
import { type Dimension, type Figures, figureFields } from './figures.js';
import { dayAt, dimensionAt, fieldCount, figureAt, type SourceRows } from './source-rows.js';

/** Gathers rows one by one. */
export interface RowCollector {
  /** Answers the row's number from 0. Throws for a count that is not whole. */
  add(day: Day, dimension: Dimension, figures: Figures): number;
  /** Adds a row of others as it is, and answers its number from 0. */
  copy(rows: SourceRows, row: number): number;
  /**
   * Adds the figures of another row to those of one that was added. A figure that only one of them has stays what it is;
   * then the answer is false.
   */
  addFigures(to: number, rows: SourceRows, row: number): boolean;
  /** What was added. Nothing may be added after. */
  rows(): SourceRows;
}

const fewRows = 64;

/** With the number of rows where it is known, so that there is room at once. */
export function collectRows(expected = 0): RowCollector {
  const days = new Map<Day, number>();
  const named = collectDimensions();
  const large = new Map<number, bigint>();
  let length = 0;
  const room = Math.max(expected, fewRows);
  let dayPlaces = new Uint32Array(room);
  let dimensionPlaces = new Uint32Array(room);
  let figures = new Float64Array(room * fieldCount);

  function newRow(day: Day, dimension: Dimension): number {
    if (length === dayPlaces.length) {
      dayPlaces = grown(dayPlaces);
      dimensionPlaces = grown(dimensionPlaces);
      figures = grown(figures);
    }
    const dayPlace = days.get(day) ?? days.size;
    if (dayPlace === days.size) days.set(day, dayPlace);
    dayPlaces[length] = dayPlace;
    dimensionPlaces[length] = named.placeOf(dimension);
    length += 1;
    return length - 1;
  }

  function put(place: number, figure: number | bigint | null): void {
    if (figure === null) {
      figures[place] = Number.NaN;
      return;
    }
    const number = Number(figure);
    if (Number.isSafeInteger(number)) {
      large.delete(place);
      figures[place] = number;
      return;
    }
    if (typeof figure === 'number') throw new RangeError('a count that is not whole');
    figures[place] = Number.POSITIVE_INFINITY;
    large.set(place, figure);
  }

  return {
    add(day, dimension, given) {
      const row = newRow(day, dimension);
      for (const [place, field] of figureFields.entries()) put(row * fieldCount + place, given[field]);
      return row;
    },
    copy(rows, from) {
      const row = newRow(dayAt(rows, from), dimensionAt(rows, from));
      for (let place = 0; place < fieldCount; place += 1) {
        put(row * fieldCount + place, figureAt(rows, from * fieldCount + place));
      }
      return row;
    },
    addFigures(to, rows, from) {
      let isEven = true;
      for (let place = 0; place < fieldCount; place += 1) {
        const at = to * fieldCount + place;
        const before = figureAt({ figures, large }, at);
        const added = figureAt(rows, from * fieldCount + place);
        if (before !== null && added !== null) put(at, BigInt(before) + BigInt(added));
        else if (before !== added) {
          put(at, before ?? added);
          isEven = false;
        }
      }
      return isEven;
    },
    rows: () => ({
      ...{ length, days: [...days.keys()], dimensions: named.dimensions, large },
      dayPlaces: cut(dayPlaces, length),
      dimensionPlaces: cut(dimensionPlaces, length),
      figures: cut(figures, length * fieldCount),
    }),
  };
}

/** Dimensions, each once; `placeOf` adds the new ones. */
export function collectDimensions(): {
  readonly dimensions: readonly Dimension[];
  placeOf(dimension: Dimension): number;
} {
  const dimensions: Dimension[] = [];
  const known = new Map<string, number>();
  // Most reports have the same order each day: of each dimension the one that came after it.
  const next: number[] = [];
  let last = 0;
  const find = ({ brandId, brand, campaignId, campaign, currency }: Dimension) => {
    // The lengths make it unmistakable, whatever the names hold.
    const lengths = `${brandId.length} ${brand.length} ${campaignId.length} ${campaign.length} `;
    const key = lengths + brandId + brand + campaignId + campaign + currency;
    const place = known.get(key) ?? dimensions.length;
    if (place < dimensions.length) return place;
    known.set(key, place);
    dimensions.push({ brandId, brand, campaignId, campaign, currency });
    return place;
  };
  return {
    dimensions,
    placeOf(dimension) {
      const guess = next[last] ?? -1;
      const place = isSame(dimensions[guess], dimension) ? guess : find(dimension);
      next[last] = place;
      last = place;
      return place;
    },
  };
}

function isSame(one: Dimension | undefined, other: Dimension): boolean {
  return (
    one !== undefined &&
    one.campaignId === other.campaignId &&
    one.campaign === other.campaign &&
    one.brandId === other.brandId &&
    one.brand === other.brand &&
    one.currency === other.currency
  );
}

/** Without the room that was not needed; a little of it stays where a copy would take more. */
export function cut<A extends Uint32Array | Float64Array>(list: A, length: number): A {
  const isLittle = list.length - length < length / 4;
  return (isLittle ? list.subarray(0, length) : list.slice(0, length)) as A;
}

/** The same with more room: as much again, unless told how long. */
export function grown<A extends Uint32Array | Float64Array>(before: A, length = 2 * before.length): A {
  const larger = before instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
  larger.set(before);
  return larger as A;
}
