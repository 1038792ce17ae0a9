import type { FigureField } from '../figures.js';
import type { OfferShape } from '../offers/offer.js';
import { type GoodRun, reportRecovery } from './report-recovery.js';
import { reportShape } from './report-shape.js';
import type { Telling } from './telling.js';
import { readSeen, watchFigures } from './watch-figures.js';

/**
 * Everything that a good run says about incidents, in the sync's transaction and after its figures are stored.
 * `shape` is `null` for a run without rows. Answers the shape to store with the offer.
 */
export async function reportGoodRun(
  telling: Telling,
  run: GoodRun,
  shape: OfferShape | null,
  columnNames: Readonly<Partial<Record<FigureField, string>>> = {},
): Promise<OfferShape | null> {
  // Asked for together, which is one way to a database on another machine.
  const [hasOpen, seen] = await Promise.all([reportRecovery(telling, run), readSeen(telling, run)]);
  const watched = { ...run, hasOpen };
  await watchFigures(telling, watched, seen);
  return shape ? reportShape(telling, watched, shape, columnNames) : run.offer.shape;
}
