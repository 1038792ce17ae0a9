import { dayIn, type Instant } from '../dates.js';
import type { Platform, PlatformId, ReportAccess, ReportPage, ReportQuery } from '../platforms/platform.js';
import type { HttpClient, HttpResponse } from '../ports.js';
import * as probe from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';
import { answerDigest } from './answer-digest.js';
import type { Window } from './windows.js';
import { withoutEcho } from './without-echo.js';

/** One page of one window of a report. */
export interface PageOrder {
  readonly platform: PlatformId;
  readonly access: ReportAccess;
  readonly window: Window;
  readonly page: number;
  readonly currency: string | null;
  readonly now: Instant;
  /** The digest of an answer that need not be read again, if any. */
  readonly known: string | null;
}

export interface PageRead {
  /** Of the answer's bytes. */
  readonly digest: string;
  /** `null` for the answer that is known. */
  readonly page: ReportPage | null;
}

/** Fetches a page and reads it. Throws a `ProblemError` for whatever stands against it. */
export type PageReader = (order: PageOrder) => Promise<PageRead>;

/** Reads pages in this thread. */
export function createPageReader(http: HttpClient, platforms: readonly Platform[]): PageReader {
  return async (order) => {
    const platform = platforms.find(({ id }) => id === order.platform);
    if (!platform) throw new Error(`no platform ${order.platform}`);
    const response = await fetchPage(http, platform, order);
    try {
      const digest = answerDigest(response.body);
      if (digest === order.known) return { digest, page: null };
      const { body } = withoutEcho(response, platform.secretOf(order.access));
      return { digest, page: await parsePage(body, platform, order) };
    } finally {
      response.letGo?.();
    }
  };
}

/** The host that a report link leads to, with its port where it names one. */
export function hostOf({ url }: ReportAccess): string {
  return new URL(url).host;
}

async function fetchPage(http: HttpClient, platform: Platform, order: PageOrder): Promise<HttpResponse> {
  const response = await http.get(platform.request(order.access, queryOf(order)));
  refuseBadStatus(response, platform, order);
  return response;
}

async function parsePage(body: Uint8Array, platform: Platform, order: PageOrder): Promise<ReportPage> {
  try {
    return await platform.parse(body, { query: queryOf(order), currency: order.currency });
  } catch (error) {
    throw withHost(error, platform, hostOf(order.access));
  }
}

function queryOf({ window, page, now }: PageOrder): ReportQuery {
  return { ...window, page, ratesDate: dayIn('UTC', now) };
}

/** A parser sees bytes only: what it says of a refused token gets the host that it came from. */
function withHost(error: unknown, { label, renewalSteps }: Platform, host: string): unknown {
  if (!(error instanceof ProblemError)) return error;
  const { code } = error.problem;
  if (code === 'probe.token-refused') return new ProblemError(probe.tokenRefused(host, label, renewalSteps));
  if (code === 'probe.login-page') return new ProblemError(probe.loginPage(host, label, renewalSteps));
  return error;
}

function refuseBadStatus(response: HttpResponse, platform: Platform, { access, now }: PageOrder): void {
  const host = hostOf(access);
  const { status } = response;
  if (response.loginRedirect || status === 401) {
    throw new ProblemError(probe.tokenRefused(host, platform.label, platform.renewalSteps));
  }
  if (status >= 200 && status < 300) return;
  if (status === 403) throw new ProblemError(probe.forbidden(host, platform.label, platform.renewalSteps));
  if (status === 404 || status === 410) throw new ProblemError(probe.notFound(host));
  if (status === 429) throw new ProblemError(probe.rateLimited(host), 'later', retryAfterMs(response, now));
  if (status >= 500 || status === 408) {
    throw new ProblemError(probe.serverError(host, status), 'later', retryAfterMs(response, now));
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
