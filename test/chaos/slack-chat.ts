import { fromInstant } from '../../src/dates.js';
import type { Clock } from '../../src/ports.js';
import { openSlackServer } from '../slack/server/slack-server.js';
import type { Fault } from '../slack/server/web-api.js';
import type { Chat, KeptMessage } from './chat.js';
import type { Strike, Weather } from './weather.js';

const person = { id: 'U1', name: 'Ann' };

/** A Slack workspace in this weather. */
export async function openSlackChat(clock: Clock, weather: Weather): Promise<Chat> {
  const server = await openSlackServer();
  const { state, webApi } = server;
  state.now = () => fromInstant(clock.now());
  const team = server.addTeam({ id: 'TORDEAL' });
  const workspace = `slack:${team.id}`;
  webApi.weather = async (method, { channel = '' }) => {
    const posting = method === 'chat.postMessage' ? workspace : null;
    return asFault(await weather.strike(`${method} ${channel}`, posting));
  };
  server.addUser({ ...person, teamId: team.id });
  let channels = 0;
  return {
    environment: {
      SLACK_API_URL: server.apiUrl,
      SLACK_BOT_TOKEN: team.token,
      SLACK_SIGNING_SECRET: 'test-token-signing',
    },
    workspace,
    person,
    addChannel(name) {
      channels += 1;
      const channel = { id: `C${channels}`, name };
      server.addChannel({ ...channel, teamId: team.id });
      return { id: channel.id, name: `#${name}` };
    },
    messages: () =>
      state.messages.flatMap(({ channel, metadata, text }): KeptMessage[] =>
        metadata ? [{ channel, mark: markOf(metadata), text }] : [],
      ),
    markOf: (key) => `tallyman_message ${key}`,
    complaints: () => [],
    close: () => server.close(),
  };
}

function markOf(metadata: object): string {
  const { event_type: type, event_payload: payload } = metadata as {
    readonly event_type: string;
    readonly event_payload: { readonly key: string };
  };
  return `${type} ${payload.key}`;
}

function asFault(strike: Strike | null): Fault | null {
  switch (strike?.kind) {
    case undefined:
      return null;
    case 'refused':
      return { kind: 'status', status: 503 };
    case 'failedAfter':
      return { kind: 'status', status: 502, isDone: true };
    case 'lostBefore':
      return { kind: 'dropped' };
    case 'lostAfter':
      return { kind: 'lost' };
    case 'rateLimited':
      return { kind: 'rate-limited', seconds: strike.seconds };
    case 'late':
      return { kind: 'late', keep: strike.keep };
  }
}
