/** The two sample links of the setup guides on made-up hosts and with made-up tokens, and what people make of them. */

export const tableDay = '2026-05-10';

const columns =
  'visits_count registrations_count depositing_players_count first_deposits_count first_deposits_sum deposits_sum ngr partner_income fixed_per_player prequalified_players_count qualified_players_count'.split(
    ' ',
  );
const conversion = 'exchange_rates_date=2026-04-21&convert_all_currencies=true&conversion_currency=EUR';
const dates = 'from=2026-04-01&to=2026-04-21';
const groups = 'group_by%5B%5D=day&group_by%5B%5D=brand&group_by%5B%5D=campaign';
const token = 'token=test-token-b7e3f1a2d4c9082e';
const feed = '/api/client/partner/report.json';

export const affilkaLink = `https://primetime.example${feed}?${dates}&period=custom&${conversion}&${columns
  .map((column) => `columns%5B%5D=${column}`)
  .join('&')}&${groups}&name=&${token}&page=1`;

export const referonLink =
  'https://ro-affiliate.bella.example/statistic-service/report-preset/export?id=42159&token=test-token-fDFmZM8B/Qx+Zz9==&from=2026-04-01&to=2026-04-13&download=true';

export const customerLink = affilkaLink
  .replace('primetime.example', 'api.nord.example')
  .replace(feed, '/api/customer/v1/partner/report')
  .replace(`&${token}`, '');

/** A pasted text, the codes it must give in this order, and the token given beside it. */
export interface Row {
  readonly name: string;
  readonly pasted: string;
  readonly codes: readonly string[];
  readonly token?: string;
}

function on(host: string, url: string): string {
  return url.replace(/^https:\/\/[^/]+/, `https://${host}`);
}

function row(name: string, pasted: string, ...codes: string[]): Row {
  return { name, pasted, codes };
}

/** The Affilka sample with one part replaced, on its own host. */
function affilka(name: string, change: (url: string) => string, ...codes: string[]): Row {
  const host = `${name.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}.partners.example`;
  return row(`Affilka: ${name}`, change(on(host, affilkaLink)), ...codes);
}

function referon(name: string, change: (url: string) => string, ...codes: string[]): Row {
  const host = `${name.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}.aff.example`;
  return row(`ReferOn: ${name}`, change(on(host, referonLink)), ...codes);
}

const swap = (what: string | RegExp, by: string) => (url: string) => url.replace(what, by);
const drop = (what: string | RegExp) => swap(what, '');

const goodRows: readonly Row[] = [
  affilka('as the dashboard gives it', (url) => url),
  affilka('plain brackets', (url) => url.replaceAll('%5B%5D', '[]')),
  affilka('lower-case encoding', (url) => url.replaceAll('%5B%5D', '%5b%5d')),
  affilka('a brand filter', (url) => `${url}&brand_id%5B%5D=12`),
  affilka('more columns', swap('&group_by', '&columns%5B%5D=ggr&columns%5B%5D=wager&group_by')),
  affilka('split by promo too', swap('&name=', '&group_by%5B%5D=promo&name=')),
  affilka('split by country of players', swap('&name=', '&group_by%5B%5D=player_country&name=')),
  affilka('split by a dynamic tag', swap('&name=', '&group_by%5B%5D=dynamic_tag_btag&name=')),
  affilka('conversion as 1', swap('convert_all_currencies=true', 'convert_all_currencies=1')),
  affilka('a currency alone', drop('convert_all_currencies=true&')),
  affilka('a window up to today', swap('to=2026-04-21', 'to=2026-05-10')),
  affilka('a day that has begun elsewhere', swap('to=2026-04-21', 'to=2026-05-11')),
  affilka('one day', swap('from=2026-04-01', 'from=2026-04-21')),
  affilka('other order', (url) => {
    const [before = '', query = ''] = url.split('?');
    return `${before}?${query.split('&').reverse().join('&')}`;
  }),
  affilka('below a language', swap('/api/', '/en/api/')),
  affilka('a token that says test', swap(token, 'token=test-token')),
  referon('as Copy link gives it', (url) => url),
  referon('token with an encoded end', swap('==', '%3D%3D')),
  referon('other order', swap(/\?(.*)&download=true$/, '?download=true&$1')),
  referon('a preset that is a UUID', swap('id=42159', 'id=5c1e2f00-90aa-4b1c')),
  { ...row('Affilka customer API with its token beside it', customerLink), token: 'test-token-statistic-1' },
  {
    ...row(
      'customer API without page and period',
      customerLink.replace('&page=1', '').replace('&period=custom', ''),
    ),
    token: 'test-token-statistic-2',
  },
  row('customer API with its token inside', `${customerLink}&token=test-token-statistic-3`),
  { ...row('feed with its token beside it', affilkaLink.replace(`&${token}`, '')), token: 'test-token-4' },
];

