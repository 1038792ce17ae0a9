import type { FigureField, SourceRow } from '../../figures.js';
import { dayAt, dimensionAt, rowAt, type SourceRows } from '../../source-rows.js';

/** Figures that add up; distinct counts such as clicks and depositors need not. */
const additive = ['registrations', 'ftds', 'ftdAmount', 'deposits', 'ngr', 'commission'] as const;

/** True where `part` is one of the rows that a subtotal with these blanks would sum up. */
function isPart(part: SourceRow, whole: SourceRow): boolean {
  if (part.currency !== whole.currency) return false;
  return whole.brand === '' || part.brand === whole.brand;
}

function holds(row: SourceRow, field: FigureField): boolean {
  return BigInt(row.figures[field] ?? 0) !== 0n;
}

function equalsSum(whole: SourceRow, parts: readonly SourceRow[]): boolean {
  const added = additive.some((field) => holds(whole, field));
  // Without any such figure the clicks must tell; a row of nothing but zeros does no harm.
  const fields: readonly FigureField[] = added ? additive : ['clicks', ...additive];
  if (!fields.some((field) => holds(whole, field))) return false;
  return fields.every((field) => {
    const sum = parts.reduce((total, part) => total + BigInt(part.figures[field] ?? 0), 0n);
    return BigInt(whole.figures[field] ?? 0) === sum;
  });
}

/**
 * Rows (by their place) that leave brand or campaign empty and hold exactly the sum of the day's other rows: subtotals,
 * which would double every figure. Figures that no campaign is named for are not such a sum, and stay.
 */
export function findSubtotals(rows: SourceRows): ReadonlySet<number> {
  const isPartial = rows.dimensions.some(({ campaign }) => campaign === '');
  if (!isPartial) return new Set();
  const named = new Map<string, SourceRow[]>();
  const partial: number[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const { brand, campaign } = dimensionAt(rows, row);
    if (campaign === '') partial.push(row);
    else if (brand !== '') {
      const ofDay = named.get(dayAt(rows, row)) ?? [];
      named.set(dayAt(rows, row), ofDay);
      ofDay.push(rowAt(rows, row));
    }
  }
  return new Set(
    partial.filter((place) => {
      const whole = rowAt(rows, place);
      const parts = (named.get(whole.day) ?? []).filter((part) => isPart(part, whole));
      return parts.length > 0 && equalsSum(whole, parts);
    }),
  );
}
