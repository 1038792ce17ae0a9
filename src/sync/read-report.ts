import { type Day, dayIn, daysBetween, type Instant } from '../dates.js';
import { type FigureField, figureFields, type SourceRow } from '../figures.js';
import type { OfferShape } from '../offers/offer.js';
import type { Platform, ReportAccess, ReportPage, RowWarning } from '../platforms/platform.js';
import type { Core, HttpResponse } from '../ports.js';
import * as probe from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';
import { mergePages } from './merge-pages.js';
import { readPages } from './read-pages.js';
import type { Window } from './windows.js';
import { withoutEcho } from './without-echo.js';

/** A whole window as read: all of its pages. */
export interface WholeReport {
  readonly rows: readonly SourceRow[];
  /** Rows in the source before any was dropped; 0 means an empty report. */
  readonly sourceRows: number;
  readonly pages: number;
  readonly shape: OfferShape;
  readonly warnings: readonly RowWarning[];
  /** The exchange rates' day, where the report asks for conversion. */
  readonly ratesDate: Day | null;
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
  const { from, to } = request.window;
  const pages = await readPages((page) => readPage(core, request, page));
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
  const { platform, access, window, currency } = request;
  const query = { ...window, page, ratesDate: dayIn('UTC', request.now) };
  const response = await core.gates.token(request.tokenFingerprint, () =>
    core.gates.host(hostOf(request), () => core.http.get(platform.request(access, query))),
  );
  refuseBadStatus(response, request);
  const { body } = withoutEcho(response, platform.secretOf(access));
  try {
    return await platform.parse(body, { query, currency });
  } catch (error) {
    throw withHost(error, request);
  }
}

/** A parser sees bytes only: what it says of a refused token gets the host that it came from. */
function withHost(error: unknown, request: ReadRequest): unknown {
  if (!(error instanceof ProblemError)) return error;
  const { label, renewalSteps } = request.platform;
  const host = hostOf(request);
  const { code } = error.problem;
  if (code === 'probe.token-refused') return new ProblemError(probe.tokenRefused(host, label, renewalSteps));
  if (code === 'probe.login-page') return new ProblemError(probe.loginPage(host, label, renewalSteps));
  return error;
}

function refuseBadStatus(response: HttpResponse, request: ReadRequest): void {
  const host = hostOf(request);
  const { platform } = request;
  const { status } = response;
  if (response.loginRedirect || status === 401) {
    throw new ProblemError(probe.tokenRefused(host, platform.label, platform.renewalSteps));
  }
  if (status >= 200 && status < 300) return;
  if (status === 403) throw new ProblemError(probe.forbidden(host, platform.label, platform.renewalSteps));
  if (status === 404 || status === 410) throw new ProblemError(probe.notFound(host));
  if (status === 429) {
    throw new ProblemError(probe.rateLimited(host), 'later', retryAfterMs(response, request.now));
  }
  if (status >= 500 || status === 408) {
    throw new ProblemError(probe.serverError(host, status), 'later', retryAfterMs(response, request.now));
  }
  throw new ProblemError(probe.unreadable(`${host} answered with status ${status}`));
}

const longestRetryAfterMs = 24 * 3_600_000;

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(response: HttpResponse, now: Instant): number {
  const text = response.headers['retry-after']?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(now);
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestRetryAfterMs) : 0;
}

function whole(pages: readonly ReportPage[], request: ReadRequest): WholeReport {
  const rows = mergePages(pages);
  const ratesDate = request.platform.converts(request.access) ? dayIn('UTC', request.now) : null;
  if (ratesDate !== null) refuseSeveralCurrencies(rows);
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
      brands: [...new Set(rows.map((row) => row.brand || row.brandId))].filter(Boolean).sort(),
    },
    warnings: pages.flatMap((page) => page.warnings),
    ratesDate,
  };
}

/** A report that asks for one currency and comes in several was not converted: its sums would change their meaning. */
function refuseSeveralCurrencies(rows: readonly SourceRow[]): void {
  const named = [...new Set(rows.map((row) => row.currency))].filter((code) => code !== 'N/A').sort();
  if (named.length > 1) throw new ProblemError(probe.unreadable(notConverted(named)));
}

function notConverted(currencies: readonly string[]): string {
  return `It asks for one currency, and its rows are in ${currencies.slice(0, 5).join(', ')}.`;
}

function hostOf(request: ReadRequest): string {
  return new URL(request.access.url).host;
}
