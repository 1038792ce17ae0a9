import { closeIncident } from '../incidents/close-incident.js';
import { findDrift } from '../incidents/find-drift.js';
import { reportShape } from '../incidents/report-shape.js';
import { hasStopped } from '../incidents/trouble-kind.js';
import type { OfferShape } from '../offers/offer.js';
import { platformOf } from '../offers/platform-of.js';
import type { Core } from '../ports.js';
import { reportDrifted } from '../problems/incident.js';
import type { Problem } from '../problems/problem.js';
import { nextHourly } from './next-sync.js';
import { sayProgress } from './progress.js';
import { keepFailedRun, type Try } from './try.js';

/**
 * Ends a run whose report has lost a column or a grouping: it is told, and nothing of it is stored, because stored figures
 * would become n/a or change what they stand for. Once somebody accepts the new report, the next run stores it.
 */
export async function holdBackDrift(core: Core, tried: Try, seen: OfferShape): Promise<Problem> {
  const { offer, task } = tried;
  const at = core.clock.now();
  const { columnNames } = platformOf(core, offer);
  const lost = offer.shape ? findDrift(offer.shape, seen) : null;
  const columns = (lost?.columns ?? []).map((name) => columnNames[name] ?? name);
  const problem = reportDrifted(offer.name, { columns, groups: lost?.groups ?? [], brands: [] });
  await core.stores.transaction(async (stores) => {
    const within = { ...core, stores };
    await keepFailedRun(stores, tried, at, problem.code);
    await stores.figures.markFailed(offer.id, task.from, task.to, at);
    const run = { offer, at, from: task.from, to: task.to, newest: null, hasOpen: true };
    const shape = await reportShape(within, run, seen, columnNames);
    for (const incident of await stores.incidents.openFor(offer.id)) {
      if (!hasStopped(incident.kind)) continue;
      await closeIncident(
        within,
        incident,
        at,
        `${offer.name} can be read again, but its report has changed`,
      );
    }
    await stores.offers.change(offer.id, { shape, lastSyncAt: at, nextSyncAt: nextHourly(offer.id, at) });
    await sayProgress(within, offer, task, at);
  });
  return problem;
}
