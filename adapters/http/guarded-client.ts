import { lookup } from 'node:dns/promises';
import { Agent, buildConnector } from 'undici';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/ports.js';
import * as problems from '../../src/problems/fetch.js';
import { refusalOf } from './address-rules.js';
import type { AllowList } from './allow-list.js';
import { type Answer, type Deadline, exchange, startDeadline } from './exchange.js';
import { problemFrom } from './faults.js';
import { createGuardedConnector, type Resolve } from './guarded-connector.js';
import { letGo } from './let-go.js';
import { redirectOf } from './redirects.js';
import { type BodyLimits, defaultBodyLimits, unpackBody } from './unpack-body.js';

export interface HttpClientOptions {
  readonly allow: AllowList;
  readonly limits?: Partial<BodyLimits>;
  readonly resolve?: Resolve;
  /** For a request that names none; the default is a minute. */
  readonly deadlineMs?: number;
  /** Opens connections to addresses that were checked; for a certificate authority or a relay of one's own. */
  readonly dial?: buildConnector.connector;
  /** Told of every token that a request carries, so that the log can be kept clean of it. */
  readonly onSecret?: (secret: string) => void;
}

const defaultDeadlineMs = 60_000;
const connectTimeoutMs = 10_000;
const mostRedirects = 3;
/** As many as `sync` lets through: a request that waits for a connection would spend its deadline on it. */
const connectionsPerHost = 4;

/**
 * Fetches through the address guard with undici, but not with its `fetch`, which takes `data:` URLs, follows redirects
 * anywhere, and counts compressed bytes only. Proxies in the environment are not used, since they would resolve names for us.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient & { close(): Promise<void> } {
  const { allow } = options;
  const limits = { ...defaultBodyLimits, ...options.limits };
  const agent = new Agent({
    connect: createGuardedConnector({
      allow,
      resolve: options.resolve ?? resolveAll,
      dial: options.dial ?? defaultDial(),
    }),
    connections: connectionsPerHost,
    pipelining: 1,
    // Many servers close idle connections soon, and a request on a closing one is lost. Those that say how long they keep
    // one may be asked again in that time, but a pool of connections takes 20 kB, and there are thousands of programmes.
    keepAliveTimeout: 2_000,
    keepAliveMaxTimeout: 10_000,
    // The deadline covers these.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async function follow(
    start: URL,
    headers: Readonly<Record<string, string>>,
    deadline: Deadline,
  ): Promise<HttpResponse> {
    let url = start;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const from = url;
      const answer = await exchange(agent, {
        ...{ url, headers, deadline, wireBytes: limits.wireBytes },
        wantsBody: (status, { location }) => redirectOf(status, location, from).kind === 'stay',
      });
      const redirect = redirectOf(answer.status, answer.headers.location, url);
      if (redirect.kind === 'stay') return responseOf(answer, await bodyOf(url.host, answer, limits), false);
      if (redirect.kind === 'login') return responseOf(answer, answer.body, true);
      if (redirect.kind === 'refuse' || redirect.url.href === url.href) throw problems.redirected(url.host);
      url = redirect.url;
    }
    throw problems.redirected(url.host);
  }

  return {
    async get(request: HttpRequest): Promise<HttpResponse> {
      if (!URL.canParse(request.url)) throw problems.notAnAddress();
      const url = new URL(request.url);
      for (const secret of secretsIn(url, request)) options.onSecret?.(secret);
      const refusal = refusalOf(url, allow);
      if (refusal) throw refusal;

      const deadline = startDeadline(request.deadlineMs ?? options.deadlineMs ?? defaultDeadlineMs);
      try {
        return await follow(url, headersOf(request), deadline);
      } catch (error) {
        if (deadline.isOver) throw problems.timedOut(url.host);
        throw problemFrom(error, url.host);
      } finally {
        deadline.clear();
      }
    },
    close: () => agent.destroy(),
  };
}

async function resolveAll(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map((entry) => entry.address);
}

function defaultDial(): buildConnector.connector {
  // Sessions are not kept: a resumed one skips the certificate's name check. NODE_TLS_REJECT_UNAUTHORIZED has no say.
  return buildConnector({ timeout: connectTimeoutMs, maxCachedSessions: 0, rejectUnauthorized: true });
}

/** The token as it is written in the link, as it reads, and in a header. */
function secretsIn(url: URL, { headers = {} }: HttpRequest): string[] {
  const written = [...url.search.matchAll(/[?&]token=([^&]+)/gi)].map((found) => found[1] ?? '');
  return [...written, ...url.searchParams.getAll('token'), headers.authorization ?? ''];
}

function headersOf(request: HttpRequest): Record<string, string> {
  return {
    'user-agent': 'Tallyman',
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    ...request.headers,
  };
}

/** A refusal counts even when its page is broken, endless or huge: then it is an answer with an empty body. */
async function bodyOf(host: string, answer: Answer, limits: BodyLimits): Promise<Uint8Array> {
  try {
    if (answer.fault) throw answer.fault;
    return await unpackBody(host, answer.body, String(answer.headers['content-encoding'] ?? ''), limits);
  } catch (error) {
    if (answer.status >= 400) return new Uint8Array();
    throw error;
  }
}

function responseOf(answer: Answer, body: Uint8Array, loginRedirect: boolean): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    // These may repeat the token or start a session; no reader of ours needs them.
    if (name === 'location' || name === 'set-cookie' || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: answer.status, headers, body, loginRedirect, letGo: () => letGo(body) };
}
