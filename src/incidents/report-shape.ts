import type { FigureField } from '../figures.js';
import type { OfferShape } from '../offers/offer.js';
import { type LostParts, reportDrifted } from '../problems/incident.js';
import { recoverIncident } from './close-incident.js';
import { findDrift, lostBrands, rememberShape } from './find-drift.js';
import { openIncident, tellFirst } from './open-incident.js';
import type { WatchedRun } from './report-recovery.js';
import { type Telling, tell } from './telling.js';

/**
 * Compares the shape of a report just read with what is known of it: opens or ends the incidents of its drift, and
 * answers the shape to store. Only for runs that had rows: an empty report has no shape. `columnNames` are the platform's.
 */
export async function reportShape(
  telling: Telling,
  run: WatchedRun,
  shape: OfferShape,
  columnNames: Readonly<Partial<Record<FigureField, string>>> = {},
): Promise<OfferShape> {
  const before = run.offer.shape;
  const drift = before && findDrift(before, shape);
  if (drift) {
    const columns = drift.columns.map((name) => columnNames[name] ?? name);
    await raise(telling, run, `offer:${run.offer.id}`, { columns, groups: drift.groups, brands: [] });
  } else {
    await settle(telling, run, (subject) => subject === `offer:${run.offer.id}`);
  }
  // A brand that lost its column or its split has not gone.
  if (!drift) await reportBrands(telling, run, shape);
  return rememberShape(before, shape);
}

async function reportBrands(telling: Telling, run: WatchedRun, shape: OfferShape): Promise<void> {
  const { offer, from, to, at } = run;
  const prefix = `offer:${offer.id}:brands:`;
  await settle(telling, run, (subject) => {
    if (!subject.startsWith(prefix)) return false;
    const missed = JSON.parse(subject.slice(prefix.length)) as readonly string[];
    return missed.every((brand) => shape.brands.includes(brand));
  });
  if ((offer.shape?.brands ?? []).every((brand) => shape.brands.includes(brand))) return;
  const changes = await telling.stores.figures.changes(offer.id, from, to);
  const brands = lostBrands(changes, shape, at).sort();
  if (brands.length === 0) return;
  await raise(telling, run, prefix + JSON.stringify(brands), { columns: [], groups: [], brands });
}

async function raise(
  telling: Telling,
  { offer, at }: WatchedRun,
  subject: string,
  lost: LostParts,
): Promise<void> {
  const known = await telling.stores.incidents.openAt(offer.workspace, 'report-drifted', subject);
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

async function settle(
  telling: Telling,
  { offer, at, hasOpen }: WatchedRun,
  isMended: (subject: string) => boolean,
): Promise<void> {
  if (!hasOpen) return;
  for (const known of await telling.stores.incidents.openFor(offer.id)) {
    if (known.kind === 'report-drifted' && isMended(known.subject)) await recoverIncident(telling, known, at);
  }
}
