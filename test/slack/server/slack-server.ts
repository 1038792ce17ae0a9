import { createServer } from 'node:http';
import { type Ledger, unkept } from '../../specs/ledger.js';
import { createSocketMode, type SocketMode } from './socket-mode.js';
import { type Channel, emptyState, newId, type SlackState, type Team, type User } from './state.js';
import { createWebApi, type Fault, type WebApi } from './web-api.js';

export const appToken = 'xapp-test-token-socket';

export interface SlackServer {
  readonly state: SlackState;
  readonly ledger: Ledger;
  readonly socket: SocketMode;
  readonly webApi: WebApi;
  /** The base address, for SLACK_API_URL. */
  readonly apiUrl: string;
  readonly base: string;
  addTeam(team: Partial<Team> & Pick<Team, 'id'>): Team;
  addUser(user: Partial<User> & Pick<User, 'id' | 'teamId' | 'name'>): User;
  addChannel(channel: Partial<Channel> & Pick<Channel, 'id' | 'teamId' | 'name'>): Channel;
  fail(method: string, ...faults: Fault[]): void;
  /** A trigger id and an answering address, as each request carries them. */
  trigger(teamId: string, user: string): string;
  responseUrl(user: string, channel: string): string;
  /** Calls of one method so far. */
  callsOf(method: string): readonly Record<string, unknown>[];
  close(): Promise<void>;
}

/** Slack on loopback: Web API, files, answering addresses and Socket Mode. */
export async function openSlackServer(ledger: Ledger = unkept): Promise<SlackServer> {
  const state = emptyState();
  const webApi = createWebApi(state, ledger);
  let base = '';
  const server = createServer((request, response) => {
    webApi.answer(request, response, base).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const socket = createSocketMode(state, webApi, server, appToken);
  return {
    state,
    ledger,
    socket,
    webApi,
    base,
    apiUrl: `${base}/api/`,
    addTeam(given) {
      const team: Team = {
        name: `Team ${given.id}`,
        token: `xoxb-test-token-${given.id}`,
        botUserId: `UBOT${given.id}`,
        ...given,
      };
      state.teams.push(team);
      return team;
    },
    addUser(given) {
      const user: User = { flags: {}, ...given };
      state.users.push(user);
      return user;
    },
    addChannel(given) {
      const plain = { isPrivate: false, isArchived: false, isShared: false, hasBot: true };
      const channel: Channel = { ...plain, ...given };
      state.channels.push(channel);
      return channel;
    },
    fail(method, ...faults) {
      webApi.faults.set(method, [...(webApi.faults.get(method) ?? []), ...faults]);
    },
    trigger(teamId, user) {
      const id = newId(state, 'trigger');
      state.triggers.set(id, { teamId, user, until: state.now() + 3_000 });
      return id;
    },
    responseUrl(user, channel) {
      const path = `/response/${newId(state, 'R')}`;
      state.responses.set(path, { user, channel, until: state.now() + 30 * 60_000, uses: 0 });
      return `${base}${path}`;
    },
    callsOf: (method) => state.calls.filter((call) => call.method === method).map(({ args }) => args),
    async close() {
      socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
