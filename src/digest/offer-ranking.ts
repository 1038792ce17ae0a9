import type { OfferFigures } from './offer-figures.js';
import { rarityText } from './rarity.js';
import { differenceText, usualText } from './usual.js';

export interface Ranking {
  readonly best: readonly OfferFigures[];
  readonly worst: readonly OfferFigures[];
}

const shownEach = 3;

/** Best: the most FTD, unless that is less than half of their usual. Worst: furthest below their usual; never both. */
export function rankOffers(figures: readonly OfferFigures[]): Ranking {
  const best = byFtd(figures)
    .filter((entry) => (entry.measured.ftds.value ?? 0n) > 0n && !isFarBelow(entry))
    .slice(0, shownEach);
  const worst = figures
    .filter((entry) => !best.includes(entry) && shortfall(entry) > 0n)
    .sort((one, other) => compare(shortfall(other), shortfall(one)))
    .slice(0, shownEach);
  return { best, worst };
}

/** Most FTD first, then what stands best against its usual, then by name. */
export function byFtd(figures: readonly OfferFigures[]): OfferFigures[] {
  return [...figures].sort(
    (one, other) =>
      compare(other.measured.ftds.value ?? -1n, one.measured.ftds.value ?? -1n) ||
      compare(shortfall(one), shortfall(other)) ||
      one.offer.name.localeCompare(other.offer.name),
  );
}

/** How far FTD lie below usual, in twelfths; negative above it. */
function shortfall({ measured }: OfferFigures): bigint {
  const { value, usual } = measured.ftds;
  return value === null || usual === null ? 0n : usual.twelfths - value * 12n;
}

function isFarBelow({ measured }: OfferFigures): boolean {
  const { value, usual } = measured.ftds;
  return value !== null && usual !== null && value * 24n < usual.twelfths;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `Lucky Star 18 FTD (+9)`. */
export function bestText(entry: OfferFigures): string {
  const { value, usual } = entry.measured.ftds;
  const difference = usual === null ? '' : ` (${differenceText(value ?? 0n, usual, 'ftds', entry.currency)})`;
  return `${entry.offer.name} ${value} FTD${difference}`;
}

/** `Nord 0 FTD (usual 5; rare: 1 in 150)`. */
export function worstText(entry: OfferFigures): string {
  const { value, usual } = entry.measured.ftds;
  const notes = usual === null ? [] : [`usual ${usualText(usual, 'ftds', entry.currency)}`];
  const rarity = rarityOf(entry);
  return `${entry.offer.name} ${value} FTD (${[...notes, ...(rarity === null ? [] : [rarity])].join('; ')})`;
}

/** A day set against final figures would look like a drop only because it is young: nothing is said then. */
export function rarityOf({ measured, ftdSamples }: OfferFigures): string | null {
  const { value, usual } = measured.ftds;
  if (value === null || usual === null || usual.hasFinal) return null;
  return rarityText(Number(value), ftdSamples);
}
