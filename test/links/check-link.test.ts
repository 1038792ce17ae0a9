import { describe, expect, test } from 'vitest';
import { type CheckedLink, checkLink } from '../../src/links/check-link.js';
import { platforms } from '../../src/platforms/index.js';
import { affilkaLink, customerLink, referonLink, rows, tableDay } from './pasted-table.js';

function check(pasted: string, token?: string): CheckedLink {
  return checkLink(pasted, {
    today: tableDay,
    allowPrivateHost: (url) => url.host === '127.0.0.1:4010',
    platforms,
    ...(token === undefined ? {} : { token }),
  });
}

function codes({ findings }: Pick<CheckedLink, 'findings'>): string[] {
  return findings.map(({ code }) => code);
}

test('the table holds every case once', () => {
  expect(rows.length).toBeGreaterThanOrEqual(140);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test.each(rows)('gives exactly its findings for $name', ({ pasted, codes: expected, token }) => {
  expect(codes(check(pasted, token))).toEqual(expected);
});

test.each(rows)('leaves nothing to mend after mending $name', ({ pasted, token }) => {
  const { findings, mended } = check(pasted, token);
  const unmendable = findings.filter((finding) => !finding.mendable).map(({ code }) => code);
  expect(mended === null ? unmendable : codes({ findings: mended.findingsLeft })).toEqual(unmendable);
});

test.each(rows.filter(({ name }) => !/in the text|wrapped|twice/.test(name)))(
  'never shows the token of $name in a finding or a change',
  ({ pasted, token }) => {
    const { findings, changes, mended } = check(pasted, token);
    expect(JSON.stringify([findings, changes, mended?.changes])).not.toMatch(/test-(?:token|password)/);
  },
);

describe('a refused URL', () => {
  const faulty = affilkaLink
    .replace('group_by%5B%5D=brand&', '')
    .replace('page=1', 'page=3')
    .replace('columns%5B%5D=ngr&', '');

  test('names its faults in words, with what the bot can do first', () => {
    const { findings, host, tokenTail, platform } = check(faulty);
    expect([platform?.label, host, tokenTail]).toEqual(['Affilka', 'primetime.example', '082e']);
    expect(findings.map(({ what }) => what)).toEqual([
      'The report is not split by brand.',
      'It starts on page 3.',
      'The column "ngr" is not in the report.',
    ]);
    expect(findings[1]?.fix[0]).toBe('Let me set page to 1.');
  });

  test('is mended by the bot, which says what it changed', () => {
    const { mended } = check(faulty);
    expect(mended?.changes).toEqual(['Added group_by[]=brand.', 'Set page to 1.', 'Added the column ngr.']);
    expect(mended?.findingsLeft).toEqual([]);
    expect(mended?.access.url).toBe(
      affilkaLink
        .replace('group_by%5B%5D=brand&', '')
        .replace('columns%5B%5D=ngr&', '')
        .replace('=campaign', '=campaign&group_by%5B%5D=brand')
        .replace('=qualified_players_count', '=qualified_players_count&columns%5B%5D=ngr'),
    );
  });

  test('keeps what only the dashboard can change among the findings left', () => {
    const { mended } = check(faulty.replace(/token=[^&]*/, 'token=YOUR_TOKEN'));
    expect(codes({ findings: mended?.findingsLeft ?? [] })).toEqual(['link.token-placeholder']);
  });

  test('is not mended when only the dashboard can help', () => {
    expect(check(affilkaLink.replace(/&token=[^&]*/, '')).mended).toBeNull();
  });
});

test('turns an XML link into its JSON twin and says so', () => {
  const { mended } = check(affilkaLink.replace('report.json', 'report.xml'));
  expect(mended?.access.url).toBe(affilkaLink);
  expect(mended?.changes).toEqual(['Changed report.xml to report.json.']);
});

test('offers https for an http link', () => {
  const { mended } = check(referonLink.replace('https', 'http'));
  expect(mended).toEqual({
    access: { url: referonLink },
    changes: ['Changed http:// to https://.'],
    findingsLeft: [],
  });
});

test('lets a private host pass, over http and on its port, when the operator allows exactly it', () => {
  const there = affilkaLink.replace('https://primetime.example', 'http://127.0.0.1:4010');
  expect(codes(check(there))).toEqual([]);
  expect(codes(check(there.replace('4010', '4011')))).toEqual(['link.not-https', 'link.private-address']);
});

test('puts errors before warnings', () => {
  const { findings } = check(referonLink.replace('&from=2026-04-01&to=2026-04-13&download=true', ''));
  expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warning']);
});

test('keeps the token beside a customer API link', () => {
  const { access, tokenTail } = check(customerLink, ' test-token-beside-9f3a ');
  expect(access).toEqual({ url: customerLink, token: 'test-token-beside-9f3a' });
  expect(tokenTail).toBe('9f3a');
});

test.each([
  ['groupby[]', (url: string) => url.replaceAll('group_by%5B%5D', 'groupby[]')],
  ['colums[]', (url: string) => url.replaceAll('columns%5B%5D', 'colums%5B%5D')],
])('points at the misspelt key %s', (key, misspell) => {
  const [finding] = check(misspell(affilkaLink)).findings;
  expect(finding?.why).toContain(`The URL has "${key}", which Affilka does not read.`);
});

test('names the other system that a link looks like', () => {
  const [finding] = check('https://stats.orion.example/api/af2_media_report_af?group_by=afp').findings;
  expect(finding?.what).toContain('Smartico');
});

test('says what cleaning did', () => {
  const { changes } = check(`see <${affilkaLink.replaceAll('&', '&amp;')}>`);
  expect(changes).toEqual(['Took the address out of the text around it.', 'Turned &amp; back into &.']);
});
