import { type Day, dayIn, daysBetween, type Instant } from '../dates.js';
import { type FigureField, figureFields } from '../figures.js';
import type { OfferShape } from '../offers/offer.js';
import type { Platform, ReportAccess, ReportPage, RowWarning } from '../platforms/platform.js';
import type { Core } from '../ports.js';
import * as probe from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';
import type { SourceRows } from '../source-rows.js';
import { mergePages } from './merge-pages.js';
import { createPageReader, hostOf, type PageRead } from './page-reader.js';
import { readPages } from './read-pages.js';
import type { Window } from './windows.js';

/** A whole window as read: all of its pages. */
export interface WholeReport {
  readonly rows: SourceRows;
  /** Rows in the source before any was dropped; 0 means an empty report. */
  readonly sourceRows: number;
  readonly pages: number;
  readonly shape: OfferShape;
  readonly warnings: readonly RowWarning[];
}

export interface ReadRequest {
  readonly platform: Platform;
  readonly access: ReportAccess;
  /** Serialises requests of one token. */
  readonly tokenFingerprint: string;
  readonly currency: string | null;
  readonly window: Window;
  readonly now: Instant;
}

/**
 * Reads every page of a window, politely. A report that does not say the day of its rows is asked for one day at a time.
 * Throws a `ProblemError` for whatever stands against it.
 */
export async function readReport(core: Core, request: ReadRequest): Promise<WholeReport> {
  return readFrom(core, request, await readPage(core, request, 1));
}

/** What came, unless it is the same as last time: then `report` is `null`. `digest` only where one answer is all. */
export interface ReportRead {
  readonly digest: string | null;
  /** The exchange rates' day that was asked for, where the report asks for conversion. */
  readonly ratesDate: Day | null;
  readonly report: WholeReport | null;
}

/** Like `readReport`, and stops after the first answer where its bytes have the digest `known`. */
export async function readUnlessSame(
  core: Core,
  request: ReadRequest,
  known: string | null,
): Promise<ReportRead> {
  const { digest, page } = await askFor(core, request, 1, known);
  const ratesDate = ratesDateOf(request);
  if (!page) return { digest, ratesDate, report: null };
  const report = await readFrom(core, request, page);
  return { digest: report.pages === 1 ? digest : null, ratesDate, report };
}

/** Reads on from the first page; when pages have to be read again, that one is too. */
async function readFrom(core: Core, request: ReadRequest, first: ReportPage): Promise<WholeReport> {
  const { from, to } = request.window;
  let given: ReportPage | null = first;
  const pages = await readPages(async (page) => {
    const read = (page === 1 ? given : null) ?? (await readPage(core, request, page));
    given = null;
    return read;
  });
  const undated = pages.some((page) => page.sourceRows > 0 && !page.groups.day);
  if (from === to || !undated) return whole(pages, request);
  const days: ReportPage[] = [];
  for (const day of daysBetween(from, to)) {
    const ofDay = { ...request, window: { from: day, to: day } };
    days.push(...(await readPages((page) => readPage(core, ofDay, page))));
  }
  return whole(days, request);
}

async function readPage(core: Core, request: ReadRequest, page: number): Promise<ReportPage> {
  const read = await askFor(core, request, page, null);
  if (!read.page) throw new Error('a page that nobody knows is known');
  return read.page;
}

/** One request at a time with a token, few of a host. */
function askFor(core: Core, request: ReadRequest, page: number, known: string | null): Promise<PageRead> {
  const { platform, access, window, currency, now } = request;
  const order = { platform: platform.id, access, window, page, currency, now, known };
  const read = core.readPage ?? createPageReader(core.http, [platform]);
  return core.gates.token(request.tokenFingerprint, () => core.gates.host(hostOf(access), () => read(order)));
}

function whole(pages: readonly ReportPage[], request: ReadRequest): WholeReport {
  const rows = mergePages(pages);
  if (request.platform.converts(request.access)) refuseSeveralCurrencies(rows);
  const seen = new Set<FigureField>(pages.flatMap((page) => page.present));
  const groups = (['day', 'brand', 'campaign', 'currency'] as const).filter((group) =>
    pages.some((page) => page.groups[group]),
  );
  return {
    rows,
    sourceRows: pages.reduce((sum, page) => sum + page.sourceRows, 0),
    pages: pages.length,
    shape: {
      columns: figureFields.filter((field) => seen.has(field)),
      groups,
      brands: [...new Set(rows.dimensions.map(({ brand, brandId }) => brand || brandId))]
        .filter(Boolean)
        .sort(),
    },
    warnings: pages.flatMap((page) => page.warnings),
  };
}

function ratesDateOf({ platform, access, now }: ReadRequest): Day | null {
  return platform.converts(access) ? dayIn('UTC', now) : null;
}

/** A report that asks for one currency and comes in several was not converted: its sums would change their meaning. */
function refuseSeveralCurrencies({ dimensions }: SourceRows): void {
  const named = [...new Set(dimensions.map(({ currency }) => currency))]
    .filter((code) => code !== 'N/A')
    .sort();
  if (named.length > 1) throw new ProblemError(probe.unreadable(notConverted(named)));
}

function notConverted(currencies: readonly string[]): string {
  return `It asks for one currency, and its rows are in ${currencies.slice(0, 5).join(', ')}.`;
}
