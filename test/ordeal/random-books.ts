import { addMilliseconds, type Day, type Instant } from '../../src/dates.js';
import type { BookFigures } from '../sandbox/book-row.js';
import { type Books, createBooks } from '../sandbox/books.js';
import type { Brand } from '../sandbox/catalogue.js';
import { fromUnits } from '../sandbox/currencies.js';
import type { Random } from '../sandbox/random.js';

const currencies = ['EUR', 'EUR', 'USD', 'SEK', 'JPY', 'KWD', 'IDR', 'USDT', 'BTC', 'ETH'];
const coins = new Set(['USDT', 'BTC', 'ETH']);
const names = [
  'Lucky Star',
  'Café Royal',
  'Nord, Süd & Co',
  'Bella "B" Vegas',
  '777',
  '=1+1',
  'Total Win',
  '카지노',
  'O’Hara; Ltd',
];

function distinct<T>(random: Random, list: readonly T[], most: number): T[] {
  const chosen = new Set<T>();
  const wanted = random.whole(1, most);
  for (let draw = 0; draw < wanted; draw += 1) {
    const found = list[random.whole(0, list.length - 1)];
    if (found !== undefined) chosen.add(found);
  }
  return [...chosen];
}

export function randomBrands(random: Random): Brand[] {
  return distinct(random, names, 3).map((name, index) => ({
    id: String(12 + index),
    name,
    currencies: distinct(random, currencies, 3),
    campaigns: distinct(random, names, 3).map((campaign, at) => ({
      id: String(3400 + 10 * index + at),
      name: campaign,
      size: 0,
      share: 0,
      cpa: 0,
    })),
  }));
}

function count(random: Random): number | null {
  if (random.chance(0.04)) return null;
  return random.chance(0.3) ? 0 : random.whole(1, random.chance(0.1) ? 2_000_000 : 400);
}

/** From nothing to billions, taken back as often as not, in the currency's smallest units. */
function money(random: Random, currency: string): string | null {
  if (random.chance(0.04)) return null;
  if (random.chance(0.2)) return fromUnits(0n, currency);
  // What is kept with eight decimals reaches to 92 billion, also where coins are converted and added up.
  const reach = 10 ** random.whole(1, random.chance(0.05) ? (coins.has(currency) ? 12 : 14) : 8);
  return fromUnits(BigInt(random.whole(-reach, reach)), currency);
}

export function randomFigures(random: Random, currency: string): BookFigures {
  return {
    clicks: count(random),
    registrations: count(random),
    ftds: count(random),
    depositors: count(random),
    prequalified: count(random),
    qualified: count(random),
    ftdAmount: money(random, currency),
    deposits: money(random, currency),
    ngr: money(random, currency),
    commission: money(random, currency),
    cpaIncome: money(random, currency),
  };
}

function setSome(random: Random, books: Books, day: Day, share: number): void {
  for (const brand of books.brands()) {
    for (const campaign of brand.campaigns) {
      for (const currency of brand.currencies) {
        if (!random.chance(share)) continue;
        books.set(day, brand.id, campaign.id, currency, randomFigures(random, currency));
      }
    }
  }
}

/** Books of a few brands; the last days come late. */
export function randomBooks(random: Random, days: readonly Day[]): Books {
  const books = createBooks({ generated: false, brands: randomBrands(random) });
  const late = random.whole(0, Math.min(3, days.length - 1));
  for (const day of days.slice(0, days.length - late)) {
    if (random.chance(0.9)) setSome(random, books, day, 0.8);
  }
  return books;
}

/** One thing that happens in the books between two readings. */
export function changeBooks(random: Random, books: Books, days: readonly Day[], now: Instant): void {
  const day = days[random.whole(0, days.length - 1)] ?? '';
  const rows = books.rows({ from: day, to: day, now });
  const row = rows[random.whole(0, Math.max(0, rows.length - 1))];
  const dice = random.next();
  if (!row || dice < 0.25) {
    setSome(random, books, day, 0.5);
    return;
  }
  const key = [day, row.brandId, row.campaignId, row.currency] as const;
  if (dice < 0.75) {
    const fresh = randomFigures(random, row.currency);
    const change = random.chance(0.5) ? { ftds: fresh.ftds, ngr: fresh.ngr } : fresh;
    books.restate(...key, change, now);
  } else if (dice < 0.93) books.removeRow(...key);
  else books.removeDay(day);
}

/** Minutes to days: time between two readings. */
export function randomWait(random: Random, now: Instant): Instant {
  return addMilliseconds(now, random.whole(1, random.chance(0.3) ? 3_000 : 90) * 60_000);
}
