import type { DrawnCard } from '../../src/card.js';
import { collectRows } from '../../src/collect-rows.js';
import type { NewOutboxRow, Target } from '../../src/delivery/outbox.js';
import { type Figures, figureFields, type SourceRow } from '../../src/figures.js';
import type { NewOffer, Offer } from '../../src/offers/offer.js';
import type { NewJob, Stores } from '../../src/ports.js';
import type { SourceRows } from '../../src/source-rows.js';
import type { Reading } from '../../src/sync/figure-store.js';
import type { SyncRun } from '../../src/sync/run.js';

/** Monday morning in every store test. */
export const now = '2026-11-16T08:00:00.000Z';

/** Stores workspace `slack:T1` (or another) and an offer of it. */
export async function storeOffer(stores: Stores, change: Partial<NewOffer> = {}): Promise<Offer> {
  const offer: NewOffer = {
    workspace: 'slack:T1',
    name: 'Lucky Star',
    platform: 'affilka',
    host: 'lucky.example',
    fingerprint: 'fingerprint-1',
    tokenFingerprint: 'token-fingerprint-1',
    tokenTail: '5678',
    reportName: null,
    currency: null,
    ownerId: 'U1',
    ownerName: 'Ann',
    channelId: 'C1',
    channelName: '#casino',
    historyFrom: '2026-08-01',
    createdAt: now,
    nextSyncAt: now,
    ...change,
  };
  await stores.workspaces.ensure(offer.workspace, 'slack', 'Team', { id: 'U1', name: 'Ann' }, now);
  return stores.offers.add(offer, (id) => `sealed for ${id}`);
}

/** Figures with `null` for all that is not given. */
export function figures(given: Partial<Figures>): Figures {
  const none = Object.fromEntries(figureFields.map((field) => [field, null])) as Figures;
  return { ...none, ...given };
}

export function sourceRow(
  day: string,
  given: Partial<Figures>,
  dimension: Partial<SourceRow> = {},
): SourceRow {
  return {
    day,
    brandId: 'b1',
    brand: 'Lucky',
    campaignId: 'c1',
    campaign: 'Main',
    currency: 'EUR',
    figures: figures(given),
    ...dimension,
  };
}

/** The rows as columns. */
export function rowsOf(list: readonly SourceRow[]): SourceRows {
  const collected = collectRows(list.length);
  for (const row of list) collected.add(row.day, row, row.figures);
  return collected.rows();
}

/** A reading of the days that it names; days with rows are reported. */
export function reading(
  offerId: number,
  at: string,
  days: readonly string[],
  rows: readonly SourceRow[],
  change: Partial<Reading> = {},
): Reading {
  const sorted = [...days].sort();
  return {
    offerId,
    runId: 1,
    at,
    from: sorted[0] ?? '',
    to: sorted.at(-1) ?? '',
    days: new Map(sorted.map((day) => [day, 'reported'])),
    rows: rowsOf(rows),
    ...change,
  };
}

/** A good run of two days. */
export function syncRun(offerId: number, at: string, change: Partial<SyncRun> = {}): Omit<SyncRun, 'id'> {
  return {
    ...{ offerId, reason: 'schedule', from: '2026-11-15', to: '2026-11-16', state: 'good' },
    ...{ startedAt: at, endedAt: at, pages: 1, rows: 0, changes: 0 },
    ...{ problemCode: null, ratesDate: null },
    ...change,
  };
}

export const channel: Target = { kind: 'channel', id: 'C1', name: '#casino' };

export function card(title: string): DrawnCard {
  return { title, tone: 'plain', blocks: [] };
}

export function outboxRow(subject: string, change: Partial<NewOutboxRow> = {}): NewOutboxRow {
  return {
    workspace: 'slack:T1',
    target: channel,
    subject,
    card: card(subject),
    files: [],
    notBefore: now,
    createdAt: now,
    ...change,
  };
}

export function job(key: string, change: Partial<NewJob> = {}): NewJob {
  return { kind: 'sync', payload: {}, lane: key, key, runAt: now, ...change };
}
