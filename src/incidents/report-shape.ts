import { daysBetween } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { OfferShape } from '../offers/offer.js';
import { reportDrifted } from '../problems/incident.js';
import { recoverIncident } from './close-incident.js';
import { findDrift, rememberShape } from './find-drift.js';
import { openIncident, tellFirst } from './open-incident.js';
import type { GoodRun } from './report-recovery.js';
import { type Telling, tell } from './telling.js';

/**
 * Compares the shape of a report just read with what is known of it: opens or ends the incident of its drift, and
 * answers the shape to store. Only for runs that had rows: an empty report has no shape. `columnNames` are the platform's.
 */
export async function reportShape(
  telling: Telling,
  run: GoodRun,
  shape: OfferShape,
  columnNames: Readonly<Partial<Record<FigureField, string>>> = {},
): Promise<OfferShape> {
  const { offer, at } = run;
  const { incidents } = telling.stores;
  const subject = `offer:${offer.id}`;
  const known = await incidents.openAt(offer.workspace, 'report-drifted', subject);
  const windowDays = daysBetween(run.from, run.to).length;
  const drift = offer.shape && findDrift(offer.shape, shape, windowDays);
  if (!drift) {
    const judgesAll = known === null || !known.problem.what.includes('the brand ') || windowDays >= 28;
    if (known && judgesAll) await recoverIncident(telling, known, at);
    return rememberShape(offer.shape, shape);
  }
  const problem = reportDrifted(offer.name, {
    columns: drift.columns.map((column) => columnNames[column] ?? column),
    groups: drift.groups,
    brands: drift.brands,
  });
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
  return rememberShape(offer.shape, shape);
}
