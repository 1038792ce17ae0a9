import { collectRows } from '../collect-rows.js';
import type { PageLines, ReportPage } from '../platforms/platform.js';
import { mergeSameKey } from '../platforms/same-key.js';
import type { SourceRows } from '../source-rows.js';

/** The lines of all pages, one after the other, and the page of each (from 0). */
export interface JoinedLines extends PageLines {
  readonly pages: readonly number[];
}

export function joinLines(pages: readonly ReportPage[]): JoinedLines {
  const rows = collectRows();
  const finer: string[] = [];
  const texts: string[] = [];
  const places: number[] = [];
  for (const [place, page] of pages.entries()) {
    const lines = page.paging?.lines ?? { rows: page.rows, finer: [], texts: [] };
    for (let row = 0; row < lines.rows.length; row += 1) {
      rows.copy(lines.rows, row);
      finer.push(lines.finer[row] ?? '');
      texts.push(lines.texts[row] ?? '');
      places.push(place);
    }
  }
  return { rows: rows.rows(), finer, texts, pages: places };
}

/**
 * Rows of all pages as one set of unique keys. Parts of one key (a finer grouping) are added up across pages as they are
 * within one; a line that a page repeats cell by cell counts once.
 */
export function mergePages(pages: readonly ReportPage[]): SourceRows {
  const [first] = pages;
  if (first && pages.length === 1) return first.rows;
  const { rows, finer, texts } = joinLines(pages);
  const read = { rows, numberOf: (row: number) => row + 1, finerOf: (row: number) => finer[row] ?? '' };
  return mergeSameKey(read, (one, other) => texts[one - 1] === texts[other - 1]).rows;
}
