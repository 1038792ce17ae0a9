import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { affilkaBody, type PageKind, referonBody } from './load-pages.js';

/** What the bench tells the server, which is a process of its own. */
export interface LoadSettings {
  readonly kind: PageKind;
  readonly latencyMs: number;
}

let settings: LoadSettings = { kind: 'plain', latencyMs: 0 };
const bodies = new Map<string, Buffer>();

function bodyOf(url: URL): Buffer {
  const span = { from: url.searchParams.get('from') ?? '', to: url.searchParams.get('to') ?? '' };
  const affilka = url.pathname.startsWith('/api/');
  const key = `${affilka} ${settings.kind} ${span.from} ${span.to}`;
  const body =
    bodies.get(key) ?? (affilka ? affilkaBody(settings.kind, span) : referonBody(settings.kind, span));
  bodies.set(key, body);
  return body;
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const url = new URL(request.url ?? '/', 'http://load');
  const body = bodyOf(url);
  const type = url.pathname.startsWith('/api/') ? 'application/json' : 'text/csv';
  const answer = () => {
    response.writeHead(200, { 'content-type': type, 'content-length': body.length });
    response.end(body);
  };
  if (settings.latencyMs === 0) answer();
  else setTimeout(answer, settings.latencyMs);
});
process.on('message', (message: LoadSettings) => {
  settings = message;
  process.send?.('set');
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '0.0.0.0', () => process.send?.(String((server.address() as AddressInfo).port)));