const groupCode = 'affilka.group-by-missing';
const columnCode = 'affilka.column-missing';
const affilkaRows: readonly Row[] = [
  affilka('no from', drop('from=2026-04-01&'), 'affilka.dates-missing'),
  affilka('no to', drop('&to=2026-04-21'), 'affilka.dates-missing'),
  affilka('no dates', drop(`${dates}&`), 'affilka.dates-missing'),
  affilka('empty from', swap('from=2026-04-01', 'from='), 'affilka.dates-missing'),
  affilka('from after to', swap('from=2026-04-01', 'from=2026-04-22'), 'affilka.dates-invalid'),
  affilka('a day that does not exist', swap('from=2026-04-01', 'from=2026-02-30'), 'affilka.dates-invalid'),
  affilka('dates written the other way', swap('from=2026-04-01', 'from=01.04.2026'), 'affilka.dates-invalid'),
  affilka('a word for a date', swap('to=2026-04-21', 'to=today'), 'affilka.dates-invalid'),
  affilka('a future window', swap(dates, 'from=2099-01-01&to=2099-01-31'), 'affilka.dates-invalid'),
  affilka(
    'a window that ends tomorrow week',
    swap('to=2026-04-21', 'to=2026-05-17'),
    'affilka.dates-invalid',
  ),
  affilka('two different froms', swap('from=', 'from=2026-03-01&from='), 'affilka.dates-invalid'),
  affilka(
    'one date missing and one wrong',
    swap(dates, 'from=yesterday'),
    'affilka.dates-missing',
    'affilka.dates-invalid',
  ),
  affilka('period of last month', swap('period=custom', 'period=last_month'), 'affilka.period-not-custom'),
  affilka('no period', drop('&period=custom'), 'affilka.period-not-custom'),
  affilka('empty period', swap('period=custom', 'period='), 'affilka.period-not-custom'),
  affilka('two periods', swap('period=custom', 'period=custom&period=today'), 'affilka.period-not-custom'),
  affilka('page three', swap('page=1', 'page=3'), 'affilka.page-not-one'),
  affilka('page nought', swap('page=1', 'page=0'), 'affilka.page-not-one'),
  affilka('page in letters', swap('page=1', 'page=one'), 'affilka.page-not-one'),
  affilka('no page', drop('&page=1'), 'affilka.page-not-one'),
  affilka('page twice', swap('page=1', 'page=1&page=2'), 'affilka.page-not-one'),
  affilka('not by day', drop('group_by%5B%5D=day&'), groupCode),
  affilka('not by brand', drop('group_by%5B%5D=brand&'), groupCode),
  affilka('not by campaign', drop('&group_by%5B%5D=campaign'), groupCode),
  affilka('not split', drop(`&${groups}`), groupCode),
  affilka('by month', swap('group_by%5B%5D=day', 'group_by%5B%5D=month'), groupCode),
  affilka('by month and day', swap('&name=', '&group_by%5B%5D=month&name='), groupCode),
  affilka('groups in one value', swap(groups, 'group_by=day,brand,campaign'), groupCode),
  affilka('groups without brackets', (url) => url.replaceAll('group_by%5B%5D', 'group_by'), groupCode),
  affilka('groups under a wrong key', (url) => url.replaceAll('group_by%5B%5D', 'groupby[]'), groupCode),
  affilka('numbered brackets', swap('group_by%5B%5D=day', 'group_by%5B0%5D=day'), groupCode),
  affilka('group in capitals', swap('group_by%5B%5D=day', 'group_by%5B%5D=Day'), groupCode),
  affilka('by player', swap('&name=', '&group_by%5B%5D=player&name='), 'affilka.player-grouping'),
  affilka(
    'by player in place of brand',
    swap('group_by%5B%5D=brand', 'group_by[]=player'),
    'affilka.player-grouping',
    groupCode,
  ),
  ...columns.map((column) => affilka(`no column ${column}`, drop(`columns%5B%5D=${column}&`), columnCode)),
  affilka('no columns', drop(/(?:columns%5B%5D=\w+&)+/), columnCode),
  affilka('columns misspelt', (url) => url.replaceAll('columns%5B%5D', 'colums%5B%5D'), columnCode),
  affilka(
    'columns in one value',
    swap(/(?:columns%5B%5D=\w+&)+/, `columns=${columns.join(',')}&`),
    columnCode,
  ),
  affilka('no conversion', drop(`&${conversion}`), 'affilka.no-conversion'),
  affilka('conversion off', swap('currencies=true', 'currencies=false'), 'affilka.no-conversion'),
  affilka('no token', drop(`&${token}`), 'link.token-missing'),
  affilka('empty token', swap(token, 'token='), 'link.token-missing'),
  affilka('token misspelt', swap('&token=', '&tokn='), 'link.token-missing'),
  ...[
    'YOUR_TOKEN',
    'your-token-here',
    'xxx',
    'XXXXXXXX',
    '<token>',
    '%3Ctoken%3E',
    `\${token}`,
    '{token}',
    '…',
    '...',
    'token',
    'API_KEY',
    '********',
    '[REDACTED]',
    'TODO',
    'null',
  ].map((placeholder) =>
    affilka(`token ${placeholder}`, swap(token, `token=${placeholder}`), 'link.token-placeholder'),
  ),
  affilka('XML', swap('report.json', 'report.xml'), 'link.xml-feed'),
  affilka(
    'XML on page two',
    (url) => url.replace('.json', '.xml').replace('page=1', 'page=2'),
    'link.xml-feed',
    'affilka.page-not-one',
  ),
  affilka(
    'three faults',
    (url) =>
      url.replace('group_by%5B%5D=brand&', '').replace('page=1', 'page=3').replace('columns%5B%5D=ngr&', ''),
    groupCode,
    'affilka.page-not-one',
    columnCode,
  ),
  affilka(
    'nothing but the address',
    drop(/\?.*$/),
    'link.token-missing',
    groupCode,
    'affilka.dates-missing',
    'affilka.period-not-custom',
    columnCode,
    'affilka.page-not-one',
    'affilka.no-conversion',
  ),
  row('customer API without a token', customerLink, 'link.token-missing'),
  row(
    'customer API on page 2',
    `${customerLink.replace('page=1', 'page=2')}&token=test-token-5`,
    'affilka.page-not-one',
  ),
];

