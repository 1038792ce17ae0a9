import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { Refusal } from './methods.js';
import { type Json, newId, type SlackState } from './state.js';
import type { WebApi } from './web-api.js';

export interface Envelope {
  readonly type: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
}

/** What came back for an envelope. `null` payload: acknowledged with nothing. */
export interface Acknowledgement {
  readonly afterMs: number;
  readonly payload: Json | null;
}

export interface SocketMode {
  /** Connections that are open now. */
  connections(): number;
  /** Resolves when so many connections are open. */
  connected(count: number): Promise<void>;
  /** Sends to one connection, in turn; `null` when none hears it or none acknowledges within three seconds. */
  deliver(envelope: Envelope): Promise<Acknowledgement | null>;
  /** Recycles one connection as Slack does: says so, and hears nothing more on it. */
  recycle(): Promise<void>;
  /** Breaks every connection without a word. */
  cut(): void;
  close(): void;
}

const ackMs = 3_000;

/** Slack's end of Socket Mode: an address per `apps.connections.open`, at most ten connections an app. */
export function createSocketMode(
  state: SlackState,
  webApi: WebApi,
  server: Server,
  appToken: string,
): SocketMode {
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (payload: Json | null) => void>();
  const watchers = new Set<() => void>();
  const tickets = new Set<string>();
  const hub = new WebSocketServer({ noServer: true });
  let turn = 0;

  webApi.special.set('apps.connections.open', (_args, token) => {
    if (token !== appToken) throw new Refusal('invalid_auth');
    const address = server.address();
    const ticket = newId(state, 'ticket');
    tickets.add(ticket);
    const port = typeof address === 'object' && address ? address.port : 0;
    return { url: `ws://127.0.0.1:${port}/link?ticket=${ticket}` };
  });

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://slack.test').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket) || sockets.size >= 10) {
      socket.destroy();
      return;
    }
    hub.handleUpgrade(request, socket, head, (connection) => {
      connection.on('message', (data) => take(String(data)));
      connection.on('close', () => {
        sockets.delete(connection);
        for (const watch of watchers) watch();
      });
      connection.send(JSON.stringify({ type: 'hello', num_connections: sockets.size + 1 }));
      sockets.add(connection);
      for (const watch of watchers) watch();
    });
  });

  function take(data: string): void {
    const { envelope_id: id, payload } = JSON.parse(data) as { envelope_id: string; payload?: Json };
    waiting.get(id)?.(payload && Object.keys(payload).length > 0 ? payload : null);
    waiting.delete(id);
  }

  return {
    connections: () => sockets.size,
    connected: (count) =>
      new Promise((resolve) => {
        const watch = () => {
          if (sockets.size !== count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    async deliver({ type, payload }) {
      const open = [...sockets];
      turn += 1;
      const socket = open[turn % Math.max(1, open.length)];
      if (!socket) return null;
      const id = newId(state, 'envelope');
      const started = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const answer = await new Promise<Json | null | 'late'>((resolve) => {
        waiting.set(id, resolve);
        timer = setTimeout(() => resolve('late'), ackMs);
        socket.send(
          JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' }),
        );
      });
      clearTimeout(timer);
      return answer === 'late' ? null : { afterMs: performance.now() - started, payload: answer };
    },
    async recycle() {
      const [socket] = sockets;
      if (!socket) return;
      sockets.delete(socket);
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
      await closed;
    },
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    close() {
      for (const socket of sockets) socket.terminate();
      hub.close();
    },
  };
}
