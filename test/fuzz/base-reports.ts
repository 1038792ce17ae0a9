import type { PlatformId } from '../../src/platforms/platform.js';
import type { RandomSource } from './random-source.js';

export interface BaseReport {
  readonly platform: PlatformId;
  readonly text: string;
  /** What the owner stated. */
  readonly currency: string | null;
}

const days = ['2026-11-17', '2026-11-18', '2026-11-19'];
const currencies = ['EUR', 'USDT', 'JPY', 'BTC', 'KWD'];
const brands = [
  {
    id: 12,
    name: 'Lucky Star',
    campaigns: [
      { id: 34, name: 'Main' },
      { id: 35, name: 'SEO, reviews' },
    ],
  },
  { id: 14, name: 'Café Royal', campaigns: [{ id: 36, name: 'Best "of"' }] },
];

interface Keyed {
  readonly day: string;
  readonly brand: (typeof brands)[number];
  readonly campaign: { readonly id: number; readonly name: string };
  readonly currency: string;
}

function keys(random: RandomSource): Keyed[] {
  const all = days
    .slice(random.below(3))
    .flatMap((day) =>
      brands.flatMap((brand) => brand.campaigns.map((campaign) => ({ day, brand, campaign }))),
    );
  const currency = random.pick(currencies);
  const mixed = random.below(4) === 0;
  return all.map((key) => ({ ...key, currency: mixed ? random.pick(currencies) : currency }));
}

function amount(random: RandomSource): string {
  const whole = random.pick([0, 3, 47, 850, 1204, 12_430, 1_234_567]) + random.below(40);
  const sign = random.below(4) === 0 ? '-' : '';
  return `${sign}${whole}.${String(random.below(100)).padStart(2, '0')}`;
}

function affilka(random: RandomSource): BaseReport {
  const style = random.below(4);
  const money = (currency: string) => {
    const text = amount(random);
    if (style === 0) return { currency, amount: text, amount_cents: '0.0' };
    if (style === 1) return text;
    return style === 2 ? Number(text) : { currency, amount_cents: `${random.below(99_999)}.0` };
  };
  const asList = random.below(2) === 0;
  const rows = keys(random).map(({ day, brand, campaign, currency }) => {
    const cells: Record<string, unknown> = {
      date: random.below(2) === 0 ? day : `${day}T00:00:00.000Z`,
      brand_id: brand.id,
      campaign_id: campaign.id,
      currency,
      visits_count: random.below(2000),
      first_deposits_count: random.below(30),
      deposits_sum: money(currency),
      ngr: money(currency),
      partner_income: random.below(5) === 0 ? null : money(currency),
    };
    return asList ? Object.entries(cells).map(([name, value]) => ({ name, value, type: 'x' })) : cells;
  });
  const relations = {
    brands: brands.map(({ id, name }) => ({ id, name })),
    campaigns: brands.flatMap((brand) => brand.campaigns),
  };
  const body = {
    rows: random.below(2) === 0 ? { data: rows } : rows,
    relations,
    current_page: 1,
    total_pages: 1,
  };
  return { platform: 'affilka', text: JSON.stringify(body), currency: null };
}

/** How a file writes a number. */
type Style = (plain: string) => string;

const grouped = (plain: string, thousands: string, mark: string) => {
  const [whole = '', fraction] = plain.split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? parted : `${parted}${mark}${fraction}`;
};

const styles: readonly Style[] = [
  (plain) => plain,
  (plain) => plain.replace('.', ','),
  (plain) => grouped(plain, ',', '.'),
  (plain) => grouped(plain, '.', ','),
  (plain) => grouped(plain, ' ', ','),
];

function quoted(cell: string, mark: string): string {
  return cell.includes(mark) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function referonCsv(random: RandomSource): BaseReport {
  const mark = random.pick([',', ';']);
  const style = random.pick(styles);
  const named = random.below(3) === 0;
  const rows = keys(random);
  const headings = [
    'Date',
    'Brand ID',
    'Brand Name',
    'Media Item ID',
    'Media Item Name',
    ...(named ? ['Currency'] : []),
  ];
  headings.push('Unique Click Count', 'FTD Count', 'Deposits', 'NGR', 'Total Reward');
  const lines = rows.map(({ day, brand, campaign, currency }) => [
    day,
    String(brand.id),
    brand.name,
    String(campaign.id),
    campaign.name,
    ...(named ? [currency] : []),
    style(String(random.below(2000))),
    style(String(random.below(30))),
    style(amount(random)),
    style(amount(random)),
    random.below(5) === 0 ? 'n/a' : style(amount(random)),
  ]);
  const text = [headings, ...lines]
    .map((cells) => cells.map((cell) => quoted(cell, mark)).join(mark))
    .join('\n');
  return { platform: 'referon', text: `${text}\n`, currency: named ? null : (rows[0]?.currency ?? 'EUR') };
}

function referonJson(random: RandomSource): BaseReport {
  const asText = random.below(2) === 0;
  const rows = keys(random);
  const list = rows.map(({ day, brand, campaign }) => ({
    Date: day,
    'Brand ID': brand.id,
    'Brand Name': brand.name,
    'Media Item Name': campaign.name,
    'Unique Click Count': random.below(2000),
    'FTD Count': random.below(30),
    NGR: asText ? amount(random) : Number(amount(random)),
    'Total Reward': amount(random),
  }));
  const body = random.below(2) === 0 ? list : { data: list };
  return { platform: 'referon', text: JSON.stringify(body), currency: rows[0]?.currency ?? 'EUR' };
}

/** A faultless report in one of the shapes that are known. */
export function baseReport(random: RandomSource): BaseReport {
  return random.pick([affilka, referonCsv, referonCsv, referonJson])(random);
}
