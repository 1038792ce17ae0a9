import { isMoneyField } from '../figures.js';
import type { DigestInput } from './digest-input.js';
import { campaignFigures, type Mover } from './offer-figures.js';
import { differenceText, usualText } from './usual.js';

const shownEach = 3;

/** What moved most against its usual, in FTD and in NGR, by campaign where the figures are split by it. */
export function moverTexts(input: DigestInput, byOffer: readonly Mover[]): string[] {
  const campaigns = campaignFigures(input);
  const figures: readonly Mover[] = campaigns.length > 0 ? campaigns : byOffer;
  const currencies = [...new Set(figures.map((entry) => entry.currency))].sort();
  const ftds = topMoves(figures, 'ftds', 12n);
  // Sizes of NGR cannot be compared across currencies: each has its own order.
  const ngr = currencies.flatMap((currency) =>
    topMoves(
      figures.filter((entry) => entry.currency === currency),
      'ngr',
      0n,
    ),
  );
  return [...ftds, ...ngr];
}

function topMoves(figures: readonly Mover[], field: 'ftds' | 'ngr', above: bigint): string[] {
  return figures
    .map((entry) => ({ entry, move: moveOf(entry, field) }))
    .filter(({ move }) => size(move) > above)
    .sort((one, other) => (size(one.move) < size(other.move) ? 1 : -1))
    .slice(0, shownEach)
    .map(({ entry }) => moverText(entry, field));
}

function moveOf({ measured }: Mover, field: 'ftds' | 'ngr'): bigint {
  const { value, usual } = measured[field];
  return value === null || usual === null ? 0n : value * 12n - usual.twelfths;
}

function size(move: bigint): bigint {
  return move < 0n ? -move : move;
}

function moverText(entry: Mover, field: 'ftds' | 'ngr'): string {
  const { value, usual } = entry.measured[field];
  if (value === null || usual === null) return '';
  const name = entry.campaign ? `${entry.offer.name} / ${entry.campaign}` : entry.offer.name;
  const unit = isMoneyField(field) ? `${entry.currency} NGR` : 'FTD';
  const difference = differenceText(value, usual, field, entry.currency);
  return `${name}: ${unit} ${difference} (usual ${usualText(usual, field, entry.currency)})`;
}
