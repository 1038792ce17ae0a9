import { addDays, type Day, dayIn } from '../dates.js';
import type { Core } from '../ports.js';
import type { SumRow } from '../sync/figure-store.js';
import type { Offer } from './offer.js';

const reach = 400;

/** Where the last reported day nearly always is; only the other offers are looked for further back. */
const nearReach = 6;

export interface LatestFigures {
  readonly day: Day | null;
  readonly rows: readonly SumRow[];
}

const nothing: LatestFigures = { day: null, rows: [] };

/** The figures of an offer's last whole day that is reported, one row a currency: today is not over yet. */
export async function latestFigures(core: Core, offer: Offer): Promise<LatestFigures> {
  return (await latestFiguresOf(core, [offer])).get(offer.id) ?? nothing;
}

/** The same of many offers at once; an offer without any reported day is left out. */
export async function latestFiguresOf(
  core: Core,
  offers: readonly Offer[],
): Promise<ReadonlyMap<number, LatestFigures>> {
  const yesterday = addDays(dayIn('UTC', core.clock.now()), -1);
  const days = new Map<number, Day>();
  for (const back of [nearReach, reach]) {
    const missing = offers.map((offer) => offer.id).filter((id) => !days.has(id));
    if (missing.length === 0) break;
    for (const { offerId, lastReported } of await core.stores.figures.coverage(
      missing,
      addDays(yesterday, -back),
      yesterday,
    )) {
      if (lastReported) days.set(offerId, lastReported);
    }
  }
  const latest = new Map<number, { readonly day: Day; readonly rows: SumRow[] }>();
  for (const [id, day] of days) latest.set(id, { day, rows: [] });
  for (const day of new Set(days.values())) {
    const offerIds = [...days].filter(([, last]) => last === day).map(([id]) => id);
    const rows = await core.stores.figures.sums({ offerIds, from: day, to: day, by: ['offer'] });
    for (const row of rows) latest.get(row.offerId ?? 0)?.rows.push(row);
  }
  return latest;
}
