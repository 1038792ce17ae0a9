import { addDays, type Day, daysBetween } from '../../src/dates.js';
import { figureFields, type SourceRow } from '../../src/figures.js';
import type { BookFigures } from '../sandbox/book-row.js';
import { type Books, createBooks } from '../sandbox/books.js';
import { usualBrands } from '../sandbox/catalogue.js';
import { fromUnits } from '../sandbox/currencies.js';
import { asBookRows } from '../sandbox/expected-rows.js';
import type { Random } from '../sandbox/random.js';

interface Key {
  readonly brand: string;
  readonly campaign: string;
  readonly currency: string;
}

const keys: readonly Key[] = usualBrands.flatMap(({ id, campaigns, currencies }) =>
  campaigns.flatMap((campaign) =>
    currencies.map((currency) => ({ brand: id, campaign: campaign.id, currency })),
  ),
);

const rowsAVersion = 1000;

/** Books of which every row tells the version of its day, so that a day stored in part shows. */
export interface VersionedBooks {
  readonly books: Books;
  versionOf(day: Day): number;
  /** Changes all rows of a day at once; one of them goes missing, another one with each version. */
  restate(day: Day): void;
  /** Opens the days that have come since. */
  openDaysTo(day: Day): void;
  /** Restates one of the last days. */
  restateOneOf(days: number, random: Random): void;
}

/** The index of the row that a version lacks. */
function lacking(version: number): number {
  return version % (keys.length * 2);
}

function figuresOf(version: number, index: number, currency: string): BookFigures {
  const clicks = version * rowsAVersion + index;
  const money = (factor: number) => fromUnits(BigInt(clicks * factor), currency);
  return {
    clicks,
    registrations: clicks + 1,
    ftds: clicks + 2,
    depositors: clicks + 3,
    prequalified: clicks + 4,
    qualified: clicks + 5,
    ftdAmount: money(3),
    deposits: money(5),
    ngr: money(-7),
    commission: money(11),
    cpaIncome: money(13),
  };
}

export function createVersionedBooks(from: Day, to: Day): VersionedBooks {
  const books = createBooks({ generated: false });
  const versions = new Map<Day, number>();
  let last = to;

  function write(day: Day, version: number): void {
    versions.set(day, version);
    keys.forEach(({ brand, campaign, currency }, index) => {
      if (index === lacking(version)) books.removeRow(day, brand, campaign, currency);
      else books.set(day, brand, campaign, currency, figuresOf(version, index, currency));
    });
  }

  const versionOf = (day: Day) => versions.get(day) ?? 0;
  for (const day of daysBetween(from, to)) write(day, 1);
  return {
    books,
    versionOf,
    restate: (day) => write(day, versionOf(day) + 1),
    openDaysTo(day) {
      for (const next of daysBetween(addDays(last, 1), day)) write(next, 1);
      if (day > last) last = day;
    },
    restateOneOf(days, random) {
      const day = addDays(last, -random.whole(0, days - 1));
      write(day, versionOf(day) + 1);
    },
  };
}

/** The version that a stored day is, whole, or `null` when it is a mixture or a part. ReferOn has only `EUR`, and no prequalified players. */
export function wholeVersion(stored: readonly SourceRow[], currencies: 'all' | 'EUR'): number | null {
  const version = Math.floor((stored[0]?.figures.clicks ?? 0) / rowsAVersion);
  const expected = keys.flatMap(({ currency }, index) => {
    if (index === lacking(version) || (currencies === 'EUR' && currency !== 'EUR')) return [];
    const figures = figuresOf(version, index, currency);
    return [lineOf(currency, currencies === 'EUR' ? { ...figures, prequalified: null } : figures)];
  });
  const found = asBookRows(stored).map((row) => lineOf(row.currency, row.figures));
  return expected.sort().join('\n') === found.sort().join('\n') ? version : null;
}

function lineOf(currency: string, figures: BookFigures): string {
  return [currency, ...figureFields.map((field) => figures[field])].join(' ');
}