const referonRows: readonly Row[] = [
  referon('no id', drop('id=42159&'), 'referon.preset-id-missing'),
  referon('empty id', swap('id=42159', 'id='), 'referon.preset-id-missing'),
  referon('id from an example', swap('id=42159', 'id=PRESET'), 'referon.preset-id-missing'),
  referon('id in brackets', swap('id=42159', 'id={id}'), 'referon.preset-id-missing'),
  referon('no token', drop(/&token=[^&]*/), 'link.token-missing'),
  referon('token from an example', swap(/token=[^&]*/, 'token=TOKEN'), 'link.token-placeholder'),
  referon('no from', drop('&from=2026-04-01'), 'referon.dates-missing'),
  referon('no to', drop('&to=2026-04-13'), 'referon.dates-missing'),
  referon('no dates', drop('&from=2026-04-01&to=2026-04-13'), 'referon.dates-missing'),
  referon('from after to', swap('from=2026-04-01', 'from=2026-04-14'), 'referon.dates-invalid'),
  referon('a future window', swap('to=2026-04-13', 'to=2027-04-13'), 'referon.dates-invalid'),
  referon('American dates', swap('from=2026-04-01', 'from=04/01/2026'), 'referon.dates-invalid'),
  referon('no download', drop('&download=true'), 'referon.download-flag-missing'),
  referon('download off', swap('download=true', 'download=false'), 'referon.download-flag-missing'),
  referon(
    'bare address',
    drop(/\?.*$/),
    'referon.preset-id-missing',
    'link.token-missing',
    'referon.download-flag-missing',
    'referon.dates-missing',
  ),
  referon('token as the guide shows it', swap(/token=[^&]*/, 'token=fDFmZM8B...'), 'link.mangled'),
];

