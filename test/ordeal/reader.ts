import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { addMilliseconds, type Day, type Instant } from '../../src/dates.js';
import { openTallyman } from '../../src/main.js';
import type { Offer } from '../../src/offers/offer.js';
import { saveOffer } from '../../src/offers/save-offer.js';
import type { PlatformId, ReportAccess } from '../../src/platforms/platform.js';
import type { Core } from '../../src/ports.js';
import { type SyncOutcome, syncOffer } from '../../src/sync/sync-offer.js';
import { ann } from '../support/with-bot.js';

/** The bot's reading half: real database, vault and HTTP client, and no queue between the test and a reading. */
export interface Reader {
  readonly core: Core;
  readonly clock: { now(): Instant; advance(milliseconds: number): void; set(instant: Instant): void };
  addOffer(platform: PlatformId, access: ReportAccess, currency: string | null): Promise<Offer>;
  read(offer: Offer, from: Day, to: Day, attempt?: number): Promise<SyncOutcome>;
  close(): Promise<void>;
}

/** One database in memory for many offers; every loopback server may be fetched. */
export async function openReader(start: Instant, deadlineMs?: number): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-ordeal-'));
  let now = start;
  const clock = {
    now: () => now,
    advance: (milliseconds: number) => {
      now = addMilliseconds(now, milliseconds);
    },
    set: (instant: Instant) => {
      now = instant;
    },
  };
  const config = readConfig({
    DATABASE_URL: 'sqlite::memory:',
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: '127.0.0.0/8',
    LOG_LEVEL: 'error',
  });
  const { core, close } = await openTallyman({
    config,
    clock,
    exclusive: true,
    messengers: new Map(),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  await core.stores.workspaces.ensure('terminal', 'terminal', 'Terminal', ann.user, now);
  return {
    core,
    clock,
    async addOffer(id, access, currency) {
      const platform = core.platforms.find((one) => one.id === id);
      if (!platform) throw new Error(`no platform ${id}`);
      const historyFrom = '2026-01-01';
      const draft = { platform, access, name: access.url, currency, channel: ann.channel, historyFrom };
      const offer = await saveOffer(core, ann, draft);
      await core.stores.jobs.removeForOffer(offer.id);
      return offer;
    },
    read: (offer, from, to, attempt = 0) =>
      syncOffer(core, { offerId: offer.id, from, to, reason: 'manual', progress: null }, attempt),
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
