import { expect, test } from 'vitest';
import { carefulPage } from '../../../src/platforms/affilka/parse.js';
import { quickPage } from '../../../src/platforms/affilka/quick-page.js';
import type { ReportPage } from '../../../src/platforms/platform.js';
import { affilkaRenewalSteps } from '../../../src/problems/affilka.js';
import { affilkaBody } from '../../bench/load-pages.js';
import { baseReport } from '../../fuzz/base-reports.js';
import { randomSource } from '../../fuzz/random-source.js';

/** Holds every day that the pages here are about, whenever the test runs. */
const wholeSpan = { from: '2026-08-22', to: '2026-11-19' };
const context = { query: { ...wholeSpan, page: 1, ratesDate: wholeSpan.to }, currency: null };
const source = { label: 'Affilka', renewalSteps: affilkaRenewalSteps };
const quick = (text: string | Buffer) => quickPage(Buffer.from(text), context, source);

function careful(text: string): ReportPage | null {
  try {
    return carefulPage(Buffer.from(text), context);
  } catch {
    return null;
  }
}

const page = affilkaBody('plain', { from: '2026-11-18', to: '2026-11-19' }).toString();

test('a page with rows that are all written alike is read as the careful reader reads it', () => {
  const body = affilkaBody('restated', wholeSpan);

  expect(quick(body)?.rows).toHaveLength(360);
  expect(quick(body)).toEqual(carefulPage(body, context));
});

test.each([
  [
    'an amount with more decimals than are kept',
    (text: string) => text.replace('"amount":"', '"amount":"1.000001'),
  ],
  [
    'an amount of its own currency',
    (text: string) => text.replace(/("ngr","value":\{"currency":)"EUR"/, '$1"USD"'),
  ],
  [
    'a key named twice in a row',
    (text: string) => text.replace('"type":"date"', '"type":"date","value":"2026-11-01"'),
  ],
  ['a number that is no JSON', (text: string) => text.replace(/("visits_count","value":)\d+/, '$1012')],
  ['a day outside the window', (text: string) => text.replace('2026-11-18T', '2026-01-18T')],
  ['a day that does not exist', (text: string) => text.replace('2026-11-18T', '2026-11-31T')],
  [
    'an amount under a key without letters',
    (text: string) => text.replace(/("ngr","value":\{"currency":"EUR",)"amount":"[^"]*"/, '$1"":"9.99"'),
  ],
  ['two rows of one key', (text: string) => text.replaceAll('"value":3457', '"value":3456')],
  ['a row cut short', (text: string) => text.replace(/,\{"name":"ngr".*?\}\}?(?=,)/, '')],
  ['an escape in a value', (text: string) => text.replace('"value":"EUR"', '"value":"\\u0045UR"')],
  ['a control character in a value', (text: string) => text.replace('"value":"EUR"', '"value":"E\u0001R"')],
  ['no brackets around the rows', (text: string) => text.replace('"data":[[', '"data":[')],
  ['a second list of rows', (text: string) => text.replace('}', '},"rows":{"data":[]}')],
  ['the rows in another object', (text: string) => `{"old":${text},"rows":[]}`],
  ['an error beside the rows', (text: string) => text.replace('{', '{"error":"token expired",')],
  ['bytes that are no UTF-8', (text: string) => text.replace('Lucky', '\ufffd')],
])('%s is left to the careful reader, or read as it reads it', (_, change) => {
  const text = change(page);
  const read = quick(text);

  expect(text).not.toBe(page);
  if (read) expect(read).toEqual(careful(text));
  else expect(read).toBeNull();
});

const bits = [
  '',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  '-',
  '1',
  '.',
  ' ',
  'e',
  'null',
  '\u0000',
  '\ufffd',
  '00',
];

test('a page changed in any one place is never read otherwise than by the careful reader', () => {
  const random = randomSource(20_261_121);
  let read = 0;
  for (let round = 0; round < 4000; round += 1) {
    const base = round % 2 === 0 ? page : (baseReport(random).text ?? '');
    const at = random.below(base.length);
    const text = base.slice(0, at) + random.pick(bits) + base.slice(at + random.below(9));
    const fast = quick(text);
    if (!fast) continue;
    read += 1;
    expect(fast, text).toEqual(careful(text));
  }

  expect(read).toBeGreaterThan(100);
});
