import { daysBetween } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { OfferShape } from '../offers/offer.js';
import { type LostParts, reportDrifted } from '../problems/incident.js';
import { recoverIncident } from './close-incident.js';
import { brandWindowDays, driftSubject, findDrift, rememberShape } from './find-drift.js';
import { openIncident, tellFirst } from './open-incident.js';
import type { GoodRun } from './report-recovery.js';
import { type Telling, tell } from './telling.js';

/** Brands are an incident of their own: only a long window can tell that one is gone, or back. */
const aspects = ['report', 'brands'] as const;

/**
 * Compares the shape of a report just read with what is known of it: opens or ends the incidents of its drift, and
 * answers the shape to store. Only for runs that had rows: an empty report has no shape. `columnNames` are the platform's.
 */
export async function reportShape(
  telling: Telling,
  run: GoodRun,
  shape: OfferShape,
  columnNames: Readonly<Partial<Record<FigureField, string>>> = {},
): Promise<OfferShape> {
  const before = run.offer.shape;
  const windowDays = daysBetween(run.from, run.to).length;
  const drift = before && findDrift(before, shape);
  for (const aspect of aspects) {
    if (aspect === 'brands' && windowDays < brandWindowDays) continue;
    const lost = {
      columns: aspect === 'report' ? (drift?.columns ?? []).map((name) => columnNames[name] ?? name) : [],
      groups: aspect === 'report' ? (drift?.groups ?? []) : [],
      brands: aspect === 'brands' ? (drift?.brands ?? []) : [],
    };
    await reportAspect(telling, run, driftSubject(run.offer.id, aspect), lost);
  }
  return rememberShape(before, shape);
}

async function reportAspect(
  telling: Telling,
  { offer, at }: GoodRun,
  subject: string,
  lost: LostParts,
): Promise<void> {
  const known = await telling.stores.incidents.openAt(offer.workspace, 'report-drifted', subject);
  if (lost.columns.length + lost.groups.length + lost.brands.length === 0) {
    if (known) await recoverIncident(telling, known, at);
    return;
  }
  const problem = reportDrifted(offer.name, lost);
  const { incident, how } = await openIncident(telling, {
    workspace: offer.workspace,
    kind: 'report-drifted',
    subject,
    offerId: offer.id,
    problem,
    at,
    tries: 1,
  });
  if (how === 'opened') await tellFirst(telling, incident, at);
  if (known && known.problem.what !== problem.what) await tell(telling, incident, at);
}
