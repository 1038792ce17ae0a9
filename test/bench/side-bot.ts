import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWebServer, type WebServer } from '../../adapters/web/web-server.js';
import type { ChatSurface } from '../../src/chat-surface.js';
import { readConfig } from '../../src/config.js';
import { addMilliseconds } from '../../src/dates.js';
import { openSurfaces, openTallyman, syncThreadFile, type Tallyman } from '../../src/main.js';
import { linkMarks, sealAccess } from '../../src/offers/save-offer.js';
import { platforms } from '../../src/platforms/index.js';
import type { Stores } from '../../src/ports.js';
import { queueSync } from '../../src/sync/queue-sync.js';
import { createWork } from '../../src/work.js';
import { answerQuestions } from './child.js';
import { loadStart, type Span, wholeSpan } from './load-pages.js';
import { applicationId, signingSecret } from './signed-requests.js';
import { loadLink, type Step, timed } from './step.js';

// The whole bot on a database file of its own; only the terminal is left out.
let bot: Tallyman | null = null;
let surfaces: readonly ChatSurface[] = [];
let web: WebServer | null = null;
let folder = '';
let now = loadStart;
/** Only their numbers, and few are looked at together: what is measured is the bot. */
let offerIds: readonly number[] = [];
/** As many in one transaction as the bot's own plan takes. */
const together = 20;

async function open({
  port,
  offers,
  platform,
  thread = false,
  folder: prepared,
  chat,
}: Omit<Extract<Step, { do: 'open' }>, 'do'>): Promise<number> {
  folder = prepared ?? mkdtempSync(join(tmpdir(), 'tallyman-bench-'));
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: '127.0.0.0/8',
    LOG_LEVEL: 'error',
    ...(chat ? chatEnvironment(chat) : {}),
  });
  // Requests are signed by the system's clock.
  const clock = { now: () => (chat ? new Date().toISOString() : now) };
  const syncThread = thread ? syncThreadFile : null;
  bot = await openTallyman({ config, clock, exclusive: true, messengers: new Map(), syncThread });
  // A new database counts from one.
  offerIds = Array.from({ length: offers }, (_, index) => index + 1);
  if (!prepared) await addOffers(bot, port, platform);
  if (!chat) return 0;
  surfaces = await openSurfaces(config, bot);
  web = await startWebServer({
    port: 0,
    host: '127.0.0.1',
    routes: surfaces.flatMap((surface) => surface.routes ?? []),
    health: () => Promise.reject(new Error('nobody asks')),
    metrics: () => Promise.reject(new Error('nobody asks')),
    log: bot.core.log,
  });
  return web.port;
}

async function addOffers({ core }: Tallyman, port: string, platform: 'affilka' | 'referon'): Promise<void> {
  const reader = platforms.find((one) => one.id === platform);
  if (!reader) throw new Error('no platform');
  await core.stores.workspaces.ensure('terminal', 'terminal', 'Bench', { id: 'ann', name: 'Ann' }, now);
  await inFew(core, offerIds, (stores, number) => {
    const access = { url: loadLink(port, platform, number - 1) };
    return stores.offers.add(
      {
        ...{ workspace: 'terminal', name: `Offer ${number - 1}`, platform, host: new URL(access.url).host },
        ...linkMarks(core, reader, access),
        ...{ tokenTail: '', reportName: null, currency: platform === 'referon' ? 'EUR' : null },
        ...{ ownerId: 'ann', ownerName: 'Ann', channelId: '#casino', channelName: '#casino' },
        ...{ historyFrom: wholeSpan.from, createdAt: now, nextSyncAt: addMilliseconds(now, 3_600_000) },
      },
      (id) => sealAccess(core, 'terminal', id, access),
    );
  });
}

function chatEnvironment({ places, publicKey }: ChatOf<Step>) {
  return {
    SLACK_API_URL: places.slackApi,
    SLACK_BOT_TOKEN: places.slackToken,
    SLACK_SIGNING_SECRET: signingSecret,
    DISCORD_API_URL: places.discordApi,
    DISCORD_PUBLIC_KEY: publicKey,
    DISCORD_APPLICATION_ID: applicationId,
    PORT: '8080',
  };
}

type ChatOf<S> = S extends { readonly chat?: infer Chat } ? NonNullable<Chat> : never;

async function close(): Promise<void> {
  await web?.close();
  await Promise.all(surfaces.map((surface) => surface.stop()));
  await bot?.close();
  [web, surfaces] = [null, []];
  rmSync(folder, { recursive: true, force: true });
}

/** Does something for each of many things, a few in one transaction. */
async function inFew<One>(
  { stores }: Tallyman['core'],
  things: readonly One[],
  work: (stores: Stores, one: One) => Promise<unknown>,
): Promise<void> {
  for (let next = 0; next < things.length; next += together) {
    await stores.transaction(async (inside) => {
      for (const one of things.slice(next, next + together)) await work(inside, one);
    }, 'soon');
  }
}

async function queue({ core }: Tallyman, ids: readonly number[], span: Span): Promise<void> {
  await inFew(core, ids, async (stores, id) => {
    const offer = await stores.offers.get(id);
    return offer && queueSync(stores, offer, span, 'manual', loadStart);
  });
}

async function sync(tallyman: Tallyman, { span, under, part }: Extract<Step, { do: 'sync' }>) {
  now = addMilliseconds(now, 1000);
  const { core } = tallyman;
  const ids = offerIds.slice(...(part ?? []));
  await queue(tallyman, ids, span);
  const answer = await timed(() => createWork(core, under).settle());
  for (const id of ids) {
    const [run] = await core.stores.runs.latest(id, 1);
    if (run?.state !== 'good') throw new Error(`a sync was not good: ${run?.problemCode}`);
  }
  return answer;
}

answerQuestions<Step, unknown>(async (step) => {
  if (step.do === 'open') return open(step);
  if (step.do === 'prepare') {
    await open(step);
    await bot?.close();
    return folder;
  }
  if (step.do === 'sync' && bot) return sync(bot, step);
  if (step.do === 'refused' && bot) {
    await queue(bot, offerIds, step.span);
    await bot.work.runAll();
  }
  if (step.do === 'close') await close();
  return 'done';
});
