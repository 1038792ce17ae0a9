import { type FigureField, figureFields, type SourceRow } from '../../src/figures.js';

/** Sums by what they are of: day, currency, brand, campaign and field. A figure that is not there has no entry. */
export type Sums = Map<string, bigint>;

export interface PlainRow {
  readonly day: string;
  readonly currency: string;
  readonly brand: string;
  readonly campaign: string;
  readonly figures: Partial<Record<FigureField, bigint | null>>;
}

export function addRow(sums: Sums, row: PlainRow): void {
  for (const field of figureFields) {
    const figure = row.figures[field];
    if (figure === null || figure === undefined) continue;
    const key = [row.day, row.currency, row.brand, row.campaign, field].join(' | ');
    sums.set(key, (sums.get(key) ?? 0n) + figure);
  }
}

export function sumsOf(rows: readonly SourceRow[]): Sums {
  const sums: Sums = new Map();
  for (const row of rows) {
    const figures: Partial<Record<FigureField, bigint>> = {};
    for (const field of figureFields) {
      const figure = row.figures[field];
      if (figure !== null) figures[field] = BigInt(figure);
    }
    addRow(sums, {
      ...row,
      brand: row.brandId || row.brand,
      campaign: row.campaignId || row.campaign,
      figures,
    });
  }
  return sums;
}

/** The first difference in words, or `null`. */
export function difference(read: Sums, told: Sums): string | null {
  for (const key of new Set([...read.keys(), ...told.keys()])) {
    if (read.get(key) !== told.get(key))
      return `${key}: read ${read.get(key)}, the text says ${told.get(key)}`;
  }
  return null;
}
