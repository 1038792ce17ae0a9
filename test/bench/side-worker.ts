import { readConfig } from '../../src/config.js';
import { addMilliseconds, toInstant } from '../../src/dates.js';
import { openTallyman, type Tallyman } from '../../src/main.js';
import { linkMarks, sealAccess } from '../../src/offers/save-offer.js';
import { platforms } from '../../src/platforms/index.js';
import { queueSync } from '../../src/sync/queue-sync.js';
import { answerQuestions } from './child.js';
import type { Span } from './load-pages.js';
import { loadLink, timed } from './step.js';

/** What one of several processes on one database is told. */
export type WorkerStep =
  | {
      readonly do: 'open';
      readonly database: string;
      readonly keyFile: string;
    }
  | { readonly do: 'add'; readonly offers: number; readonly ports: readonly string[] }
  | { readonly do: 'queue'; readonly span: Span }
  /** Works until it is told to rest, or on SQLite until all is done. */
  | { readonly do: 'work' }
  | { readonly do: 'rest' }
  /** How many runs were good. */
  | { readonly do: 'count' }
  | { readonly do: 'close' };

let bot: Tallyman | null = null;
let working: { stop(): Promise<void> } | null = null;

function opened(): Tallyman {
  if (!bot) throw new Error('not open');
  return bot;
}

async function add({ core }: Tallyman, { offers, ports }: Extract<WorkerStep, { do: 'add' }>): Promise<void> {
  const now = core.clock.now();
  const [affilka] = platforms.filter(({ id }) => id === 'affilka');
  if (!affilka) throw new Error('no platform');
  await core.stores.transaction(async (stores) => {
    await stores.workspaces.ensure('terminal', 'terminal', 'Bench', { id: 'ann', name: 'Ann' }, now);
    for (let index = 0; index < offers; index += 1) {
      const access = { url: loadLink(ports[index % ports.length] ?? '', 'affilka', index) };
      await stores.offers.add(
        {
          ...{
            workspace: 'terminal',
            name: `Offer ${index}`,
            platform: 'affilka',
            host: new URL(access.url).host,
          },
          ...linkMarks(core, affilka, access),
          ...{ tokenTail: '', reportName: null, currency: null },
          ...{ ownerId: 'ann', ownerName: 'Ann', channelId: '#casino', channelName: '#casino' },
          ...{ historyFrom: '2026-08-22', createdAt: now, nextSyncAt: addMilliseconds(now, 86_400_000) },
        },
        (id) => sealAccess(core, 'terminal', id, access),
      );
    }
  });
}

async function queue({ core }: Tallyman, span: Span): Promise<void> {
  const now = toInstant(Date.now());
  const offers = await core.stores.offers.list('terminal');
  await core.stores.transaction(async (stores) => {
    for (const offer of offers) await queueSync(stores, offer, span, 'manual', now);
  });
}

async function count({ core }: Tallyman): Promise<number> {
  const offers = await core.stores.offers.list('terminal');
  let good = 0;
  for (const { id } of offers) {
    const runs = await core.stores.runs.latest(id, 100);
    good += runs.filter(({ state }) => state === 'good').length;
  }
  return good;
}

answerQuestions<WorkerStep, unknown>(async (step) => {
  switch (step.do) {
    case 'open': {
      const config = readConfig({
        DATABASE_URL: step.database,
        TALLYMAN_KEY_FILE: step.keyFile,
        ALLOW_PRIVATE_HOSTS: '127.0.0.0/8',
        LOG_LEVEL: 'error',
      });
      bot = await openTallyman({ config, exclusive: true, messengers: new Map() });
      return 'done';
    }
    case 'add':
      await add(opened(), step);
      return 'done';
    case 'queue':
      await queue(opened(), step.span);
      return 'done';
    case 'work': {
      const { core, work } = opened();
      if (!core.queue) return timed(() => work.settle());
      working = core.queue.start((job) => work.run(job));
      return 'done';
    }
    case 'rest':
      await working?.stop();
      return 'done';
    case 'count':
      return count(opened());
    case 'close':
      await bot?.close();
      return 'done';
  }
});
