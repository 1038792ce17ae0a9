import { expect, test } from 'vitest';
import type { Mode } from '../discord/with-discord.js';
import { driveSlack } from '../slack/slack-driver.js';
import { plant } from '../support/plant.js';
import { findSecrets, needlesFor, type Trace } from '../support/token-search.js';
import { type Surfaces, withSurfaces } from '../surfaces/with-surfaces.js';

/** Ways to hand a URL over, and to get it wrong; each says its line with a token of its own. */
const lines: readonly ((url: string, token: string) => string)[] = [
  (url) => `/offer check ${url}`,
  (url) => `/offer add ${url} name:Planted anyway:yes`,
  (url) => `/offer add ${url.replace('page=1', 'page=3')}`,
  (url) => `/offer renew Lucky ${url}`,
  (url) => `/offer check ${url.replace('.json', '.xml')}`,
  (url) => `/offer check ${encodeURIComponent(url)}`,
  (url) => `/offer check ${url.replace('token=', 'tokn=')}`,
  (url) => `/offer show ${url}`,
  (url) => `/postback check ${url}`,
  (_, token) => `/offer edit Lucky currency:${token}`,
  (_, token) => `/report range:${token}`,
  (_, token) => `/alert ack ${token}`,
  (_, token) => `/digest schedule at:09:00 tz:${token}`,
  (_, token) => `/offer ${token}`,
];
const quiet = [
  '/offer list',
  '/offer show Lucky',
  '/report 7d as:csv',
  '/offer export',
  '/digest now',
  '/alert list',
];

async function useBoth({ bot, slack, discord, passHours }: Surfaces, planted: string[]): Promise<void> {
  const { urls } = bot.programme;
  const driver = driveSlack(slack);
  const surfaces = [
    (line: string) => driver.type(line),
    async (line: string) => void (await discord.type(line)),
  ];
  const good = surfaces.map(() => bot.programme.issueToken('affilka'));
  planted.push(...good.map((token) => token.slice('test-token-'.length, -4)));
  for (const [index, type] of surfaces.entries()) {
    await type(`/offer add ${urls.affilkaReportUrl({ token: good[index] ?? '' })} name:Lucky anyway:yes`);
    await bot.settle();
    for (const line of lines) {
      const token = plant(planted);
      await type(line(urls.affilkaReportUrl({ token }), token));
    }
    for (const line of quiet) await type(line);
  }
  const posted = urls.affilkaReportUrl({ token: plant(planted) });
  const event = {
    type: 'message',
    channel: 'C0CASINO',
    channel_type: 'channel',
    user: 'U0BOB',
    ts: '1.1',
    text: posted,
  };
  const payload = { type: 'event_callback', team_id: 'T0CASINO', event_id: 'EvPlanted', event };
  await slack.deliver({ type: 'events_api', payload });
  await slack.slack.settled();
  for (const token of good) bot.programme.expireToken(token);
  await passHours(26);
  for (const type of surfaces) for (const line of quiet) await type(line);
}

function tracesOf({ slack, discord, replies, bot }: Surfaces): Trace[] {
  const trace = (place: string, content: unknown): Trace => ({ place, content: JSON.stringify(content) });
  return [
    ...slack.server.state.calls.map(({ method, args }) => trace(`Slack ${method}`, args)),
    ...slack.server.state.files.map(({ name, content }) => ({ place: name, content: content ?? '' })),
    ...discord.server.world.requests.map(({ method, path, body }) =>
      trace(`Discord ${method} ${path}`, body),
    ),
    ...discord.server.world.messages.flatMap(({ files }) => files.map((file) => trace(file.name, file))),
    ...replies.map((reply) => trace('reply', reply.card)),
    ...bot.said.map((said) => trace('message', said.history)),
    trace('log of Slack', slack.log.lines),
    trace('log of Discord', discord.logged),
  ];
}

test.each<['socket' | 'http', Mode]>([
  ['socket', 'gateway'],
  ['http', 'http'],
])(
  'no planted secret is in anything that goes to Slack (%s) or Discord (%s), nor in their logs',
  async (slack, discord) => {
    const planted: string[] = [];
    await withSurfaces({ slack, discord }, async (surfaces) => {
      await useBoth(surfaces, planted);

      const traces = tracesOf(surfaces);
      const finds = findSecrets(needlesFor(planted), traces);
      console.log(
        `planted ${planted.length} secrets, looked through ${traces.length} bodies: ${finds.length} found`,
      );
      expect(finds.map(({ place, spelling, around }) => `${place} (${spelling}): ${around}`)).toEqual([]);
      expect(traces.length).toBeGreaterThan(100);
    });
  },
  120_000,
);
