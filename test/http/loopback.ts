import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { buildConnector } from 'undici';
import { onTestFinished } from 'vitest';
import { parseAllowList } from '../../adapters/http/allow-list.js';
import { createHttpClient, type HttpClientOptions } from '../../adapters/http/guarded-client.js';
import { ProblemError } from '../../src/problems/problem.js';

const fixtures = join(import.meta.dirname, '../fixtures/tls');
const certificate = readFileSync(join(fixtures, 'loopback-certificate.pem'));
const key = readFileSync(join(fixtures, 'loopback-key.pem'));

export interface Loopback {
  readonly port: number;
  /** `http://127.0.0.1:port` or the same with https. */
  readonly origin: string;
  /** How many connections were opened to it. */
  connections(): number;
}

export function httpServer(listener: RequestListener, address = '127.0.0.1'): Promise<Loopback> {
  return start(createServer(listener), 'http', address);
}

export function httpsServer(listener: RequestListener): Promise<Loopback> {
  return start(createTlsServer({ key, cert: certificate }, listener), 'https', '127.0.0.1');
}

/** Answers each connection with these bytes once it has sent something. */
export function rawServer(answer: (socket: Socket) => void): Promise<Loopback> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  return start(server, 'http', '127.0.0.1');
}

async function start(server: Server, scheme: string, address: string): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket) => {
    count++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `${scheme}://127.0.0.1:${port}`, connections: () => count };
}

export function client(allowPrivateHosts: string, options: Partial<HttpClientOptions> = {}) {
  const made = createHttpClient({ allow: parseAllowList(allowPrivateHosts), ...options });
  onTestFinished(() => made.close());
  return made;
}

/** Trusts the test certificate, and relays every connection to this port, since 443 is not ours to open. */
export function dialTo(port: number, trusted = true): buildConnector.connector {
  const dial = buildConnector({ ...(trusted ? { ca: certificate } : {}), maxCachedSessions: 0 });
  return (options, callback) => dial({ ...options, port: String(port) }, callback);
}

/** The problem that a fetch ended with; fails the test when it did not. */
export async function problemOf(work: Promise<unknown>): Promise<ProblemError> {
  const outcome = await work.then(
    () => 'an answer',
    (error: unknown) => error,
  );
  if (outcome instanceof ProblemError) return outcome;
  throw new Error(`expected a problem, got ${String(outcome)}`);
}
