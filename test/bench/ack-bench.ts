import { Pool } from 'undici';
import { startChild } from './child.js';
import { wholeSpan } from './load-pages.js';
import type { ChatPlaces } from './side-chat.js';
import { discordInteraction, discordPublicKey, type SignedRequest, slackCommand } from './signed-requests.js';
import { loadLink, type Step, windowLink } from './step.js';
import { type Line, line, median } from './table.js';

/** How many wait for their answer at once. */
const atOnce = 50;
const rounds = 5;

interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Keeps 50 requests under way until `until` is over, and answers how long each took until it was acknowledged. */
async function hammer(port: number, request: () => SignedRequest, until: Promise<unknown>): Promise<Times> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: atOnce });
  const times: number[] = [];
  let isOver = false;
  void until.then(() => {
    isOver = true;
  });
  const half = () => new Promise((resolve) => setTimeout(resolve, 200));
  const lane = async (first: SignedRequest) => {
    let next = first;
    while (!isOver) {
      const { path, body, headers } = next;
      const start = performance.now();
      const answer = await pool.request({ path, method: 'POST', body, headers });
      await answer.body.dump();
      times.push(performance.now() - start);
      if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`);
      // Fifty at once, now and then: people do not type without end.
      await half();
      // What signing takes is the sender's, not the bot's.
      next = request();
      await half();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, request).map(lane));
  await pool.close();
  const sorted = times.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Acknowledgements of 50 commands at once during a sync, against an empty Bolt handler beside the same sync. */
export async function benchAcks(offers: number): Promise<Line[]> {
  const { child: server, first: port } = await startChild<string>('load-server');
  const { child: chat } = await startChild('side-chat');
  const places = await chat.ask<ChatPlaces>({});
  const { child: bolt } = await startChild('side-bolt');
  const boltPort = await bolt.ask<number>({});
  const { child: bot } = await startChild('side-bot');
  await server.ask({ kind: 'plain', latencyMs: 0 });
  const open = (on: 'chat' | 'alone', count: number): Promise<number> => {
    const given = { port, offers: count, platform: 'affilka', thread: true } as const;
    const withChat = { places, publicKey: discordPublicKey };
    return bot.ask<number>({
      do: 'open',
      ...given,
      ...(on === 'chat' ? { chat: withChat } : {}),
    } satisfies Step);
  };
  const close = () => bot.ask<unknown>({ do: 'close' } satisfies Step);
  const sync = () => bot.ask<unknown>({ do: 'sync', span: wholeSpan, under: 8 } satisfies Step);
  let asked = 0;
  const slack = () => {
    asked += 1;
    return slackCommand(places.responseUrls[asked % places.responseUrls.length] ?? '');
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2500));

  const idle = await hammer(boltPort, slack, pause());
  // In turns and several times, because a burst or two decide a single p99.
  const times = {
    beside: noTimes(),
    slack: noTimes(),
    discord: noTimes(),
    bolt: noTimes(),
    quiet: noTimes(),
    huge: noTimes(),
  };
  for (let round = 0; round < rounds; round += 1) {
    await open('alone', offers);
    times.beside.push(await hammer(boltPort, slack, sync()));
    await close();
    for (const [name, request] of [
      ['slack', slack],
      ['discord', discordInteraction],
    ] as const) {
      const webPort = await open('chat', offers);
      await hammer(webPort, request, pause());
      times[name].push(await hammer(webPort, request, sync()));
      await close();
    }
  }
  await server.ask({ kind: 'huge', latencyMs: 0 });
  // Making the page costs the server seconds of the processors that the bot is measured on: it is made beforehand.
  await (await fetch(windowLink(loadLink(port, 'affilka', 0), wholeSpan))).arrayBuffer();
  const besideHuge = async (answering: number) => {
    const refused = bot.ask<unknown>({ do: 'refused', span: wholeSpan } satisfies Step);
    const measured = await hammer(answering, slack, pause());
    await refused;
    return measured;
  };
  await open('alone', 1);
  for (let round = 0; round < rounds; round += 1) times.bolt.push(await besideHuge(boltPort));
  await close();
  const webPort = await open('chat', 1);
  await hammer(webPort, slack, pause());
  for (let round = 0; round < rounds; round += 1) {
    times.quiet.push(await hammer(webPort, slack, pause()));
    times.huge.push(await besideHuge(webPort));
  }
  for (const child of [server, chat, bolt, bot]) child.stop();
  const p99 = (name: keyof typeof times) => median(times[name].map((one) => one.p99));
  const over = 'an empty Bolt handler beside the same sync';
  const overHuge = 'an empty Bolt handler while another process reads it';
  const whileHuge = 'p99 of an ack while one page of 40 MB comes';
  return [
    line('p99 of an ack of Slack during a sync, 50 at once', over, p99('slack') / p99('beside'), 1.5),
    line('p99 of an ack of Discord during a sync, 50 at once', over, p99('discord') / p99('beside'), 1.5),
    line(whileHuge, overHuge, p99('huge') / p99('bolt'), 1.5),
    line(whileHuge, 'without it', p99('huge') / p99('quiet')),
    line('p99 of the Bolt handler, idle, in ms', '', idle.p99),
    line('p99 of the Bolt handler beside a sync, in ms', '', p99('beside')),
    line('p99 of an ack of Slack during a sync, in ms', '', p99('slack')),
    line('p50 of an ack of Slack during a sync, in ms', '', median(times.slack.map((one) => one.p50))),
    line('p99 of an ack of Discord during a sync, in ms', '', p99('discord')),
  ];
}

function noTimes(): Times[] {
  return [];
}
