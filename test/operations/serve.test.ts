import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../db/open.js';
import type { Instant } from '../../src/dates.js';
import { createVault } from '../../src/vault.js';
import { storeOffer } from '../support/stored.js';
import { ownEnvironment, spawnTallyman } from './spawn-tallyman.js';

// Whole programs start here, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const anyPort = { PORT: '0' };
const listening = /"port":(\d+),"msg":"listening"/;

test.each(['SIGTERM', 'SIGINT'] as const)(
  'serves without a terminal and ends clean at %s',
  async (signal) => {
    const bot = spawnTallyman(['serve'], ownEnvironment(), anyPort);
    const [, port] = await bot.until(listening);
    await bot.until('"at work"');

    const health = await fetch(`http://127.0.0.1:${port}/health`);
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
    const asked = Date.now();
    bot.child.kill(signal);

    expect([health.status, await health.json()]).toEqual([
      200,
      { status: 'ok', database: 'ok', ticks: 'ok', outbox: 'ok' },
    ]);
    expect(await metrics.text()).toContain('tallyman_jobs_waiting 0');
    expect(await bot.ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(bot.output()).toContain('"stopped"');
  },
);

test('listens nowhere and still works when no port is set', async () => {
  const bot = spawnTallyman(['serve'], ownEnvironment());
  await bot.until('"at work"');
  bot.child.kill('SIGTERM');

  expect(await bot.ended).toEqual({ code: 0, signal: null });
  expect(bot.output()).not.toMatch(listening);
});

test('serves when tokens are set, and refuses a second one on the same database', async () => {
  const own = ownEnvironment();
  const chat = {
    DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
    DISCORD_APPLICATION_ID: '123456789012345678',
  };
  const first = spawnTallyman([], own, { ...anyPort, ...chat });
  await first.until('"at work"');

  const second = spawnTallyman(['serve'], own, anyPort);

  expect((await second.ended).code).toBe(2);
  expect(second.output()).toContain('Another Tallyman is running on');
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
});

test('says that a port is taken and ends', async () => {
  const first = spawnTallyman(['serve'], ownEnvironment(), anyPort);
  const [, port = ''] = await first.until(listening);

  const second = spawnTallyman(['serve'], ownEnvironment(), { PORT: port });

  expect((await second.ended).code).toBe(2);
  expect(second.output()).toContain(`Another program listens on port ${port} already.`);
});

test('lets the jobs go at the start that a killed bot held', async () => {
  const own = ownEnvironment();
  const ahead: Instant = '2999-11-16T08:00:00.000Z';
  const before = await openDatabase(own.databaseFile);
  const offer = await storeOffer(before.stores);
  await before.stores.offers.change(offer.id, { sealedUrl: '', state: 'paused' });
  const job = { kind: 'sync', payload: { offerId: offer.id }, lane: 'a', key: 'a', runAt: ahead };
  await before.stores.jobs.add(job);
  await before.stores.jobs.claim(ahead, ahead);
  expect(await before.stores.jobs.nextDue()).toBeNull();
  await before.close();

  const bot = spawnTallyman(['serve'], own);
  await bot.until('"at work"');
  bot.child.kill('SIGTERM');
  await bot.ended;

  const after = await openDatabase(own.databaseFile);
  expect(await after.stores.jobs.nextDue()).toBe(ahead);
  await after.close();
});

test('does not start without a key that something stored needs', async () => {
  const own = ownEnvironment();
  const { stores, close } = await openDatabase(own.databaseFile);
  const offer = await storeOffer(stores);
  const lost = createVault({
    keys: [{ id: 'lost', secret: new Uint8Array(32) }],
    fingerprintKey: new Uint8Array(32),
  });
  const place = { workspace: offer.workspace, table: 'offers', row: String(offer.id), column: 'url' };
  await stores.offers.change(offer.id, { sealedUrl: lost.seal('{}', place) });
  await close();

  const bot = spawnTallyman(['serve'], own);

  expect((await bot.ended).code).toBe(2);
  expect(bot.output()).toContain('The key "lost" that sealed a stored report link is not in the key file.');
});

test('a second signal ends it at once, and a fault that nobody caught is logged', async () => {
  const own = ownEnvironment();
  const script = join(own.folder, 'stuck.ts');
  mkdirSync(dirname(script), { recursive: true });
  const stopping = new URL('../../src/stopping.ts', import.meta.url).href;
  const log = new URL('../../adapters/log/log.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { exitOnFault, stopSignal, stopWithin } from '${stopping}';
     import { createLog } from '${log}';
     const log = createLog({ level: 'info' });
     exitOnFault(process, log);
     const keepAlive = setInterval(() => {}, 1000);
     void stopSignal(process).then(async () => {
       log.info({}, 'stopping');
       await stopWithin(60_000, [() => new Promise(() => {})], log);
     });
     if (process.argv[2] === 'reject') void Promise.reject(new Error('nobody waits'));
     else log.info({}, 'ready');`,
  );
  const stuck = spawnTallyman([], own, {}, script);
  const broken = spawnTallyman(['reject'], own, {}, script);
  await stuck.until('"ready"');
  stuck.child.kill('SIGTERM');
  await stuck.until('"stopping"');
  stuck.child.kill('SIGTERM');

  expect(await stuck.ended).toEqual({ code: 1, signal: null });
  expect(await broken.ended).toEqual({ code: 1, signal: null });
  expect(broken.output()).toContain('nobody waits');
});
