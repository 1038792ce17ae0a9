import * as problems from '../../src/problems/fetch.js';
import type { ProblemError } from '../../src/problems/problem.js';
import { type AllowList, bareHost, portOf } from './allow-list.js';
import { isPublicAddress, parseAddress } from './public-address.js';

/** Endings that name machines of a local network, registered for it (RFC 6761, 6762, 8375, 9476) or usual there. */
const localEndings = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'in-addr.arpa',
  'ip6.arpa',
  'onion',
  'alt',
];

/** What forbids fetching this URL as it is written; `null` when only its addresses are left to check. */
export function refusalOf(url: URL, allow: AllowList): ProblemError | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return problems.notAnAddress();
  if (url.username !== '' || url.password !== '') return problems.hasCredentials();
  if (allow.allows(url)) return null;
  if (isPrivateHost(url.hostname)) return problems.privateAddress(url.host);
  if (url.protocol !== 'https:') return problems.notHttps();
  if (portOf(url) !== 443) return problems.otherPort(portOf(url));
  return null;
}

/** True for a literal address that is not public, a name of one label, and names of local networks. */
export function isPrivateHost(hostname: string): boolean {
  const host = bareHost(hostname);
  if (parseAddress(host)) return !isPublicAddress(host);
  const name = host.replace(/\.$/, '');
  if (!name.includes('.')) return true;
  return localEndings.some((ending) => name.endsWith(`.${ending}`) || name === ending);
}
