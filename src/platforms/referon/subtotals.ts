import type { FigureField, SourceRow } from '../../figures.js';
import type { ReadRow } from '../same-key.js';

/** Figures that add up; distinct counts such as clicks and depositors need not. */
const additive = ['registrations', 'ftds', 'ftdAmount', 'deposits', 'ngr', 'commission'] as const;

/** True where `part` is one of the rows that a subtotal with these blanks would sum up. */
function isPart(part: SourceRow, whole: SourceRow): boolean {
  if (part.day !== whole.day || part.currency !== whole.currency) return false;
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
 * Rows that leave brand or campaign empty and hold exactly the sum of the day's other rows: subtotals, which would double
 * every figure. Figures that no campaign is named for are not such a sum, and stay.
 */
export function findSubtotals(rows: readonly ReadRow[]): ReadonlySet<ReadRow> {
  const named = rows.filter(({ row }) => row.campaign !== '' && row.brand !== '');
  const partial = rows.filter(({ row }) => row.campaign === '');
  if (named.length === 0 || partial.length === 0) return new Set();
  const byDay = new Map<string, SourceRow[]>();
  for (const { row } of named) {
    const known = byDay.get(row.day);
    if (known) known.push(row);
    else byDay.set(row.day, [row]);
  }
  return new Set(
    partial.filter(({ row }) => {
      const parts = (byDay.get(row.day) ?? []).filter((part) => isPart(part, row));
      return parts.length > 0 && equalsSum(row, parts);
    }),
  );
}
