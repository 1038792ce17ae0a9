import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What the parrot knows of a request; it repeats all of it. */
interface Heard {
  readonly target: string;
  readonly token: string;
  readonly platform: 'affilka' | 'referon';
  readonly from: string;
}

type Lines = readonly string[];

function answer(status: string, headers: Lines, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body as string);
  const head = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${bytes.length}`, 'connection: close'];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

const json = (body: unknown, status = '200 OK') =>
  answer(status, ['content-type: application/json'], JSON.stringify(body));
const csv = (body: string) => answer('200 OK', ['content-type: text/csv'], body);

interface ReportCells {
  readonly brand?: unknown;
  readonly currency?: unknown;
  readonly ngr?: unknown;
  readonly heading?: string;
}

/** A report of one row, with something else in the place of a cell. */
function report({ platform, from }: Heard, cells: ReportCells = {}): Buffer {
  const { brand = 'Lucky Star', currency = 'EUR', ngr = '12.50', heading = 'Note' } = cells;
  if (platform === 'referon') {
    const top = `Date,Brand Name,Media Item Name,Currency,Unique Click Count,FTD Count,NGR,${heading}`;
    return csv(`${top}\n${from},"${brand}",Main,${currency},7,3,${ngr},x\n`);
  }
  const row = { date: from, brand, campaign: 'Main', currency, visits_count: 7, ngr, [heading]: ngr };
  return json({ rows: { data: [row] }, current_page: 1, total_pages: 1 });
}

/** Ways to answer, most of them with the token in a place where a careless reader would repeat it. */
export const parrotModes: Readonly<Record<string, (heard: Heard) => Buffer>> = {
  good: (heard) => report(heard),
  'error in JSON': ({ token }) => json({ error: `no account ${token}` }),
  'error in JSON with a status': ({ token }) => json({ message: token, code: 422 }, '422 Unprocessable'),
  'error with the whole address': ({ target }) => json({ errors: [{ detail: `GET ${target} failed` }] }),
  'error as bare text': ({ token }) =>
    answer('200 OK', ['content-type: text/plain'], `Bad credentials: ${token}`),
  'web page': ({ token }) =>
    answer('200 OK', ['content-type: text/html'], `<html><h1>Hello ${token}</h1></html>`),
  'login page': ({ target }) => answer('200 OK', [], `<form action="${target}"><input type=password></form>`),
  'redirect elsewhere': ({ token }) =>
    answer('302 Found', [`location: https://elsewhere.example/?a=${token}`], ''),
  'redirect to itself with a path': ({ target }) => answer('302 Found', [`location: /x${target}`], ''),
  'redirect to a login': ({ token }) => answer('302 Found', [`location: /login?next=${token}`], ''),
  'redirect to nowhere': ({ token }) => answer('302 Found', [`location: http://[${token}`], ''),
  'reason phrase': ({ token }) => answer(`500 ${token}`, [], token),
  'retry-after': ({ token }) => answer('429 Slow', [`retry-after: ${token}`], token),
  'header name': ({ token }) =>
    answer('200 OK', [`x-${token.replace(/\W/g, '')}: 1`, `set-cookie: a=${token}`], '{}'),
  'broken header': ({ token }) => Buffer.from(`HTTP/1.1 200 OK\r\n${token} no colon\r\n\r\n`),
  'broken status line': ({ token }) => Buffer.from(`${token} is not HTTP\r\n\r\n`),
  'broken length': ({ token }) => Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${token}\r\n\r\n`),
  'broken chunk': ({ token }) =>
    Buffer.from(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${token}\r\n`),
  'unknown compression': ({ token }) =>
    answer('200 OK', [`content-encoding: ${token.replace(/\W/g, '')}`], token),
  'broken gzip': ({ token }) => answer('200 OK', ['content-encoding: gzip'], token),
  'error in gzip': ({ token }) =>
    answer('200 OK', ['content-encoding: gzip'], gzipSync(JSON.stringify({ error: token }))),
  'cut JSON': ({ token }) => answer('200 OK', [], `{"rows":[{"ngr":"${token}`),
  'row that is no row': ({ token }) => json({ rows: [token] }),
  'page number': ({ token }) => json({ rows: [], current_page: token }),
  figure: (heard) => report(heard, { ngr: heard.token }),
  currency: (heard) => report(heard, { currency: heard.token }),
  brand: (heard) => report(heard, { brand: heard.token }),
  'brand in a sentence': (heard) => report(heard, { brand: `Brand of ${heard.token}, gold` }),
  'address as brand': (heard) => report(heard, { brand: `https://x.example${heard.target}` }),
  'escaped brand': (heard) => report(heard, { brand: encodeURIComponent(heard.token) }),
  heading: (heard) => report(heard, { heading: heard.token }),
  'CSV heading twice': ({ token }) => csv(`Date,${token},${token},NGR\n2026-11-19,1,1,5.00\n`),
  'CSV that ends early': ({ token }) => csv(`Date,NGR,${token}\n2026-11-19,5.00`),
  'CSV with broken quotes': ({ token }) => csv(`Date,NGR\n"${token}"x,"\n`),
  'CSV cell': ({ token }) => csv(`Date,NGR\n${token},${token}\n`),
  nothing: () => Buffer.alloc(0),
};

/** A far side that repeats what it was asked, in every place of its answer. It takes any token. */
export interface Parrot {
  readonly host: string;
  say(mode: string): void;
  /** Requests heard so far. */
  heard(): number;
  close(): Promise<void>;
}

export async function startParrot(): Promise<Parrot> {
  let mode = 'good';
  let heard = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      heard += 1;
      socket.end((parrotModes[mode] ?? report)(understand(text)));
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    say(next) {
      mode = next;
    },
    heard: () => heard,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

function understand(request: string): Heard {
  const target = /^GET (\S+)/.exec(request)?.[1] ?? '/';
  const inHeader = /^authorization: *(.*)$/im.exec(request)?.[1]?.trim();
  const inQuery = /[?&]token=([^&\s]*)/.exec(target)?.[1];
  return {
    target,
    token: inHeader ?? decodeURIComponent(inQuery ?? ''),
    platform: target.includes('/statistic-service/') ? 'referon' : 'affilka',
    from: /[?&]from=([\d-]+)/.exec(target)?.[1] ?? '2026-11-19',
  };
}
