import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { addMilliseconds, fromInstant, type Instant } from '../../src/dates.js';
import type { Clock } from '../../src/ports.js';
import type { Random } from '../sandbox/random.js';

/** A message as the chat product keeps it. */
export interface KeptMessage {
  readonly id: string;
  readonly channel: string;
  readonly key: string;
  readonly at: Instant;
  title: string;
  body: string;
  edits: number;
}

/** How likely each fault is for one request. They exclude each other. */
export interface ChatFaults {
  /** Answers 500 or 503 and does nothing. */
  readonly refused: number;
  /** Does it, then answers 502. */
  readonly failedAfter: number;
  /** Drops the connection and does nothing. */
  readonly lostBefore: number;
  /** Does it and drops the connection. */
  readonly lostAfter: number;
  /** Drops the connection and does it up to 45 seconds later, which is within the quarantine. */
  readonly late: number;
  readonly rateLimited: number;
  /** Answers after up to 60 real milliseconds. */
  readonly slow: number;
}

export const quiet: ChatFaults = {
  refused: 0,
  failedAfter: 0,
  lostBefore: 0,
  lostAfter: 0,
  late: 0,
  rateLimited: 0,
  slow: 0,
};

export const stormy: ChatFaults = {
  refused: 0.05,
  failedAfter: 0.04,
  lostBefore: 0.05,
  lostAfter: 0.06,
  late: 0.04,
  rateLimited: 0.03,
  slow: 0.08,
};

export interface ChatServer {
  readonly origin: string;
  /** Every message there is, those under way included. */
  messages(): readonly KeptMessage[];
  /** How often each fault struck. */
  readonly struck: Record<keyof ChatFaults, number>;
  /** Requests so far. */
  readonly requests: () => number;
  /** Requests that came earlier than a 429 had told the same process. */
  readonly tooEarly: () => number;
  setFaults(faults: ChatFaults): void;
  /** Answers every request with 503 while true. */
  setDown(down: boolean): void;
  close(): Promise<void>;
}

interface Ask {
  readonly action: string;
  readonly channel: string;
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly since: Instant;
}

const latestMs = 45_000;

/** The far side over real HTTP: `POST /send`, `/edit` and `/history`, bodies in JSON. */
export async function startChatServer(clock: Clock, random: Random): Promise<ChatServer> {
  const kept: KeptMessage[] = [];
  const underWay: { readonly dueAt: Instant; readonly act: () => void }[] = [];
  const told = new Map<string, Instant>();
  const struck = {
    refused: 0,
    failedAfter: 0,
    lostBefore: 0,
    lostAfter: 0,
    late: 0,
    rateLimited: 0,
    slow: 0,
  };
  let faults = quiet;
  let down = false;
  let tooEarly = 0;
  let requests = 0;

  /** What was late arrives by the simulated clock, before anything else is answered. */
  function arrive(now: Instant): void {
    for (const late of underWay.filter((one) => one.dueAt <= now)) {
      underWay.splice(underWay.indexOf(late), 1);
      late.act();
    }
  }

  function act(ask: Ask): { readonly status: number; readonly body: object } {
    const now = clock.now();
    switch (ask.action) {
      case '/send': {
        const id = `m${kept.length + 1}`;
        const { channel, key, title, body } = ask;
        kept.push({ id, channel, key, at: now, title, body, edits: 0 });
        return { status: 200, body: { id } };
      }
      case '/edit': {
        const message = kept.find((one) => one.id === ask.id);
        if (!message) return { status: 404, body: { error: 'message_not_found' } };
        message.title = ask.title;
        message.body = ask.body;
        message.edits += 1;
        return { status: 200, body: {} };
      }
      default: {
        const found = kept.filter((one) => one.channel === ask.channel && one.at >= ask.since);
        return { status: 200, body: { messages: found.map(({ id, key }) => ({ id, key })) } };
      }
    }
  }

  function drawFault(): keyof ChatFaults | null {
    let point = random.next();
    for (const [name, chance] of Object.entries(faults)) {
      point -= chance;
      if (point < 0) return name as keyof ChatFaults;
    }
    return null;
  }

  function strike(fault: keyof ChatFaults | null, ask: Ask, process: string, response: ServerResponse): void {
    if (fault !== null) struck[fault] += 1;
    const send = (status: number, body: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    const answer = () => {
      const { status, body } = act(ask);
      send(status, body);
    };
    switch (fault) {
      case 'refused':
        send(503, { error: 'busy' });
        return;
      case 'failedAfter':
        act(ask);
        send(502, { error: 'gateway' });
        return;
      case 'lostBefore':
        response.socket?.resetAndDestroy();
        return;
      case 'lostAfter':
        act(ask);
        response.socket?.resetAndDestroy();
        return;
      case 'late':
        underWay.push({
          dueAt: addMilliseconds(clock.now(), random.whole(1, latestMs)),
          act: () => act(ask),
        });
        response.socket?.resetAndDestroy();
        return;
      case 'rateLimited': {
        const seconds = random.whole(1, 20);
        told.set(process, addMilliseconds(clock.now(), seconds * 1000));
        send(429, { error: 'slow_down' }, { 'retry-after': String(seconds) });
        return;
      }
      case 'slow':
        setTimeout(answer, random.whole(1, 60));
        return;
      case null:
        answer();
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = JSON.parse(await text(request)) as Omit<Ask, 'action'>;
    const now = clock.now();
    requests += 1;
    arrive(now);
    const process = String(request.headers['x-process']);
    const until = told.get(process);
    if (until !== undefined && fromInstant(now) < fromInstant(until)) tooEarly += 1;
    if (down) {
      response.writeHead(503).end();
      return;
    }
    strike(drawFault(), { action: request.url ?? '', ...asked }, process, response);
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    messages() {
      arrive(addMilliseconds(clock.now(), latestMs));
      return kept;
    },
    struck,
    requests: () => requests,
    tooEarly: () => tooEarly,
    setFaults(next) {
      faults = next;
    },
    setDown(next) {
      down = next;
    },
    close() {
      return new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}
