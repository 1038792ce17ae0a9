import { lookup } from 'node:dns/promises';
import { Agent, buildConnector, type Dispatcher, request as send } from 'undici';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/ports.js';
import * as problems from '../../src/problems/fetch.js';
import { refusalOf } from './address-rules.js';
import type { AllowList } from './allow-list.js';
import { problemFrom } from './faults.js';
import { createGuardedConnector, type Resolve } from './guarded-connector.js';
import { letGo } from './let-go.js';
import { type BodyLimits, defaultBodyLimits, readBody } from './read-body.js';
import { redirectOf } from './redirects.js';

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

/** One request under way: what its steps share. */
interface Fetch {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Rejects with the signal, which undici heeds only once it is connected. */
  readonly isOver: Promise<never>;
}

type Answer = Dispatcher.ResponseData;

const defaultDeadlineMs = 60_000;
const connectTimeoutMs = 10_000;
const mostRedirects = 3;
/** As many as `sync` lets through: a request that waits for a connection would spend its deadline on it. */
const connectionsPerHost = 4;

/**
 * Fetches through the address guard with `undici.request`: `fetch` takes `data:` URLs, follows redirects anywhere, and
 * counts compressed bytes only. Proxies in the environment are not used, since they would resolve names for us.
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
    // Many servers close idle connections soon, and a request on a closing one is lost. Servers may ask for longer; a pool
    // of connections takes 20 kB, there are thousands of programmes, and each is asked once an hour.
    keepAliveTimeout: 2_000,
    keepAliveMaxTimeout: 2_000,
    // The deadline covers these.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async function follow(start: URL, fetch: Fetch): Promise<HttpResponse> {
    let url = start;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const { signal, headers } = fetch;
      const answer = await Promise.race([send(url, { dispatcher: agent, signal, headers }), fetch.isOver]);
      const redirect = redirectOf(answer.statusCode, answer.headers.location, url);
      if (redirect.kind === 'stay') return await finish(url.host, answer, limits);
      discard(answer);
      if (redirect.kind === 'login') return responseOf(answer, new Uint8Array(), true);
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

      const deadlineMs = request.deadlineMs ?? options.deadlineMs ?? defaultDeadlineMs;
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      const isOver = new Promise<never>((_, reject) => {
        deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason));
      });
      try {
        return await follow(url, { headers: headersOf(request), signal: deadline.signal, isOver });
      } catch (error) {
        if (deadline.signal.aborted) throw problems.timedOut(url.host);
        throw problemFrom(error, url.host);
      } finally {
        clearTimeout(timer);
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
async function finish(host: string, answer: Answer, limits: BodyLimits): Promise<HttpResponse> {
  try {
    if (Number(answer.headers['content-length']) > limits.wireBytes) {
      throw problems.tooLarge(limits.wireBytes / (1024 * 1024));
    }
    const encoding = String(answer.headers['content-encoding'] ?? '');
    return responseOf(answer, await readBody(host, answer.body, encoding, limits), false);
  } catch (error) {
    discard(answer);
    if (answer.statusCode >= 400) return responseOf(answer, new Uint8Array(), false);
    throw error;
  }
}

function discard(answer: Answer): void {
  // A destroyed body reports its own abort; nobody waits for it any more.
  answer.body.on('error', () => undefined).destroy();
}

function responseOf(answer: Answer, body: Uint8Array, loginRedirect: boolean): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    // These may repeat the token or start a session; no reader of ours needs them.
    if (name === 'location' || name === 'set-cookie' || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: answer.statusCode, headers, body, loginRedirect, letGo: () => letGo(body) };
}