const flowed = affilkaLink.replaceAll('&', '&\n');
const wrapped = affilkaLink.replaceAll(/.{72}/g, (line) => `${line}\r\n`);
const pastedRows: readonly Row[] = [
  row('in angle brackets', `<${affilkaLink}>`),
  row(
    'as Slack sends it',
    `<${affilkaLink.replaceAll('&', '&amp;')}|${affilkaLink.replaceAll('&', '&amp;')}>`,
  ),
  row('as Slack sends it, cut in the label', `<${affilkaLink}|primetime.example/api/cli…>`),
  row('with &amp;', affilkaLink.replaceAll('&', '&amp;')),
  row('with &amp;amp;', affilkaLink.replaceAll('&', '&amp;amp;')),
  row('with a numeric entity', affilkaLink.replaceAll('&', '&#38;')),
  row('in straight quotes', `"${affilkaLink}"`),
  row('in single quotes', `'${affilkaLink}'`),
  row('in smart quotes', `“${affilkaLink}”`),
  row('in German quotes', `„${affilkaLink}“`),
  row('in guillemets', `« ${affilkaLink} »`),
  row('in backticks', `\`${affilkaLink}\``),
  row('in a code block', `\`\`\`\n${affilkaLink}\n\`\`\``),
  row('bold', `*${affilkaLink}*`),
  row('a markdown link', `[our report](${affilkaLink})`),
  row('an HTML link', `<a href="${affilkaLink.replaceAll('&', '&amp;')}">report</a>`),
  row('with a bar behind it', `${affilkaLink}|`),
  row('with a bar and a space', `${affilkaLink} |`),
  row('with a full stop', `${affilkaLink}.`),
  row('with a comma', `${affilkaLink},`),
  row('with a closing bracket', `(see ${affilkaLink})`),
  row('with words around', `Hi Ann, here is the link: ${affilkaLink} – thanks!`),
  row('with lines around', `Report:\n${affilkaLink}\nthanks,\nBen`),
  row('with spaces around', `   ${affilkaLink}\t\n`),
  row('with no-break spaces around', `\u00a0${affilkaLink}\u202f`),
  row('with zero-width characters', affilkaLink.replaceAll('&', '\u200b&')),
  row('with a byte-order mark', `\ufeff${affilkaLink}`),
  row('with bidi controls', `\u202a${affilkaLink}\u202c`),
  row('with a soft hyphen', affilkaLink.replace('partner/', 'part\u00adner/')),
  row('with an encoded zero-width end', `${affilkaLink}%E2%80%8B`),
  row('with an encoded space at the end', `${affilkaLink}%20`),
  row('wrapped by mail at each &', flowed),
  row('wrapped by mail at 72 characters', wrapped),
  row('wrapped in a quoted mail', `> ${wrapped.replaceAll('\r\n', '\r\n> ')}`),
  row('with a space before an &', affilkaLink.replace('&period', ' &period')),
  row('with ¤cy', affilkaLink.replace('&name=', '¤cy=EUR&name=')),
  row('double-encoded brackets', affilkaLink.replaceAll('%5B%5D', '%255B%255D')),
  row('long dashes in its dates', affilkaLink.replace('2026-04-01', '2026–04–01')),
  row('no scheme', affilkaLink.replace('https://', '')),
  row('scheme in capitals', affilkaLink.replace('https', 'HTTPS')),
  row('scheme with a capital', affilkaLink.replace('https', 'Https')),
  row('one slash after the scheme', affilkaLink.replace('https://', 'https:/')),
  row('first letter lost', affilkaLink.replace('https', 'ttps')),
  row(
    'in an Outlook safe link',
    `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(affilkaLink)}&data=05`,
  ),
  row('in a Google redirect', `https://www.google.com/url?q=${encodeURIComponent(affilkaLink)}&sa=D`),
  row('pasted twice', `${affilkaLink} ${affilkaLink}`),
  row('ReferOn in angle brackets', `<${referonLink}|link>`),
  row('ReferOn with &amp; and a full stop', `${referonLink.replaceAll('&', '&amp;')}.`),
  row('ReferOn without a scheme', referonLink.replace('https://', '')),
  row('ReferOn wrapped by mail', referonLink.replace('&token', '\n&token').replace('&to=', '&\nto=')),
];

