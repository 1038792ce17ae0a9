import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { applicationId, botToken, type World } from './world.js';

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  sequence: number;
  /** What was dispatched, so that a resumed connection gets what it missed. */
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

export interface GatewayServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an event to every session, or keeps it for those that are gone for a moment. */
  dispatch(type: string, data: unknown): void;
  /** Cuts all connections; the sessions can be resumed. */
  drop(): void;
  /** Asks the connections to reconnect, or tells them that their session is void. */
  ask(what: 'reconnect' | 'invalid-session'): void;
  close(): void;
  readonly sessions: readonly Session[];
  /** What clients did, in order: `identify`, `resume`, `heartbeat`. */
  readonly said: string[];
  /** Intents of every identify. */
  readonly intents: number[];
}

const heartbeatMs = 20_000;

/** Which of so many connections hears of a server, by Discord's own formula. */
export function shardOf(guild: string, count: number): number {
  return Number((BigInt(guild) >> 22n) % BigInt(count));
}

/** Discord's gateway: hello, identify, ready, heartbeat, resume, reconnect, invalid session. */
export function createGateway(world: World, resumeUrl: () => string): GatewayServer {
  const server = new WebSocketServer({ noServer: true });
  const sessions: Session[] = [];
  const said: string[] = [];
  const intents: number[] = [];

  function send(socket: WebSocket, op: number, d: unknown, extra: object = { s: null, t: null }) {
    socket.send(JSON.stringify({ op, d, ...extra }));
  }

  function event(session: Session, t: string, d: unknown) {
    session.sequence += 1;
    const record = { s: session.sequence, t, d };
    session.sent.push(record);
    if (session.socket) send(session.socket, 0, d, { s: record.s, t });
  }

  function identify(socket: WebSocket, data: { token: string; intents: number; shard?: [number, number] }) {
    said.push('identify');
    intents.push(data.intents);
    if (data.token !== botToken) return socket.close(4004, 'Authentication failed.');
    const shard = data.shard ?? [0, 1];
    if (shard[0] >= shard[1]) return socket.close(4010, 'Invalid shard.');
    const session: Session = { id: `session-${sessions.length}`, shard, sequence: 0, sent: [], socket };
    sessions.push(session);
    const guilds = [...world.guilds.values()].filter(
      ({ id, hasBot }) => hasBot && shardOf(id, shard[1]) === shard[0],
    );
    event(session, 'READY', {
      v: 10,
      user: { id: applicationId, username: 'Tallyman', discriminator: '0', avatar: null, bot: true },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: resumeUrl(),
      shard,
      application: { id: applicationId, flags: 0 },
    });
  }

  function resume(socket: WebSocket, data: { session_id: string; seq: number }) {
    said.push('resume');
    const session = sessions.find(({ id }) => id === data.session_id);
    if (!session) return send(socket, 9, false);
    session.socket = socket;
    for (const { s, t, d } of session.sent.filter((record) => record.s > data.seq))
      send(socket, 0, d, { s, t });
    event(session, 'RESUMED', {});
  }

  server.on('connection', (socket) => {
    send(socket, 10, { heartbeat_interval: heartbeatMs });
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw));
      if (op === 1) {
        said.push('heartbeat');
        send(socket, 11, null);
      } else if (op === 2) identify(socket, d);
      else if (op === 6) resume(socket, d);
      else if (op !== 3) socket.close(4001, 'Unknown opcode');
    });
    socket.on('close', () => {
      for (const session of sessions) if (session.socket === socket) session.socket = null;
    });
  });

  return {
    sessions,
    said,
    intents,
    upgrade: (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (connection) => server.emit('connection', connection));
    },
    dispatch(type, data) {
      // An interaction of a server goes to the shard of that server; others to the first.
      const guild = (data as { guild_id?: string }).guild_id;
      const newest = new Map(sessions.map((session) => [session.shard[0], session]));
      for (const session of newest.values()) {
        const [number, count] = session.shard;
        if (number === (guild ? shardOf(guild, count) : 0)) event(session, type, data);
      }
    },
    drop() {
      for (const { socket } of sessions) socket?.terminate();
    },
    ask(what) {
      for (const session of sessions) {
        if (!session.socket) continue;
        if (what === 'reconnect') send(session.socket, 7, null);
        else send(session.socket, 9, false);
        if (what === 'invalid-session') session.socket = null;
      }
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
