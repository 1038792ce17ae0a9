import { dimensionKey, type SourceRow } from '../figures.js';
import type { PageLine, ReportPage } from '../platforms/platform.js';
import { mergeSameKey } from '../platforms/same-key.js';

/** The rows of a page before those of one key are added up. */
export function linesOf(page: ReportPage): readonly PageLine[] {
  return page.paging?.lines ?? page.rows.map((row) => ({ row, finer: '', text: '' }));
}

/** What may stand once in a whole report. */
export function lineKey({ row, finer }: PageLine): string {
  return `${row.day} ${dimensionKey(row)} ${finer}`;
}

/**
 * Rows of all pages as one set of unique keys. Parts of one key (a finer grouping) are added up across pages as they are
 * within one; a line that a page repeats cell by cell counts once.
 */
export function mergePages(pages: readonly ReportPage[]): readonly SourceRow[] {
  if (pages.length === 1) return pages[0]?.rows ?? [];
  const lines = pages.flatMap(linesOf);
  const numbered = lines.map(({ row, finer }, index) => ({ row, finer, number: index + 1 }));
  const isRepeated = (first: number, second: number) => lines[first - 1]?.text === lines[second - 1]?.text;
  return mergeSameKey(numbered, isRepeated).rows;
}
