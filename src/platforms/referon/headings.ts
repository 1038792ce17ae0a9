import type { FigureField } from '../../figures.js';

/** Letters and digits only: labels drift in case, dots and blanks between versions. */
export function plainHeading(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Headings of each of our fields; the first that a report has is used. `Click to FTD` and `Reg. to FTD` are never used. */
export const fieldHeadings: Readonly<Record<FigureField, readonly string[]>> = {
  clicks: ['uniqueclickcount', 'uniqueclicks', 'uniqueclickscount', 'clickcount', 'clickscount', 'clicks'],
  registrations: [
    'regcount',
    'regscount',
    'registrationcount',
    'registrationscount',
    'registrations',
    'regs',
  ],
  ftds: ['ftdcount', 'ftdscount', 'ftds', 'ftd'],
  ftdAmount: ['ftdamount', 'ftdsamount', 'ftdsum'],
  deposits: ['deposits', 'depositsamount', 'depositamount', 'depositssum', 'depositsum'],
  ngr: ['ngr', 'netgamingrevenue'],
  commission: ['totalreward', 'totalrewards'],
  depositors: ['depositingcustomers', 'depositingcustomer', 'depositingplayers'],
  prequalified: [],
  qualified: ['cpacount', 'cpascount'],
  cpaIncome: ['cpa', 'cpaamount', 'cpareward'],
};

export type GroupColumn = 'brandId' | 'brand' | 'campaignId' | 'campaign';

export const groupHeadings: Readonly<Record<GroupColumn, readonly string[]>> = {
  brandId: ['brandid'],
  brand: ['brandname', 'brand'],
  campaignId: ['mediaitemid'],
  campaign: ['mediaitemname', 'mediaitem'],
};

/** Used for the campaign where the report is not split by media item. */
export const widerCampaign: Readonly<Record<'campaignId' | 'campaign', readonly string[]>> = {
  campaignId: ['mediacampaignid'],
  campaign: ['mediacampaignname', 'mediacampaign'],
};

export const dateHeadings: readonly string[] = [
  ...['date', 'day', 'period', 'reportdate', 'reportday', 'statdate', 'statisticdate', 'statisticsdate'],
  ...['datetime', 'dateday', 'daydate', 'dateutc', 'dateyyyymmdd', 'bydate', 'byday', 'activitydate'],
];

export const currencyHeadings: readonly string[] = ['currency', 'currencycode'];

/** Groupings other than ours: rows that differ only in these are parts of one row. */
export const finerHeadings: ReadonlySet<string> = new Set([
  ...['programid', 'programname', 'program', 'productid', 'productname', 'product'],
  ...['mediacampaignid', 'mediacampaignname', 'mediacampaign', 'mediaitemid', 'mediaitemname', 'mediaitem'],
  ...['marketingsourceid', 'marketingsource', 'marketingsourcename', 'traffictype', 'geo', 'country'],
  ...['customerid', 'customerregdate', 'customerregistrationdate', 'rewardingplan', 'rewardingplanname'],
]);

/** Columns of figures that are not read, but show how the file writes its numbers. */
export const otherFigures: ReadonlySet<string> = new Set([
  ...['bannerviewcount', 'clickcount', 'ndc', 'rdc', 'activecustomers', 'countofdeposits', 'avgdeposit'],
  ...['ftdsdeposits', 'depositsperftd', 'depositperftd', 'depsperactive', 'turnover', 'cpccount', 'cpc'],
  ...['revenueshare', 'fixedfee', 'bonuses', 'ndcdeposits', 'rdcdeposits', 'deduction', 'subaffiliatereward'],
  ...['regtoftd', 'clicktoftd', 'rsdistribution', 'averagedeposit'],
]);

const known: ReadonlySet<string> = new Set([
  ...Object.values(fieldHeadings).flat(),
  ...Object.values(groupHeadings).flat(),
  ...Object.values(widerCampaign).flat(),
  ...dateHeadings,
  ...currencyHeadings,
  ...finerHeadings,
  ...otherFigures,
]);

export function isKnownHeading(plain: string): boolean {
  return known.has(plain);
}

/** How many cells of a line are headings that we know. */
export function countKnownHeadings(cells: readonly string[]): number {
  return new Set(cells.map(plainHeading).filter(isKnownHeading)).size;
}
