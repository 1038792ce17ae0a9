import { hasCredentials, notHttps, privateAddress, tooLong, unusualPort } from '../problems/link.js';
import type { Finding } from '../problems/problem.js';
import { isPrivateHost } from './private-host.js';

/** Servers commonly refuse a request line of more than 8 KiB. */
export const longestUrl = 8000;

/** What is wrong with scheme, host, port and length, before the platform is asked. */
export function checkAddress(url: URL, text: string, allowPrivateHost: (url: URL) => boolean): Finding[] {
  const findings: Finding[] = [];
  const allowed = allowPrivateHost(url);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (text.length > longestUrl) findings.push(tooLong(text.length, longestUrl));
  if (url.protocol !== 'https:' && !(allowed && web)) findings.push(notHttps(url.protocol.slice(0, -1)));
  if (url.username !== '' || url.password !== '') findings.push(hasCredentials());
  if (allowed || !web) return findings;
  if (isPrivateHost(url.hostname)) findings.push(privateAddress(url.hostname));
  else if (url.port !== '' && !(url.port === '443' && url.protocol === 'http:')) {
    findings.push(unusualPort(url.port));
  }
  return findings;
}
