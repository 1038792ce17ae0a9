import type { ReportPage } from '../platforms/platform.js';
import { hasTwins, rowKeys } from '../platforms/same-key.js';
import { dayAt, dimensionAt } from '../source-rows.js';
import { joinLines } from './merge-pages.js';

/** Why pages are not one whole report, as the end of "The report cannot be read: …". */
export interface PageFlaw {
  readonly reason: string;
  /** True where the same lines stand on two pages and nothing else is wrong. */
  readonly onlyRepeats: boolean;
}

/** True when two answers hold the same rows in the same order. */
export function saysTheSame(one: ReportPage, other: ReportPage): boolean {
  const [given, again] = [one.paging?.given, other.paging?.given];
  if (!given || !again || given.length !== again.length) return false;
  return given.every((text, index) => text === again[index]);
}

/** What is wrong with the newest page, seen beside those before it: reason to stop at once. */
export function newestFlaw(pages: readonly ReportPage[]): PageFlaw | null {
  const newest = pages.at(-1);
  const before = pages.at(-2);
  if (!newest) return null;
  const asked = pages.length;
  const { totalPages, sourceRows, paging } = newest;
  const answered = paging?.answered ?? asked;
  if (answered !== asked) return flaw(`Page ${asked} was asked for, and page ${answered} came.`);
  if (before && (before.totalPages !== totalPages || before.paging?.totalRows !== paging?.totalRows)) {
    return flaw('It changed while its pages were read.');
  }
  if (before && sourceRows > 0 && saysTheSame(before, newest)) {
    return flaw(`Page ${asked} repeats page ${asked - 1}.`);
  }
  if (sourceRows === 0 && totalPages !== null && totalPages > asked) {
    return flaw(`Page ${asked} of ${totalPages} is empty.`);
  }
  return null;
}

/** What is wrong with all pages of a report together. */
export function wholeFlaw(pages: readonly ReportPage[]): PageFlaw | null {
  const stated = pages[0]?.paging?.totalRows ?? null;
  if (stated !== null) {
    const read = pages.reduce((sum, page) => sum + page.sourceRows, 0);
    const given = pages.reduce((sum, page) => sum + (page.paging?.given.length ?? 0), 0);
    if (read !== stated && given !== stated)
      return flaw(`It is said to have ${stated} rows, and ${read} came.`);
  }
  return repeatFlaw(pages);
}

function repeatFlaw(pages: readonly ReportPage[]): PageFlaw | null {
  if (pages.length < 2) return null;
  const { rows, finer, texts, pages: pageOf } = joinLines(pages);
  if (!hasTwins(rows)) return null;
  const keyOf = rowKeys(rows);
  const known = new Map<string, number>();
  let repeats: PageFlaw | null = null;
  for (let row = 0; row < rows.length; row += 1) {
    const key = `${keyOf(row)} ${finer[row]}`;
    const twin = known.get(key) ?? row;
    known.set(key, twin);
    if (pageOf[twin] === pageOf[row]) continue;
    const { brand, brandId } = dimensionAt(rows, row);
    const about = `${dayAt(rows, row)}, ${brand || brandId || 'no brand'}`;
    if (texts[twin] !== texts[row]) return flaw(`There are two different rows for ${about}, on two pages.`);
    repeats ??= { reason: `The row for ${about} stands on two pages.`, onlyRepeats: true };
  }
  return repeats;
}

function flaw(reason: string): PageFlaw {
  return { reason, onlyRepeats: false };
}
