import { expect, test } from 'vitest';
import { affilka } from '../../../src/platforms/affilka/affilka.js';
import { affilkaLink, customerLink } from '../../links/pasted-table.js';

const query = { from: '2026-03-01', to: '2026-03-07', page: 2, ratesDate: '2026-03-08' };

test('sets dates, page and the day of the rates, and leaves the rest byte for byte', () => {
  expect(affilka.request({ url: affilkaLink }, query).url).toBe(
    affilkaLink
      .replace('from=2026-04-01', 'from=2026-03-01')
      .replace('to=2026-04-21', 'to=2026-03-07')
      .replace('exchange_rates_date=2026-04-21', 'exchange_rates_date=2026-03-08')
      .replace('page=1', 'page=2'),
  );
});

test('names no day of rates where nothing is converted', () => {
  const url = affilkaLink.replace(/exchange_rates_date.*?EUR&/, '');
  expect(affilka.request({ url }, query).url).not.toContain('exchange_rates_date');
});

test('adds the day of the rates where a currency is asked for without one', () => {
  const url = affilkaLink.replace(/exchange_rates_date=[^&]*&/, '');
  expect(affilka.request({ url }, query).url).toContain('&exchange_rates_date=2026-03-08');
});

test('puts the token of the customer API bare into the Authorization header', () => {
  const request = affilka.request({ url: customerLink, token: 'test-token-9' }, query);
  expect(request.headers).toEqual({ accept: 'application/json', authorization: 'test-token-9' });
  expect(request.url).not.toContain('token');
});

test('takes a token out of the customer API URL, where it would be logged', () => {
  const request = affilka.request({ url: `${customerLink}&token=test-token-9%2B` }, query);
  expect(request.headers.authorization).toBe('test-token-9+');
  expect(request.url).not.toContain('token');
});

test('puts a token beside the export link into it', () => {
  const url = affilkaLink.replace(/&token=[^&]*/, '');
  const request = affilka.request({ url, token: 'test-token-a+b' }, query);
  expect(new URL(request.url).searchParams.get('token')).toBe('test-token-a+b');
  expect(request.headers).not.toHaveProperty('authorization');
});

test('sees the same report whatever its window, name, columns and order', () => {
  const identity = affilka.identityOf({ url: affilkaLink });
  const [before = '', parameters = ''] = affilkaLink.split('?');
  const variants = [
    affilkaLink.replace('name=', 'name=March'),
    affilkaLink.replace('columns%5B%5D=ngr&', ''),
    affilkaLink.replaceAll('%5B%5D', '[]'),
    affilkaLink.replace('exchange_rates_date=2026-04-21', 'exchange_rates_date=2026-01-01'),
    affilkaLink.replace('report.json', 'report.xml'),
    `${before}?${parameters.split('&').reverse().join('&')}`,
  ];
  expect(variants.map((url) => affilka.identityOf({ url }))).toEqual(variants.map(() => identity));
});

test('sees another report behind another brand, token or currency', () => {
  const others = [
    `${affilkaLink}&brand_id%5B%5D=12`,
    affilkaLink.replace('test-token-b7', 'test-token-c8'),
    affilkaLink.replace('conversion_currency=EUR', 'conversion_currency=USD'),
  ];
  const identities = new Set([affilkaLink, ...others].map((url) => affilka.identityOf({ url })));
  expect(identities.size).toBe(4);
});

test('shows the name that the export was given', () => {
  expect(affilka.reportNameOf({ url: affilkaLink.replace('name=', 'name=Lucky+Star%20daily') })).toBe(
    'Lucky Star daily',
  );
  expect(affilka.reportNameOf({ url: affilkaLink })).toBeNull();
});

test('shows nothing of a token so short that four characters would give it away', () => {
  expect(affilka.tokenOf({ url: affilkaLink.replace(/token=[^&]*/, 'token=abc12') })).toBe('');
  expect(affilka.tokenOf({ url: affilkaLink.replace(/token=[^&]*/, 'token=') })).toBeNull();
});

test.each([
  ['the export link', { url: affilkaLink }, 'https://primetime.example', 'test-token-b7e3f1a2d4c9082e'],
  [
    'the customer API',
    { url: customerLink, token: 'test-token-9' },
    'https://api.nord.example',
    'test-token-9',
  ],
])(
  'asks for the columns of the account behind %s, with the token in the header alone',
  (_, access, origin, token) => {
    const request = affilka.attributesRequest?.(access);
    expect(request?.url).toBe(`${origin}/api/customer/v1/partner/report/attributes`);
    expect(request?.headers.authorization).toBe(token);
  },
);

test('knows whether figures depend on the day of the rates', () => {
  expect(affilka.converts({ url: affilkaLink })).toBe(true);
  expect(affilka.converts({ url: affilkaLink.replace('currencies=true', 'currencies=false') })).toBe(false);
});
