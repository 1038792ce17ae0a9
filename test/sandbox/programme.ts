import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '../../src/dates.js';
import type { PlatformId } from '../../src/platforms/platform.js';
import { affilkaColumns } from './affilka-columns.js';
import type { Answer } from './answer.js';
import type { BookRow } from './book-row.js';
import { type Books, createBooks } from './books.js';
import { type ExpectedWindow, expectedAffilkaRows, expectedReferonRows } from './expected-rows.js';
import { createFaults, type Faults } from './faults.js';
import { type Asked, listParams, readRequest, readTarget } from './read-request.js';
import { createPresets, type Presets } from './referon-routes.js';
import { replacementAnswer } from './replace-answer.js';
import { createReportLinks, type ReportLinks } from './report-links.js';
import { createRequestLog, type RequestLog } from './request-log.js';
import { lastPush, type ProgrammeState, respond } from './responder.js';
import { sendAnswer } from './send-answer.js';
import { createTokens } from './tokens.js';

export interface ProgrammeOptions {
  readonly now: () => Instant;
  readonly seed?: string | number;
  readonly books?: Books;
  /** Columns that the operator has enabled; the default is all. */
  readonly enabledColumns?: readonly string[];
  /** Rows on one Affilka page. */
  readonly perPage?: number;
  /** Requests with one token that Affilka answers at a time; more get 429. */
  readonly simultaneousPerToken?: number;
  /** The UTC hour at which ReferOn gets its figures; without it, it has what Affilka has. */
  readonly referonPushHour?: number;
  /** Keeps each rendered answer for good, by its link without the token: for load tests. */
  readonly rendersOnce?: boolean;
  /** A loopback address of its own makes it another host. */
  readonly address?: string;
}

/** A running pretend programme. */
export interface Programme {
  readonly origin: string;
  readonly host: string;
  readonly books: Books;
  readonly urls: ReportLinks;
  readonly presets: Presets;
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** The tokens in `urls` where no other is asked for. */
  readonly tokens: { readonly affilka: string; readonly referon: string };
  issueToken(platform?: PlatformId): string;
  expireToken(token: string): void;
  /** Renders links ahead of the first request, where `rendersOnce` is on. */
  prerender(urls: readonly string[]): void;
  /** Every answer from now on waits so long. */
  setLatency(milliseconds: number): void;
  /** What a faultless reader of a link stores for a window. */
  expectedRows(url: string, window: ExpectedWindow): BookRow[];
  close(): Promise<void>;
}

/** Starts the programme on a loopback port of the system's choice. */
export async function startProgramme(options: ProgrammeOptions): Promise<Programme> {
  const { now, seed = 'tallyman', simultaneousPerToken = 1 } = options;
  const books = options.books ?? createBooks({ seed });
  const requests = createRequestLog();
  const rendered = new Map<string, Answer>();
  const issued = createTokens(String(seed));
  const tokens = { affilka: issued.issue('affilka'), referon: issued.issue('referon') };
  const state: ProgrammeState = {
    now,
    books,
    account: {
      enabledColumns: new Set(options.enabledColumns ?? affilkaColumns),
      perPage: options.perPage ?? 100,
    },
    presets: createPresets(),
    tokens: issued,
    faults: createFaults(),
    pushHour: options.referonPushHour ?? null,
  };
  let latency = 0;

  function answerTo(asked: Asked, faults: ReturnType<ProgrammeState['faults']['take']>): Answer {
    if (!options.rendersOnce || faults.size > 0 || !asked.platform || asked.method !== 'GET')
      return respond(state, asked, faults);
    if (!issued.accepts(asked.platform, asked.token)) return respond(state, asked, faults);
    const key = `${asked.takesGzip} ${asked.path}?${asked.query.replace(asked.token, '')}`;
    const answer = rendered.get(key) ?? respond(state, asked, faults);
    rendered.set(key, answer);
    return answer;
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const asked = readRequest(request);
    const tooMany = asked.platform === 'affilka' && requests.open(asked.token) >= simultaneousPerToken;
    const ended = requests.begin({
      at: now(),
      path: asked.path,
      token: asked.token,
      params: listParams(asked.params),
      userAgent: request.headers['user-agent'] ?? '',
    });
    const faults = asked.platform ? state.faults.take(asked.platform, asked.token) : new Map();
    response.once('close', () => ended(null));
    const answer = () => {
      if (response.destroyed) return;
      const whole =
        tooMany && asked.platform
          ? replacementAnswer('status-429', asked.platform, asked.path, { retryAfter: 1 })
          : answerTo(asked, faults);
      sendAnswer(whole, faults, response, () => ended(whole.status));
    };
    if (latency === 0) answer();
    else setTimeout(answer, latency);
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, handle);
  await new Promise<void>((listening) => {
    server.listen(0, options.address ?? '127.0.0.1', listening);
  });
  const { address, port } = server.address() as AddressInfo;
  const host = `${address}:${port}`;
  const origin = `http://${host}`;

  return {
    origin,
    host,
    books,
    tokens,
    requests,
    presets: state.presets,
    faults: state.faults,
    urls: createReportLinks({ origin, now, presets: state.presets, tokens }),
    issueToken: (platform = 'affilka') => issued.issue(platform),
    expireToken: (token) => issued.expire(token),
    setLatency(milliseconds) {
      latency = milliseconds;
    },
    prerender(urls) {
      for (const url of urls) {
        for (const takesGzip of [true, false]) {
          answerTo(readTarget(url.slice(origin.length), '', takesGzip), new Map());
        }
      }
    },
    expectedRows(url, window) {
      const { platform, params } = readTarget(url.slice(origin.length));
      if (platform === 'affilka') {
        return expectedAffilkaRows(books, state.account.enabledColumns, params, window);
      }
      const preset = state.presets.get(params.get('id') ?? '');
      if (!preset) throw new Error(`no report link: ${url}`);
      return expectedReferonRows(books, preset, { ...window, now: lastPush(window.now, state.pushHour) });
    },
    close() {
      return new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}
