import { postbackUrl, trackingLink, unknownPlatform } from '../problems/link.js';
import type { Finding } from '../problems/problem.js';
import { decodeText, parametersOf } from './query.js';

interface System {
  readonly name: string;
  readonly sign: (path: string, keys: ReadonlySet<string>, url: URL) => boolean;
}

/** Well-known systems by the path and parameters of their report links, as public integrations use them. */
const otherSystems: readonly System[] = [
  { name: 'MyAffiliates', sign: (path, keys) => /\/feeds\.php$/i.test(path) && keys.has('feed_id') },
  { name: 'Income Access', sign: (path) => /\/affreporting\.asp$|\/reporting\/[\w-]+\.asp$/i.test(path) },
  {
    name: 'Cellxpert',
    sign: (_path, _keys, url) =>
      /^(?:mediareport|registrations|commissions|dynamicvariables)$/i.test(
        url.searchParams.get('command') ?? '',
      ),
  },
  {
    name: 'Scaleo',
    sign: (path, keys) =>
      /\/api\/v2\/(?:affiliate|network)\//i.test(path) || (keys.has('api-key') && /\/api\//i.test(path)),
  },
  { name: 'Smartico', sign: (path) => /\/af2_[a-z_]+$/i.test(path) },
  { name: 'NetRefer', sign: (path) => /netrefer/i.test(path) },
  { name: 'Everflow', sign: (path) => /\/v1\/affiliates\/reporting\//i.test(path) },
  { name: 'Affise', sign: (path) => /\/3\.\d\/stats\//i.test(path) },
  { name: 'TUNE (HasOffers)', sign: (path, keys) => /\/apiv3\/json$/i.test(path) || keys.has('networkid') },
  { name: 'Post Affiliate Pro', sign: (path) => /\/scripts\/(?:server|sale)\.php$/i.test(path) },
];

/** Keys that trackers put on the links players click. */
const trackingKeys = new Set(
  'btag bta ctag stag visit_id clickid click_id subid sub_id sub1 pubid publisherid transactionid webid mid afp aff_id affid'.split(
    ' ',
  ),
);

const macro = /^(?:\{[\w-]+\}|\[[\w-]+\]|#[\w-]+#|\{\{[\w-]+\}\})$/;

function isPostback(text: string): boolean {
  return /\$\{[^}]*\}?|\$\[[\w-]+\]|\/(?:postback|pixel)\b/i.test(text);
}

function isTracking(url: URL, text: string, keys: ReadonlySet<string>): boolean {
  if ([...keys].some((key) => trackingKeys.has(key))) return true;
  if (parametersOf(text).some(({ value }) => macro.test(value))) return true;
  // A referral code: one short segment with letters and digits, such as /e4567do.
  return /^\/(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,16}\/?$/i.test(url.pathname);
}

/** What an address is that belongs to neither platform. */
export function otherLink(url: URL, text: string): Finding {
  const keys = new Set(parametersOf(text).map(({ key }) => key.toLowerCase()));
  const system = otherSystems.find(({ sign }) => sign(url.pathname, keys, url));
  if (system !== undefined) return unknownPlatform(system.name);
  if (isPostback(decodeText(text))) return postbackUrl();
  if (isTracking(url, text, keys)) return trackingLink();
  return unknownPlatform(null);
}
