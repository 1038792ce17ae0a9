import { setTimeout as wait } from 'node:timers/promises';
import type { DrawnCard } from '../../src/card.js';
import type { Target } from '../../src/delivery/outbox.js';
import { keyOf } from '../../src/delivery/outgoing.js';
import { say } from '../../src/delivery/say.js';
import type { Tallyman } from '../../src/main.js';
import type { Chat } from './chat.js';
import { quiet } from './weather.js';
import { buildWorld, type Room, type World } from './world.js';

export interface LostAnswersResult {
  readonly surface: string;
  readonly messages: number;
  /** Posts that were made and whose answer never came. */
  readonly lostAnswers: number;
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
}

/** More than half of all requests, so that looking for a message goes wrong as well. */
const faults = { ...quiet, lostAfter: 0.6, lostBefore: 0.05, failedAfter: 0.05 };
const quarantineMs = 61_000;
const pauseMs = 100;
/** Of simulated minutes; with half of the looks failing too, 30 are usual. */
const mostRounds = 3000;
const table: NonNullable<DrawnCard['details']>[number] = {
  type: 'table',
  columns: [{ label: 'Brand' }, { label: 'FTD', align: 'right' }],
  rows: [['Lucky Star', '7']],
};

interface Said {
  readonly chat: Chat;
  /** Of outbox rows; the later ones change the message of the first. */
  readonly keys: readonly string[];
}

/** Sends messages while most answers are lost, and goes on sending until so many were lost on each product. */
export async function lostAnswersOrdeal(
  seed: string,
  wanted: number,
  tell: (line: string) => void,
): Promise<LostAnswersResult[]> {
  const world = await buildWorld({ seed: `lost ${seed}`, offers: 8 });
  const said = new Map<string, Said>();
  const lost = ({ workspace }: Chat) => world.weather.lostPosts(workspace);
  const tallyman = await world.open();
  try {
    for (let round = 1; round <= mostRounds; round += 1) {
      const left = world.chats.filter((chat) => lost(chat) < wanted);
      if (left.length === 0) break;
      world.weather.setFaults(faults);
      const rooms = world.rooms.filter(({ chat }) => left.includes(chat));
      for (const room of rooms) {
        // Every seventh saying changes the one before it.
        const number = round % 7 === 0 ? round - 1 : round;
        const name = `${room.caller.channel?.id} ${number}`;
        const keys = said.get(name)?.keys ?? [];
        said.set(name, { chat: room.chat, keys: [...keys, await sayOne(tallyman, room, number)] });
      }
      await pass(world, tallyman);
      if (round % 50 === 0) tell(`  ${round} rounds, ${world.chats.map(lost).join(' and ')} answers lost`);
    }
    world.weather.setFaults(quiet);
    for (let round = 0; round < 60; round += 1) {
      // Discord's client counts its fifty requests a second by a real clock.
      await wait(pauseMs);
      await pass(world, tallyman);
    }
  } finally {
    await tallyman.close();
  }
  world.weather.letArrive();
  const results = world.chats.map((chat): LostAnswersResult => {
    const own = [...said].filter(([, one]) => one.chat === chat);
    const shown = new Map<string, number>();
    for (const { mark } of chat.messages()) shown.set(mark, (shown.get(mark) ?? 0) + 1);
    const timesOf = ({ keys }: Said) =>
      keys.reduce((sum, key) => sum + (shown.get(chat.markOf(key)) ?? 0), 0);
    return {
      surface: chat.workspace.replace(/:.*/, ''),
      messages: own.length,
      lostAnswers: lost(chat),
      missing: own.flatMap(([name, one]) => (timesOf(one) === 0 ? [name] : [])),
      doubled: [
        ...own.flatMap(([name, one]) => (timesOf(one) > 1 ? [name] : [])),
        ...[...shown].flatMap(([mark, times]) => (times > 1 ? [`${mark}: ${times} times`] : [])),
      ],
    };
  });
  await world.close();
  return results;
}

/** Each message is of another kind in turn: to a channel or a person, with details in a thread, with a file. */
async function sayOne({ core }: Tallyman, { chat, caller }: Room, number: number): Promise<string> {
  const now = core.clock.now();
  const { channel, user } = caller;
  const target: Target =
    number % 4 === 0 ? { kind: 'user', ...user } : { kind: 'channel', ...channelOf(channel) };
  const card: DrawnCard = {
    title: `Saying ${number}`,
    tone: 'plain',
    blocks: [{ type: 'text', text: `Said at ${now}` }],
    ...(number % 3 === 0 ? { details: [table] } : {}),
  };
  const list = { name: `list-${number}.csv`, mediaType: 'text/csv', base64: btoa('offer,ftds\n') };
  const files = number % 5 === 0 ? [list] : [];
  const subject = `saying:${channel?.id}:${number}`;
  const id = await say(core.stores, { workspace: chat.workspace, target, subject, card, files, now });
  return keyOf({ id, createdAt: now });
}

function channelOf(channel: Room['caller']['channel']): { readonly id: string; readonly name: string } {
  if (!channel) throw new Error('a room is a channel');
  return channel;
}

/** A minute passes, and everything due is done. */
async function pass(world: World, tallyman: Tallyman): Promise<void> {
  world.clock.advance(quarantineMs);
  while (await tallyman.work.sendNext());
}
