import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type Figures, figureFields } from '../../src/figures.js';
import type { Stores } from '../../src/ports.js';
import { csvFile, harmlessText, reportCsv } from '../../src/reports/csv.js';
import { gatherReport } from '../../src/reports/gather-report.js';
import type { ReportRequest } from '../../src/reports/report.js';
import { euro, newOffer, now, read, zone } from '../digest/history.js';
import { openTestStores } from '../support/sqlite.js';
import { figures, reading } from '../support/stored.js';

async function csv(stores: Stores, change: Partial<ReportRequest> = {}): Promise<string> {
  const request: ReportRequest = {
    offers: await stores.offers.list('slack:T1'),
    period: { from: '2026-11-16', to: '2026-11-19' },
    by: ['day', 'offer', 'brand', 'campaign'],
    fields: figureFields,
    zone,
    now,
    ...change,
  };
  return reportCsv(await gatherReport(stores, request));
}

const all: Figures = {
  clicks: 1200,
  registrations: 40,
  ftds: 7,
  ftdAmount: euro(350),
  deposits: euro(12430.55),
  ngr: euro(-1204),
  commission: euro(0),
  depositors: 9,
  prequalified: 3,
  qualified: 2,
  cpaIncome: null,
};

test('the full grain has the agreed columns, exact numbers, and a state for every day', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await read(stores, lucky, '2026-11-18', '2026-11-16', all);
  await stores.transaction(async (inside) => {
    await inside.figures.apply(reading(lucky.id, '2026-11-19T08:00:00.000Z', ['2026-11-17'], []));
    await inside.figures.apply(
      reading(lucky.id, '2026-11-19T08:00:00.000Z', ['2026-11-18'], [], {
        days: new Map([['2026-11-18', 'absent']]),
      }),
    );
  });
  await read(stores, lucky, '2026-11-20', '2026-11-19', { ftds: 1, ngr: euro(0.0049) });

  const lines = (await csv(stores)).split('\n');

  expect(lines).toEqual([
    'date,offer,brand,campaign,currency,clicks,registrations,ftds,ftd_amount,deposits,ngr,commission,depositors,prequalified,qualified,cpa_income,state',
    '2026-11-16,Lucky Star,Lucky,Main,EUR,1200,40,7,350.00,12430.55,-1204.00,0.00,9,3,2,,reported',
    '2026-11-17,Lucky Star,,,EUR,0,0,0,0.00,0.00,0.00,0.00,0,0,0,,reported',
    '2026-11-18,Lucky Star,,,EUR,,,,,,,,,,,,absent',
    '2026-11-19,Lucky Star,Lucky,Main,EUR,,,1,,,0.0049,,,,,,provisional',
    '',
  ]);
});

test('columns that the grouping leaves out are absent, and currencies keep to themselves', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await read(stores, lucky, '2026-11-19', '2026-11-16', { ftds: 2, ngr: euro(10) });
  await read(stores, lucky, '2026-11-19', '2026-11-17', { ftds: 3, ngr: 12_345n }, { currency: 'BTC' });

  const byOffer = await csv(stores, { by: ['offer'], fields: ['ftds', 'ngr'] });
  const byMonth = await csv(stores, { by: ['month'], fields: ['ftds'] });

  expect(byOffer).toBe(
    'offer,currency,ftds,ngr,state\nLucky Star,BTC,3,0.00012345,provisional\nLucky Star,EUR,2,10.00,provisional\n',
  );
  expect(byMonth).toBe('date,currency,ftds,state\n2026-11,BTC,3,provisional\n2026-11,EUR,2,provisional\n');
});

test('an offer that reported nothing has a row and no figures', async () => {
  const stores = await openTestStores();
  await newOffer(stores, 'Royal');

  const text = await csv(stores, { by: ['offer'], fields: ['ftds', 'ngr'] });

  expect(text).toBe('offer,currency,ftds,ngr,state\nRoyal,,,,absent\n');
});

test.each([
  ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
  ['+1', "'+1"],
  ['-Casino', "'-Casino"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  ['＝1+1', "'＝1+1"],
  ['Best;=1+1', "Best;'=1+1"],
  ['Lucky-Star = 1', 'Lucky-Star = 1'],
])('the text %j becomes %j', (text, expected) => {
  expect(harmlessText(text)).toBe(expected);
});

test('hostile names stay one text cell, and negative numbers stay numbers', async () => {
  const stores = await openTestStores();
  const name = '=cmd|\' /C calc\'!A0","x\r\ny';
  const lucky = await newOffer(stores, '-Minus');
  await read(stores, lucky, '2026-11-18', '2026-11-16', { ngr: euro(-5.5) }, { campaign: name });

  const text = await csv(stores, { period: { from: '2026-11-16', to: '2026-11-16' }, fields: ['ngr'] });

  const [, row] = parse(text) as string[][];
  expect(row).toEqual(['2026-11-16', "'-Minus", 'Lucky', `'${name}`, 'EUR', '-5.50', 'reported']);
});

test('a file says that it is UTF-8 to spreadsheets only where a name needs it', () => {
  const plain = csvFile('date,offer\n', 'a.csv').content;
  const accented = csvFile('offer\nÉlite\n', 'a.csv').content;

  expect([...plain.slice(0, 4)]).toEqual([...Buffer.from('date')]);
  expect([...accented.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(accented)).toContain('Élite');
});

test('sums in the file equal what was stored, to the last digit', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  const huge = 9_007_199_254_740_993n;
  await stores.transaction((inside) =>
    inside.figures.apply(
      reading(
        lucky.id,
        now,
        ['2026-11-16', '2026-11-17'],
        [
          {
            day: '2026-11-16',
            brandId: '1',
            brand: 'A',
            campaignId: '1',
            campaign: 'A',
            currency: 'IDR',
            figures: figures({ ngr: huge }),
          },
          {
            day: '2026-11-17',
            brandId: '1',
            brand: 'A',
            campaignId: '1',
            campaign: 'A',
            currency: 'IDR',
            figures: figures({ ngr: 1n }),
          },
        ],
      ),
    ),
  );

  const text = await csv(stores, { by: ['brand'], fields: ['ngr'] });

  expect(text).toContain('A,IDR,900719925474.0994,');
});
