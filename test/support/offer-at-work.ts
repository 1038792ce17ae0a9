import { addDays, dayIn } from '../../src/dates.js';
import type { SourceRow } from '../../src/figures.js';
import { reportGoodRun } from '../../src/incidents/report-good-run.js';
import { reportTrouble, type TroubleOutcome } from '../../src/incidents/report-trouble.js';
import type { Offer, OfferShape } from '../../src/offers/offer.js';
import { newestDay } from '../../src/source-rows.js';
import { type Bench, problem } from './bench-core.js';
import { reading, syncRun } from './stored.js';

/** Fails a run of an offer for good, as sync does. */
export async function failRun(
  bench: Bench,
  offer: Offer,
  code = 'probe.token-refused',
  tries = 3,
): Promise<TroubleOutcome> {
  const at = bench.clock.now();
  const today = dayIn('UTC', at);
  return bench.inTransaction(async (telling) => {
    const { runs } = telling.stores;
    const span = { from: addDays(today, -2), to: today };
    await runs.add(syncRun(offer.id, at, { ...span, state: 'failed', pages: 0, problemCode: code }));
    return reportTrouble(telling, { offer, problem: problem(code), at, tries });
  });
}

export interface Read {
  readonly days?: readonly string[];
  readonly rows?: readonly SourceRow[];
  readonly shape?: OfferShape;
}

/** Ends a run of an offer well, as sync does: figures, run, incidents, offer. */
export async function goodRun(bench: Bench, offerId: number, read: Read = {}): Promise<void> {
  const at = bench.clock.now();
  const today = dayIn('UTC', at);
  const days = read.days ?? [addDays(today, -1), today];
  await bench.inTransaction(async (telling) => {
    const { figures, offers, runs } = telling.stores;
    const offer = await offers.get(offerId);
    if (!offer) throw new Error(`no offer ${offerId}`);
    const from = days[0] ?? today;
    const to = days.at(-1) ?? today;
    const runId = await runs.add(syncRun(offerId, at, { from, to, rows: read.rows?.length ?? 0 }));
    const whole = reading(offerId, at, days, read.rows ?? [], { runId });
    await figures.apply(whole);
    const run = { offer, at, from, to, newest: newestDay(whole.rows) };
    const shape = await reportGoodRun(telling, run, read.shape ?? null);
    await offers.change(offerId, { shape, lastSyncAt: at, lastGoodSyncAt: at });
  });
}
