import { type Day, daysBetween, type Instant } from '../../src/dates.js';
import type { BookFigures, BookRow } from './book-row.js';
import { sortRows } from './book-row.js';
import { type Brand, type Campaign, usualBrands } from './catalogue.js';
import { toUnits } from './currencies.js';
import { ageInHours, firstShown, settledAge, visibleFigures } from './visible-figures.js';

/** Days from `from` to `to`, both included, as the books show them at `now`. */
export interface BookWindow {
  readonly from: Day;
  readonly to: Day;
  readonly now: Instant;
  /** Ids; none means all. */
  readonly brands?: readonly string[];
}

export interface Books {
  readonly brands: () => readonly Brand[];
  /** The exact contents, ordered by day, brand, campaign and currency. */
  rows(window: BookWindow): BookRow[];
  row(day: Day, brand: string, campaign: string, currency: string, now: Instant): BookRow | null;
  /** Adds a brand or replaces the one with its id. */
  addBrand(brand: Brand): void;
  /** Puts figures in place of the made-up ones, at once and for good. Brand and campaign are ids. */
  set(day: Day, brand: string, campaign: string, currency: string, figures: BookFigures): void;
  /** Changes some figures of a row that shows at `now`. */
  restate(
    day: Day,
    brand: string,
    campaign: string,
    currency: string,
    change: Partial<BookFigures>,
    now: Instant,
  ): void;
  removeRow(day: Day, brand: string, campaign: string, currency: string): void;
  /** Takes a whole day out; rows that are `set` afterwards show again. */
  removeDay(day: Day): void;
  /** Undoes `removeDay` and every `set` of a day: the made-up figures show again. */
  restoreDay(day: Day): void;
}

export interface BookOptions {
  readonly seed?: string | number;
  readonly brands?: readonly Brand[];
  /** The programme's first day. */
  readonly since?: Day;
  /** False for books that hold only what is `set`. */
  readonly generated?: boolean;
}

const mostRendered = 5_000;

const fallback: Campaign = { id: '', name: '', size: 0, share: 0, cpa: 0 };

function checkFigures(figures: BookFigures, currency: string): void {
  for (const value of Object.values(figures)) {
    if (typeof value === 'string') toUnits(value, currency);
    else if (value !== null && !Number.isSafeInteger(value)) throw new Error(`not a count: ${value}`);
  }
}

/** The programme's own books: a pure function of seed, key and time, with explicit entries on top. */
export function createBooks(options: BookOptions = {}): Books {
  const { brands = usualBrands, since = '2025-01-01', generated = true } = options;
  const seed = String(options.seed ?? 'tallyman');
  const catalogue = new Map(brands.map((brand) => [brand.id, brand]));
  const removedDays = new Set<Day>();
  /** Day → key → figures; `null` is a row taken out. */
  const entries = new Map<Day, Map<string, BookFigures | null>>();
  const rendered = new Map<string, readonly BookRow[]>();

  function entriesOf(day: Day): Map<string, BookFigures | null> {
    const found = entries.get(day) ?? new Map<string, BookFigures | null>();
    entries.set(day, found);
    return found;
  }

  function toRow(day: Day, key: readonly string[], figures: BookFigures): BookRow {
    const [brandId = '', campaignId = '', currency = ''] = key;
    const brand = catalogue.get(brandId);
    const campaign = brand?.campaigns.find((one) => one.id === campaignId) ?? fallback;
    return {
      day,
      brandId,
      brand: brand?.name ?? `Brand ${brandId}`,
      campaignId,
      campaign: campaign.name || `Campaign ${campaignId}`,
      currency,
      figures,
    };
  }

  function render(day: Day, now: Instant): BookRow[] {
    const age = ageInHours(day, now);
    const rows: BookRow[] = [];
    for (const brand of catalogue.values()) {
      if (age < firstShown(seed, brand.id, day)) continue;
      for (const campaign of brand.campaigns) {
        for (const currency of brand.currencies) {
          const key = [brand.id, campaign.id, currency];
          const figures = visibleFigures([seed, ...key], day, campaign, currency, now);
          rows.push(toRow(day, key, figures));
        }
      }
    }
    return rows;
  }

  /** A day's rows depend on its age alone, and settle: worth keeping where a year is read hour by hour. */
  function madeUpRows(day: Day, now: Instant): readonly BookRow[] {
    const age = Math.min(ageInHours(day, now), settledAge);
    if (!generated || day < since || removedDays.has(day) || age < 0) return [];
    const key = `${day} ${age}`;
    const rows = rendered.get(key) ?? render(day, now);
    if (rendered.size > mostRendered) rendered.clear();
    rendered.set(key, rows);
    return rows;
  }

  function rowsOfDay(day: Day, now: Instant): readonly BookRow[] {
    const written = entries.get(day);
    const madeUp = madeUpRows(day, now);
    if (!written) return madeUp;
    const kept = madeUp.filter(
      (row) => !written.has(JSON.stringify([row.brandId, row.campaignId, row.currency])),
    );
    for (const [key, figures] of written) {
      if (figures) kept.push(toRow(day, JSON.parse(key), figures));
    }
    return kept;
  }

  const books: Books = {
    brands: () => [...catalogue.values()],
    rows({ from, to, now, brands: wanted = [] }) {
      const rows = daysBetween(from, to).flatMap((day) => rowsOfDay(day, now));
      return sortRows(rows.filter((row) => wanted.length === 0 || wanted.includes(row.brandId)));
    },
    row(day, brand, campaign, currency, now) {
      const matches = (row: BookRow) =>
        row.brandId === brand && row.campaignId === campaign && row.currency === currency;
      return rowsOfDay(day, now).find(matches) ?? null;
    },
    addBrand(brand) {
      catalogue.set(brand.id, brand);
      rendered.clear();
    },
    set(day, brand, campaign, currency, figures) {
      checkFigures(figures, currency);
      entriesOf(day).set(JSON.stringify([brand, campaign, currency]), figures);
    },
    restate(day, brand, campaign, currency, change, now) {
      const row = books.row(day, brand, campaign, currency, now);
      if (!row) throw new Error(`no row to restate: ${day} ${brand} ${campaign} ${currency}`);
      books.set(day, brand, campaign, currency, { ...row.figures, ...change });
    },
    removeRow(day, brand, campaign, currency) {
      entriesOf(day).set(JSON.stringify([brand, campaign, currency]), null);
    },
    removeDay(day) {
      removedDays.add(day);
      entries.delete(day);
    },
    restoreDay(day) {
      removedDays.delete(day);
      entries.delete(day);
    },
  };
  return books;
}
