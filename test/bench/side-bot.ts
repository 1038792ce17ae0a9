import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { addMilliseconds } from '../../src/dates.js';
import { openTallyman, type Tallyman } from '../../src/main.js';
import { linkMarks, sealAccess } from '../../src/offers/save-offer.js';
import { platforms } from '../../src/platforms/index.js';
import { queueSync } from '../../src/sync/queue-sync.js';
import { createWork } from '../../src/work.js';
import { answerQuestions } from './child.js';
import { loadStart, wholeSpan } from './load-pages.js';
import { loadLink, type Step, timed } from './step.js';

// The whole bot on a database file of its own; only the terminal is left out.
let bot: Tallyman | null = null;
let folder = '';
let now = loadStart;

async function open({
  port,
  offers,
  platform,
  thread = false,
}: Extract<Step, { do: 'open' }>): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-bench-'));
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: '127.0.0.0/8',
    LOG_LEVEL: 'error',
  });
  const clock = { now: () => now };
  bot = await openTallyman({ config, clock, exclusive: true, messengers: new Map(), syncThread: thread });
  const { core } = bot;
  const reader = platforms.find((one) => one.id === platform);
  if (!reader) throw new Error('no platform');
  await core.stores.transaction(async (stores) => {
    await stores.workspaces.ensure('terminal', 'terminal', 'Bench', { id: 'ann', name: 'Ann' }, now);
    for (let index = 0; index < offers; index += 1) {
      const access = { url: loadLink(port, platform, index) };
      await stores.offers.add(
        {
          ...{ workspace: 'terminal', name: `Offer ${index}`, platform, host: new URL(access.url).host },
          ...linkMarks(core, reader, access),
          ...{ tokenTail: '', reportName: null, currency: platform === 'referon' ? 'EUR' : null },
          ...{ ownerId: 'ann', ownerName: 'Ann', channelId: '#casino', channelName: '#casino' },
          ...{ historyFrom: wholeSpan.from, createdAt: now, nextSyncAt: addMilliseconds(now, 3_600_000) },
        },
        (id) => sealAccess(core, 'terminal', id, access),
      );
    }
  });
}

async function sync(tallyman: Tallyman, { span, under }: Extract<Step, { do: 'sync' }>) {
  now = addMilliseconds(now, 1000);
  const { core } = tallyman;
  const offers = await core.stores.offers.list('terminal');
  await core.stores.transaction(async (stores) => {
    for (const offer of offers) await queueSync(stores, offer, span, 'manual', loadStart);
  });
  const answer = await timed(() => createWork(core, under).settle());
  const runs = await Promise.all(offers.map((offer) => core.stores.runs.latest(offer.id, 1)));
  const bad = runs.flat().filter((run) => run.state !== 'good');
  if (bad.length > 0) throw new Error(`${bad.length} syncs were not good: ${bad[0]?.problemCode}`);
  return answer;
}

answerQuestions<Step, unknown>(async (step) => {
  if (step.do === 'open') await open(step);
  if (step.do === 'sync' && bot) return sync(bot, step);
  if (step.do === 'close') {
    await bot?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 'done';
});
