import { addDays, type Day, dayIn } from '../dates.js';
import type { Core } from '../ports.js';
import type { SumRow } from '../sync/figure-store.js';
import type { Offer } from './offer.js';

const reach = 400;

/** The figures of an offer's last whole day that is reported, one row a currency: today is not over yet. */
export async function latestFigures(
  core: Core,
  offer: Offer,
): Promise<{ readonly day: Day | null; readonly rows: readonly SumRow[] }> {
  const yesterday = addDays(dayIn('UTC', core.clock.now()), -1);
  const [coverage] = await core.stores.figures.coverage([offer.id], addDays(yesterday, -reach), yesterday);
  const day = coverage?.lastReported ?? null;
  if (!day) return { day: null, rows: [] };
  return { day, rows: await core.stores.figures.sums({ offerIds: [offer.id], from: day, to: day, by: [] }) };
}
