import { dimensionKey, type SourceRow } from '../figures.js';
import type { ReportPage } from '../platforms/platform.js';
import * as probe from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';

/**
 * Rows of all pages as one set of unique keys. A row that stands on two pages unchanged is counted once: rows move between pages
 * while a report is read. Two different rows for one key cannot both be right, so that is refused.
 */
export function mergePages(pages: readonly ReportPage[]): SourceRow[] {
  if (pages.length === 1) return [...(pages[0]?.rows ?? [])];
  const byKey = new Map<string, SourceRow>();
  for (const row of pages.flatMap((page) => page.rows)) {
    const key = `${row.day} ${dimensionKey(row)}`;
    const known = byKey.get(key);
    if (known && !sameFigures(known, row)) {
      throw new ProblemError(
        probe.unreadable(`two different rows for ${row.day}, ${row.brand || row.brandId || 'no brand'}`),
        'later',
      );
    }
    byKey.set(key, row);
  }
  return [...byKey.values()];
}

function sameFigures(one: SourceRow, other: SourceRow): boolean {
  return Object.entries(one.figures).every(
    ([field, value]) => other.figures[field as keyof SourceRow['figures']] === value,
  );
}
