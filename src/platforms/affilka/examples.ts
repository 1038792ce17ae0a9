import type { PlatformExample } from '../platform.js';
import { wantedColumns } from './url.js';

const columns = wantedColumns.map((column) => `columns%5B%5D=${column}`).join('&');

const start =
  'https://partners.lucky-star.example/api/client/partner/report.json?from=2026-04-01&to=2026-04-21';
const conversion = 'exchange_rates_date=2026-04-21&convert_all_currencies=true&conversion_currency=EUR';
const groups = 'group_by%5B%5D=day&group_by%5B%5D=brand&group_by%5B%5D=campaign';
const end = 'name=&token=test-token-affilka-5678&page=1';
const whole = `${start}&period=custom&${conversion}&${columns}&${groups}&${end}`;

export const affilkaExamples: readonly PlatformExample[] = [
  { name: 'the link of Export report → JSON', url: whole, codes: [] },
  {
    name: 'plain brackets',
    url: whole.replaceAll('%5B%5D', '[]'),
    codes: [],
  },
  {
    name: 'the XML export',
    url: whole.replace('report.json', 'report.xml'),
    codes: ['link.xml-feed'],
  },
  {
    name: 'a dashboard page',
    url: 'https://partners.lucky-star.example/partner/reports/statistics?period=custom',
    codes: ['link.dashboard-page'],
  },
  {
    name: 'no token',
    url: whole.replace('token=test-token-affilka-5678', 'token='),
    codes: ['link.token-missing'],
  },
  {
    name: 'a token from an example',
    url: whole.replace('test-token-affilka-5678', 'YOUR_TOKEN'),
    codes: ['link.token-placeholder'],
  },
  { name: 'no end date', url: whole.replace('&to=2026-04-21', ''), codes: ['affilka.dates-missing'] },
  {
    name: 'dates the wrong way round',
    url: whole.replace('from=2026-04-01', 'from=2026-04-30'),
    codes: ['affilka.dates-invalid'],
  },
  {
    name: 'a ready-made period',
    url: whole.replace('period=custom', 'period=last_month'),
    codes: ['affilka.period-not-custom'],
  },
  { name: 'a later page', url: whole.replace('page=1', 'page=3'), codes: ['affilka.page-not-one'] },
  {
    name: 'not split by brand',
    url: whole.replace('&group_by%5B%5D=brand', ''),
    codes: ['affilka.group-by-missing'],
  },
  { name: 'no NGR column', url: whole.replace('&columns%5B%5D=ngr', ''), codes: ['affilka.column-missing'] },
  { name: 'no conversion', url: whole.replace(`&${conversion}`, ''), codes: ['affilka.no-conversion'] },
  {
    name: 'split by player',
    url: whole.replace('&group_by%5B%5D=brand', '&group_by%5B%5D=brand&group_by%5B%5D=player'),
    codes: ['affilka.player-grouping'],
  },
  {
    name: 'three faults at once',
    url: whole
      .replace('&group_by%5B%5D=brand', '')
      .replace('page=1', 'page=3')
      .replace('&columns%5B%5D=ngr', ''),
    codes: ['affilka.group-by-missing', 'affilka.page-not-one', 'affilka.column-missing'],
  },
];
