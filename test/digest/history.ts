import { addDays, daysBetween } from '../../src/dates.js';
import type { Figures, SourceRow } from '../../src/figures.js';
import type { Offer } from '../../src/offers/offer.js';
import type { Stores } from '../../src/ports.js';
import { reading, sourceRow, storeOffer } from '../support/stored.js';

/** Thursday is the day told; Friday, nine in the morning in Malta, is when. */
export const thursday = '2026-11-19';
export const friday = '2026-11-20';
export const now = '2026-11-20T08:00:00.000Z';
export const zone = 'Europe/Malta';

export interface Told {
  /** As read on the next morning. */
  readonly young: Partial<Figures>;
  /** As read a day later; left out where nothing changes any more. */
  readonly grown?: Partial<Figures>;
}

/** An offer whose days were each read on the next morning and once more on the one after. */
export async function storeLiveHistory(
  stores: Stores,
  offer: Offer,
  from: string,
  to: string,
  figuresOn: (day: string) => Told | null,
  dimension: Partial<SourceRow> = {},
): Promise<void> {
  for (const day of daysBetween(from, to)) {
    const told = figuresOn(day);
    if (told === null) continue;
    await read(stores, offer, addDays(day, 1), day, told.young, dimension);
    const later = addDays(day, 2);
    if (told.grown && later <= friday) await read(stores, offer, later, day, told.grown, dimension);
  }
}

/** One day's figures in one row, read at eight UTC of the morning. */
export async function read(
  stores: Stores,
  offer: Offer,
  morning: string,
  day: string,
  given: Partial<Figures>,
  dimension: Partial<SourceRow> = {},
): Promise<void> {
  const rows = [sourceRow(day, given, dimension)];
  await stores.transaction((inside) =>
    inside.figures.apply(reading(offer.id, `${morning}T08:00:00.000Z`, [day], rows)),
  );
}

let offers = 0;

export function newOffer(stores: Stores, name: string, change: Partial<Offer> = {}): Promise<Offer> {
  offers += 1;
  return storeOffer(stores, {
    name,
    fingerprint: `fingerprint-${offers}`,
    tokenFingerprint: `token-fingerprint-${offers}`,
    createdAt: '2026-08-01T08:00:00.000Z',
    ...change,
  });
}

/** 12.5 EUR as scaled units. */
export function euro(amount: number): bigint {
  return BigInt(Math.round(amount * 10_000));
}