const damagedRows: readonly Row[] = [
  row('cut by a chat', `${affilkaLink.slice(0, 120)}…`, 'link.mangled'),
  row('cut by a chat with dots', `${affilkaLink.slice(0, 300)}...`, 'link.mangled'),
  row('cut in its path', 'https://primetime.example/api/client/…', 'link.mangled'),
  row('cut in the middle', affilkaLink.replace(/api\/client.*report/, 'api/.../report'), 'link.mangled'),
  row('token cut short', affilkaLink.replace('9082e', '…'), 'link.mangled'),
  row('corrupted percent-encoding', affilkaLink.replace(token, 'token=%/n/h3D1021df233'), 'link.mangled'),
  row('half an escape', affilkaLink.replace('name=', 'name=100%'), 'link.mangled'),
  row(
    'corrupted and on page 2',
    affilkaLink.replace('name=', 'name=%zz').replace('page=1', 'page=2'),
    'link.mangled',
    'affilka.page-not-one',
  ),
  row(
    'from the source of a mail',
    referonLink.replace('from=', 'from=3D'),
    'link.mangled',
    'referon.dates-invalid',
  ),
  row('replacement characters', affilkaLink.replace('name=', 'name=\ufffd'), 'link.mangled'),
];

const addressRows: readonly Row[] = [
  row('http', affilkaLink.replace('https', 'http'), 'link.not-https'),
  row(
    'http on page 2',
    affilkaLink.replace('https', 'http').replace('page=1', 'page=2'),
    'link.not-https',
    'affilka.page-not-one',
  ),
  row('ftp', 'ftp://primetime.example/report.json', 'link.not-https'),
  row('a file', 'file:///etc/passwd', 'link.not-a-url'),
  row('a password', affilkaLink.replace('https://', 'https://ann:test-password@'), 'link.has-credentials'),
  row('a user name', referonLink.replace('https://', 'https://ann@'), 'link.has-credentials'),
  ...[
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '10.1.2.3',
    '172.16.0.9',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '[::1]',
    '[fe80::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    '[2001:db8::1]',
    'localhost',
    'localhost.',
    'tracker',
    'nas.local',
    'metadata.google.internal',
    'box.home.arpa',
    'a.localhost',
  ].map((host) => row(`the private host ${host}`, on(host, affilkaLink), 'link.private-address')),
  row('another port', affilkaLink.replace('.example/', '.example:8443/'), 'link.unusual-port'),
  row('the usual port', affilkaLink.replace('.example/', '.example:443/')),
  row('a public IPv4 address', on('8.8.8.8', affilkaLink)),
  row('a public IPv6 address', on('[2606:4700::1111]', affilkaLink)),
  row('too long', `${affilkaLink}&brand_id=${'1'.repeat(9000)}`, 'link.too-long'),
];

