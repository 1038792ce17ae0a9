import type { ReportPage } from '../platforms/platform.js';
import * as probe from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';
import { newestFlaw, type PageFlaw, saysTheSame, wholeFlaw } from './page-flaw.js';

const mostPages = 200;
const mostRows = 200_000;
/** A report that changes while it is read is read again from its first page, so often in all. */
const mostPasses = 3;

interface Pass {
  readonly pages: readonly ReportPage[];
  readonly flaw: PageFlaw | null;
}

/**
 * Reads all pages of one window as one whole. Rows move from page to page when the source changes meanwhile: then one is
 * read twice or missed, and all is read again. Lines that are repeated on two pages pass only when the next reading is the
 * same to the letter: then nothing moves, and the source itself repeats them.
 */
export async function readPages(
  readPage: (page: number) => Promise<ReportPage>,
): Promise<readonly ReportPage[]> {
  let before: Pass | null = null;
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const read = await readOnce(readPage);
    if (read.flaw === null || (read.flaw.onlyRepeats && before && isSame(before, read))) return read.pages;
    before = read;
  }
  throw new ProblemError(probe.unreadable(before?.flaw?.reason ?? 'It never comes to an end.'), 'later');
}

async function readOnce(readPage: (page: number) => Promise<ReportPage>): Promise<Pass> {
  const pages: ReportPage[] = [];
  let rows = 0;
  for (let page = 1; page <= mostPages; page += 1) {
    const read = await readPage(page);
    if (endsByRepeating(pages, read)) return { pages, flaw: wholeFlaw(pages) };
    pages.push(read);
    rows += read.sourceRows;
    if (rows > mostRows) throw new ProblemError(probe.tooLarge(`${mostRows.toLocaleString('en')} rows`));
    const flaw = newestFlaw(pages);
    if (flaw) return { pages, flaw };
    if (read.sourceRows === 0 || page >= (read.totalPages ?? mostPages + 1)) {
      return { pages, flaw: wholeFlaw(pages) };
    }
  }
  throw new ProblemError(probe.tooLarge(`${mostPages} pages`));
}

/**
 * Some programmes that state no number of pages answer the last page again for every page past the end. Where that is the
 * first page and it is full, it may as well be that every page is answered so, and rows would be lost.
 */
function endsByRepeating(pages: readonly ReportPage[], read: ReportPage): boolean {
  const before = pages.at(-1);
  if (!before || read.totalPages !== null || before.totalPages !== null) return false;
  if (!saysTheSame(before, read)) return false;
  const perPage = before.paging?.perPage ?? null;
  return pages.length > 1 || perPage === null || (before.paging?.given.length ?? 0) < perPage;
}

function isSame(one: Pass, other: Pass): boolean {
  if (one.pages.length !== other.pages.length || !one.flaw?.onlyRepeats) return false;
  return one.pages.every((page, index) => {
    const twin = other.pages[index];
    return twin !== undefined && saysTheSame(page, twin);
  });
}
