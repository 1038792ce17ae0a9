import { expect, test } from 'vitest';
import { createPrometheus } from '../../adapters/web/prometheus.js';
import { addMilliseconds } from '../../src/dates.js';
import { fakeClock, hour, minute, problem } from '../support/bench-core.js';
import { openTestStores } from '../support/sqlite.js';
import { job, now, outboxRow, storeOffer } from '../support/stored.js';
import { withBot } from '../support/with-bot.js';
import { withWebServer } from './with-web-server.js';

test('counts what happened and measures what waits', async () => {
  const stores = await openTestStores();
  const clock = fakeClock();
  const { metrics, page } = createPrometheus();
  const { address } = await withWebServer({ metrics: () => page(clock, () => stores.backlog.measure()) });
  const offer = await storeOffer(stores);
  await stores.jobs.add(job('sync 1'));
  await stores.jobs.add(job('sync 2'));
  await stores.outbox.add(outboxRow('incident:1'));
  const { incident } = await stores.incidents.open({
    workspace: offer.workspace,
    kind: 'token-refused',
    subject: 'offer:1',
    offerId: offer.id,
    problem: problem('probe.token-refused'),
    openedAt: now,
  });
  metrics.syncEnded('good', now, addMilliseconds(now, 1200));
  metrics.syncEnded('probe.token-refused', now, addMilliseconds(now, 300));
  metrics.deliveryEnded('sent');
  metrics.commandEnded('offer list', 'done');
  clock.forward(hour);

  const answer = await fetch(`${address}/metrics`);
  const text = await answer.text();

  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  for (const line of [
    'tallyman_syncs_total{outcome="good"} 1',
    'tallyman_syncs_total{outcome="probe.token-refused"} 1',
    'tallyman_sync_duration_seconds_sum 1.5',
    'tallyman_sync_duration_seconds_bucket{le="0.5"} 1',
    'tallyman_deliveries_total{outcome="sent"} 1',
    'tallyman_commands_total{command="offer list",outcome="done"} 1',
    'tallyman_jobs_waiting 2',
    'tallyman_outbox_waiting 1',
    `tallyman_outbox_oldest_seconds ${(60 * minute) / 1000}`,
    'tallyman_incidents_open{kind="token-refused"} 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^process_cpu_seconds_total /m);
  await stores.incidents.change(incident.id, { state: 'recovered', recoveredAt: now });
  expect(await (await fetch(`${address}/metrics`)).text()).not.toContain('tallyman_incidents_open{');
});

test('counts commands, syncs and messages where they happen, and names nobody', async () => {
  const prometheus = createPrometheus();
  await withBot(
    async (bot) => {
      const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });
      await bot.type(`/offer add ${url} name:"Lucky Star" channel:#casino`);
      await bot.settle();
      bot.programme.expireToken(bot.programme.tokens.affilka);
      await bot.passHours(2);
      await bot.type('/offer show Nobody');
      const { stores } = bot.tallyman.core;

      const { text } = await prometheus.page(bot.clock, () => stores.backlog.measure());

      expect(text).toMatch(/^tallyman_syncs_total\{outcome="good"\} [1-9]/m);
      expect(text).toMatch(/^tallyman_syncs_total\{outcome="probe\.token-refused"\} [1-9]/m);
      expect(text).toMatch(/^tallyman_deliveries_total\{outcome="sent"\} [1-9]/m);
      expect(text).toContain('tallyman_commands_total{command="offer add",outcome="done"} 1');
      for (const name of ['Lucky', 'casino', 'ann', bot.programme.host, 'terminal']) {
        expect(text).not.toContain(name);
      }
    },
    { metrics: prometheus.metrics },
  );
});
