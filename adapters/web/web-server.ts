import { createServer, type Server, type ServerResponse } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import type { Route } from '../../src/chat-surface.js';
import type { Health } from '../../src/health.js';
import type { Log } from '../../src/ports.js';
import { portForbidden, portTaken } from '../../src/problems/operations.js';
import { ProblemError } from '../../src/problems/problem.js';
import { wholeRequest } from './whole-request.js';

export interface WebServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** All addresses of the machine unless told. */
  readonly host?: string;
  readonly health: () => Promise<Health>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly routes: readonly Route[];
  readonly log: Log;
  readonly limits?: Partial<WebLimits>;
}

export interface WebLimits {
  readonly bodyBytes: number;
  /** In which a request must have arrived whole. */
  readonly requestMs: number;
  /** In which it must be answered. */
  readonly answerMs: number;
}

export interface WebServer {
  readonly port: number;
  /** Takes no new connections, lets requests under way end for a moment, then cuts what is left. */
  close(): Promise<void>;
}

const usualLimits: WebLimits = { bodyBytes: 1024 * 1024, requestMs: 10_000, answerMs: 25_000 };
const closeMs = 3_000;

/** Serves health, metrics, and what chat products send. Throws `operations.port-…` when it cannot listen. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const limits = { ...usualLimits, ...options.limits };
  const server = createAdaptorServer({
    fetch: createApp(options, limits).fetch,
    overrideGlobalObjects: false,
    createServer,
    serverOptions: {
      requestTimeout: limits.requestMs,
      headersTimeout: limits.requestMs,
      keepAliveTimeout: 5_000,
      // Node looks for overdue requests every 30 seconds unless told.
      connectionsCheckingInterval: Math.min(1_000, limits.requestMs),
    },
  }) as Server;
  await listen(server, options.port, options.host);
  server.on('error', (error) => options.log.error({ error }, 'the web server has trouble'));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => close(server),
  };
}

type App = Hono<{ Bindings: HttpBindings }>;

function createApp({ health, metrics, routes, log }: WebServerOptions, limits: WebLimits): App {
  const app: App = new Hono();
  app.use(timeout(limits.answerMs, () => new HTTPException(503, { message: 'Too slow' })));
  app.get('/health', async (c) => {
    const { ok, ...parts } = await health();
    return c.json({ status: ok ? 'ok' : 'failing', ...parts }, ok ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { type, text } = await metrics();
    return c.body(text, 200, { 'content-type': type });
  });
  for (const { method, path, handle } of routes) {
    app.on(method, path, async (c) => {
      const request = await wholeRequest(c.req.raw, limits.bodyBytes);
      if (!request) return c.text('Too large\n', 413);
      // Through the library an answer with a body may leave only turns of the event loop later.
      await send(await handle(request), c.env.outgoing as ServerResponse);
      return RESPONSE_ALREADY_SENT;
    });
  }
  app.notFound((c) => c.text('Not found\n', 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.text(`${error.message}\n`, error.status);
    // A far side that hangs up in the middle is no fault of ours.
    if (c.req.raw.signal.aborted) return c.text('Cut short\n', 400);
    log.error({ error, path: c.req.path }, 'a web request failed');
    return c.text('Something went wrong\n', 500);
  });
  return app;
}

/** As a string, head and body leave in one piece. */
async function send(answer: Response, outgoing: ServerResponse): Promise<void> {
  const body = answer.body ? await answer.text() : '';
  if (outgoing.headersSent) return;
  outgoing.statusCode = answer.status;
  outgoing.setHeaders(answer.headers);
  outgoing.setHeader('content-length', Buffer.byteLength(body));
  outgoing.end(body);
}

function listen(server: Server, port: number, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: Error) => reject(listenProblem(error, port));
    server.once('error', refused);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', refused);
      resolve();
    });
  });
}

function listenProblem(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return new ProblemError(portTaken(port));
  return code === 'EACCES' ? new ProblemError(portForbidden(port)) : error;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), closeMs);
  // A connection that is kept alive becomes idle only after its answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
