import { BetterSqlite } from '../../db/better-sqlite.js';
import { openDatabase } from '../../db/open.js';
import { createVault, type KeyRing } from '../../src/vault.js';
import {
  card,
  channel,
  job,
  now,
  outboxRow,
  reading,
  sourceRow,
  storeOffer,
  syncRun,
} from '../support/stored.js';

const later = '2026-11-16T09:00:00.000Z';
const hostile = 'O\'Hara "é" 🂡 \\ ; -- Ωmega\u200b';

/** A database with rows in every table, edges of what they may hold, and so many rows of figures besides. */
export async function fillAllTables(file: string, ring: KeyRing, figures = 0): Promise<void> {
  const vault = createVault(ring);
  const { stores, close } = await openDatabase(file);
  const offer = await storeOffer(stores, { name: hostile });
  const sealedUrl = vault.seal('https://lucky.example/?token=test-token-1', {
    workspace: offer.workspace,
    table: 'offers',
    row: String(offer.id),
    column: 'url',
  });
  await stores.offers.change(offer.id, { sealedUrl, shape: { columns: [], groups: [], brands: [hostile] } });
  const gone = await storeOffer(stores, { name: 'Gone', fingerprint: 'fingerprint-2' });
  await stores.offers.remove(gone.id);
  const runId = await stores.runs.add(syncRun(offer.id, now, { reason: 'manual', rows: 2, changes: 3 }));
  const large = 2n ** 63n - 1n;
  const before = [
    sourceRow('2026-11-15', { ngr: -large, ftds: 1 }, { campaign: hostile }),
    sourceRow('2026-11-16', { ngr: large, clicks: 0 }, { campaignId: 'Z' }),
  ];
  const after = [sourceRow('2026-11-15', { ngr: 1n, ftds: 2 }, { campaign: hostile })];
  await stores.figures.apply(reading(offer.id, now, ['2026-11-15', '2026-11-16'], before, { runId }));
  await stores.figures.apply(reading(offer.id, later, ['2026-11-15'], after, { runId }));
  await stores.incidents.open({
    workspace: offer.workspace,
    kind: 'token-refused',
    subject: `offer:${offer.id}`,
    offerId: offer.id,
    problem: { code: 'probe.token-refused', what: hostile, why: 'It is a test.', fix: ['Mend it.'] },
    openedAt: now,
  });
  const file64 = { name: 'figures.csv', mediaType: 'text/csv', base64: 'ZGF0ZQ==' };
  await stores.outbox.add(outboxRow('with a file', { files: [file64], card: card(hostile) }));
  const row = await stores.outbox.claim(now);
  await stores.outbox.sent(row?.id ?? 0, 'm1', later);
  await stores.outbox.add(outboxRow('waiting', { notBefore: later }));
  await stores.digests.setSchedule({
    ...{ workspace: offer.workspace, channelId: channel.id, channelName: channel.name, at: '09:00' },
    ...{ timeZone: 'Europe/Malta', every: 'day', createdBy: 'U1', createdAt: now },
  });
  await stores.digests.recordRun({
    ...{ kind: 'digest-day', workspace: offer.workspace, channelId: channel.id },
    ...{ localDate: '2026-11-16', postedAt: now },
  });
  await stores.actions.add({
    ...{ id: 'action-1', workspace: offer.workspace, command: 'offer show', form: true },
    sealedOptions: vault.seal('{"offer":"1"}', {
      workspace: offer.workspace,
      table: 'actions',
      row: 'action-1',
      column: 'options',
    }),
    ...{ createdAt: now, expiresAt: later },
  });
  await stores.audit.add({
    ...{ workspace: offer.workspace, at: now, userId: 'U1', userName: hostile },
    ...{ action: 'offer add', subject: 'offer 1', outcome: 'done' },
  });
  await stores.jobs.add(job('sync 1', { payload: { offerId: offer.id, to: null } }));
  await stores.jobs.add(job('sync 2', { runAt: later, lane: 'sync 1' }));
  await stores.jobs.claim(now, later);
  await stores.installations.save({
    ...{ workspace: offer.workspace, name: 'Team', installedAt: now },
    sealed: vault.seal('{}', {
      workspace: offer.workspace,
      table: 'installations',
      row: offer.workspace,
      column: 'sealed',
    }),
  });
  for (const key of ['z', 'Z', 'é', '🂡', 'ｚ']) await stores.installations.markOnce(key, later);
  await stores.installations.confirmShared(offer.workspace, 'C1', 'U1', now);
  await stores.surfaceState.set('discord:commands', 'hash');
  await stores.restores.mark(now);
  await close();
  if (figures > 0) addFigures(file, figures);
}

/** Straight into the table: a bot would take its time. */
function addFigures(file: string, count: number): void {
  const database = new BetterSqlite(file);
  database
    .prepare(
      `insert into figures (offer_id, day, dimension_id, clicks, ngr)
        with recursive counted(n) as (select 0 union all select n + 1 from counted where n + 1 < ?)
        select 1, date('2001-01-01', '+' || (n / 400) || ' days'), 1000 + n % 400, n, n * 7919 - 1000000 from counted`,
    )
    .run(count);
  database.close();
}
