import type { Dimension } from '../figures.js';
import type { Offer } from './offer.js';

/** What a new report says of itself: where it is read, and the brands and campaigns of its rows. */
export interface NewReport {
  readonly host: string;
  readonly dimensions: readonly Dimension[];
}

/** Why a new report may belong to another account than the offer, or `null` when nothing speaks for that. */
export function strangerDoubt(offer: Offer, known: readonly Dimension[], report: NewReport): string | null {
  if (known.length === 0) return null;
  if (report.dimensions.length === 0) {
    return 'The new report is empty for the last seven days, so its brands and campaigns cannot be compared.';
  }
  const sameHost = report.host === offer.host;
  const keys = sameHost ? byId : byName;
  if (!overlaps(known, report.dimensions, keys)) {
    return `Until now it had ${namesOf(known)}; the new report has ${namesOf(report.dimensions)}, and no campaign of one casino is in both.`;
  }
  if (sameHost) return null;
  return `Brands and campaigns agree, but it was read at ${offer.host} until now, and the new URL is of ${report.host}.`;
}

/** What the renewal rests on, in a sentence. */
export function proofOf(offer: Offer, known: readonly Dimension[], report: NewReport): string {
  if (strangerDoubt(offer, known, report) !== null) return 'Taken as the same account because you said so.';
  if (known.length === 0) return 'It has no history yet, so there was nothing to compare.';
  const brands = inBoth(known, report.dimensions, byId.brand);
  const campaigns = inBoth(known, report.dimensions, byId.campaign);
  return `It is the same account: ${count(brands, 'brand')} and ${count(campaigns, 'campaign')} are in both reports.`;
}

/** True when a campaign of one casino is in both, by the ids of one programme. Where one side has no campaigns, the casino decides. */
export function sharesFigures(known: readonly Dimension[], rows: readonly Dimension[]): boolean {
  return overlaps(known, rows, byId);
}

interface Keys {
  readonly brand: (dimension: Dimension) => string;
  readonly campaign: (dimension: Dimension) => string;
}

const byId: Keys = {
  brand: ({ brandId, brand }) => brandId || brand,
  campaign: ({ campaignId, campaign }) => campaignId || campaign,
};

/** Ids of two programmes have nothing to do with each other. */
const byName: Keys = {
  brand: ({ brand }) => brand.toLowerCase(),
  campaign: ({ campaign }) => campaign.toLowerCase(),
};

function overlaps(
  known: readonly Dimension[],
  rows: readonly Dimension[],
  { brand, campaign }: Keys,
): boolean {
  const campaignsOf = new Map<string, Set<string>>();
  for (const dimension of known) {
    const campaigns = campaignsOf.get(brand(dimension)) ?? new Set();
    campaignsOf.set(brand(dimension), campaigns.add(campaign(dimension)));
  }
  return rows.some((row) => {
    const campaigns = campaignsOf.get(brand(row));
    if (!campaigns || (brand(row) === '' && campaign(row) === '')) return false;
    return campaigns.has(campaign(row)) || campaigns.has('') || campaign(row) === '';
  });
}

function inBoth(
  known: readonly Dimension[],
  rows: readonly Dimension[],
  key: (dimension: Dimension) => string,
): number {
  const had = new Set(known.map(key));
  return new Set(rows.map(key).filter((value) => value !== '' && had.has(value))).size;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function namesOf(dimensions: readonly Dimension[]): string {
  const names = [...new Set(dimensions.map(({ brand, brandId }) => brand || brandId))].filter(Boolean);
  if (names.length === 0) return 'no named brand';
  return names.slice(0, 4).join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : '');
}
