import { markerOf } from '../../adapters/discord/marker.js';
import { fromInstant } from '../../src/dates.js';
import type { Clock } from '../../src/ports.js';
import { addChannel, addGuild, addPerson } from '../discord/server/people.js';
import { nested } from '../discord/server/rules.js';
import { startDiscordServer } from '../discord/server/server.js';
import {
  applicationId,
  botToken,
  type Strike as DiscordStrike,
  type Message,
} from '../discord/server/world.js';
import type { Chat } from './chat.js';
import type { Strike, Weather } from './weather.js';

/** A Discord server in this weather. */
export async function openDiscordChat(clock: Clock, weather: Weather): Promise<Chat> {
  const server = await startDiscordServer(() => fromInstant(clock.now()));
  const { world } = server;
  world.postsAllowed = Number.MAX_SAFE_INTEGER;
  const ann = addPerson(world, 'Ann');
  const guild = addGuild(world, ann);
  const workspace = `discord:${guild.id}`;
  world.weather = async (method, path) => {
    const posting = method === 'POST' && /^\/channels\/\d+\/messages$/.test(path) ? workspace : null;
    return asStrike(await weather.strike(`${method} ${path}`, posting));
  };
  return {
    environment: {
      DISCORD_API_URL: server.apiUrl,
      DISCORD_TOKEN: botToken,
      DISCORD_APPLICATION_ID: applicationId,
      DISCORD_PUBLIC_KEY: '0'.repeat(64),
    },
    workspace,
    person: { id: ann.id, name: ann.name },
    addChannel(name) {
      const { id } = addChannel(world, guild, name);
      return { id, name: `#${name}` };
    },
    messages: () =>
      world.messages
        .filter(({ author, onlyFor, isDeleted }) => author === applicationId && !onlyFor && !isDeleted)
        .map((message) => ({ channel: message.channel, mark: markOf(message), text: textOf(message) })),
    markOf: (key) => String(markerOf(key)[1]),
    complaints: () => world.complaints,
    close: () => server.close(),
  };
}

/** The adapter marks the first part within the container, or the text that stands alone. */
function markOf({ components }: Message): string {
  return String(nested(components).find(({ type }) => type !== container)?.id);
}

const container = 17;
const textDisplay = 10;

function textOf({ components, content }: Message): string {
  const texts = nested(components).flatMap((part) =>
    part.type === textDisplay ? [String(part.content)] : [],
  );
  return [content, ...texts].join('\n');
}

function asStrike(strike: Strike | null): DiscordStrike | null {
  switch (strike?.kind) {
    case undefined:
      return null;
    case 'refused':
      return { when: 'before', answer: 503 };
    case 'failedAfter':
      return { when: 'after', answer: 502 };
    case 'lostBefore':
      return { when: 'before', answer: 'drop' };
    case 'lostAfter':
      return { when: 'after', answer: 'drop' };
    case 'rateLimited':
      return { when: 'before', answer: 429, retryAfter: strike.seconds };
    case 'late':
      return { when: strike.keep, answer: 'drop' };
  }
}