const otherRows: readonly Row[] = [
  ...[
    '',
    '   ',
    'hello',
    'Lucky Star',
    '5678',
    'ann@bella.example',
    'javascript:alert(1)',
    'data:text/html,hi',
    'mailto:ann@bella.example',
    'https://',
    'http:',
    'C:\\report.json',
  ].map((text) => row(`no address: "${text}"`, text, 'link.not-a-url')),
  ...[
    '/partner/dashboard',
    '/partner',
    '/partner/reports/statistics?from=2026-04-01',
    '/partner/campaigns/12',
    '/partner/postbacks',
    '/partner/profile',
    '/partner/login',
    '/partner/api_docs/customer/partner/index.md',
    '/en/partner/wallet',
    '/api/customer/v1/partner/report/attributes',
    '/api/client/partner/report.csv',
  ].map((path) => row(`Affilka's page ${path}`, `https://aff.royal.example${path}`, 'link.dashboard-page')),
  ...[
    '/reports/general',
    '/report/general?preset=42159',
    '/#/reports/general',
    '/statistic-service/report-preset/42159',
    '/report-presets/42159/edit',
  ].map((path) => row(`ReferOn's page ${path}`, `https://ro.vega.example${path}`, 'link.dashboard-page')),
  row(
    'a postback',
    `http://track.example?promo_id=\${promo_id}&visit_id=\${visit_id}`,
    'link.not-https',
    'link.postback-url',
  ),
  row('an encoded postback', 'https://track.example/pb?cid=%24%7Bvisit_id%7D', 'link.postback-url'),
  row('a postback with wrong brackets', 'https://track.example/pb?cid=$[visit_id]', 'link.postback-url'),
  row('a tracking link', 'https://casinorefer.example/e4567do', 'link.tracking-link'),
  row(
    'a tracking link with keys',
    'https://casinorefer.example/e4567do?webID=12345&clickID=67890',
    'link.tracking-link',
  ),
  row('a tracking link with a macro', 'https://refdomain.example/go?source={source}', 'link.tracking-link'),
  row('a tracking link with btag', 'https://casino.example/welcome?btag=a_1b_2', 'link.tracking-link'),
  row(
    'a corrupted tracking link',
    'https://casinopartners.example/e4567do?transactionid=%/n/h3D1021df233',
    'link.mangled',
  ),
  ...[
    '/feeds.php?FEED_ID=26&FROM_DATE=2026-04-01',
    '/api/affreporting.asp?key=test-token-1&reportname=AccountReport',
    '/api/?command=mediareport&fromdate=2026-04-01&todate=2026-04-21',
    '/api/v2/affiliate/reports/statistics?api-key=test-token-2',
    '/api/af2_media_report_op?aggregation_period=DAY',
    '/v1/affiliates/reporting/entity',
    '/3.0/stats/custom',
    '/netrefer/report.aspx',
    '/',
    '',
    '/report.json?token=test-token-3',
    '/api/v1/offers?token=test-token-4',
    '/api/client/partner',
  ].map((path) =>
    row(
      `another system: ${path}`,
      `https://stats.orion.example${path}`,
      path === '/api/client/partner' ? 'link.dashboard-page' : 'link.unknown-platform',
    ),
  ),
  row('a host alone', 'partners.orion.example', 'link.unknown-platform'),
];

export const rows: readonly Row[] = [
  ...goodRows,
  ...affilkaRows,
  ...referonRows,
  ...pastedRows,
  ...damagedRows,
  ...addressRows,
  ...otherRows,
];
