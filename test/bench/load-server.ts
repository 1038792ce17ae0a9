import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { narrowCsv, pageOfDay } from './large-pages.js';
import { affilkaBody, type PageKind, referonBody, type Span } from './load-pages.js';

/** What the bench tells the server, which is a process of its own. */
export interface LoadSettings {
  readonly kind: PageKind;
  readonly latencyMs: number;
  /** Reports of so many rows a day instead: a page for each day, or one gzipped file. */
  readonly rowsOfDay?: number;
}

let settings: LoadSettings = { kind: 'plain', latencyMs: 0 };
const bodies = new Map<string, Buffer>();

function bodyOf(url: URL): Buffer {
  const span = { from: url.searchParams.get('from') ?? '', to: url.searchParams.get('to') ?? '' };
  const affilka = url.pathname.startsWith('/api/');
  const page = Number(url.searchParams.get('page'));
  const key = `${affilka} ${settings.kind} ${settings.rowsOfDay} ${span.from} ${span.to} ${page}`;
  const body = bodies.get(key) ?? (affilka ? affilkaAnswer(span, page) : referonAnswer(span));
  bodies.set(key, body);
  return body;
}

function affilkaAnswer(span: Span, page: number): Buffer {
  const { kind, rowsOfDay } = settings;
  return rowsOfDay ? pageOfDay(rowsOfDay, span, page) : affilkaBody(kind, span);
}

function referonAnswer(span: Span): Buffer {
  const { kind, rowsOfDay } = settings;
  return rowsOfDay ? narrowCsv(rowsOfDay, span) : referonBody(kind, span);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const url = new URL(request.url ?? '/', 'http://load');
  const body = bodyOf(url);
  const type = url.pathname.startsWith('/api/') ? 'application/json' : 'text/csv';
  const packed = body[0] === 0x1f ? { 'content-encoding': 'gzip' } : {};
  const answer = () => {
    response.writeHead(200, { ...packed, 'content-type': type, 'content-length': body.length });
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
