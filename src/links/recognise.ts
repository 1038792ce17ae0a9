import type { Platform } from '../platforms/platform.js';
import { mangled, notAUrl } from '../problems/link.js';
import type { Finding } from '../problems/problem.js';
import { checkAddress, longestUrl } from './address.js';
import { damageOf, isCutOff } from './damage.js';
import { otherLink } from './other-links.js';

/** Whose report link an address is, and what is wrong with the address itself. */
export interface Recognised {
  readonly url: URL | null;
  readonly platform: Platform | null;
  readonly findings: readonly Finding[];
  /** True when so much of the address is gone that the platform's own check would only repeat it. */
  readonly stop: boolean;
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Recognises by path and parameters, never by host. */
export function recognise(
  text: string,
  platforms: readonly Platform[],
  allowPrivateHost: (url: URL) => boolean,
): Recognised {
  const damage = damageOf(text);
  const damaged = damage === null ? [] : [mangled(damage)];
  const url = parse(text);
  if (url === null || url.hostname === '') {
    return { url: null, platform: null, findings: damage === null ? [notAUrl()] : damaged, stop: true };
  }

  const address = checkAddress(url, text, allowPrivateHost);
  if (!/^https?:$/.test(url.protocol)) return { url, platform: null, findings: address, stop: true };
  if (text.length > longestUrl) return { url, platform: null, findings: address, stop: true };

  const platform = platforms.find((candidate) => candidate.recognises(url)) ?? null;
  if (platform !== null) {
    return { url, platform, findings: [...damaged, ...address], stop: isCutOff(text) };
  }
  const page = platforms.map((candidate) => candidate.otherPage(url)).find((found) => found !== null);
  const other = page ?? (damage === null ? otherLink(url, text) : null);
  return { url, platform: null, findings: [...damaged, ...address, ...(other ? [other] : [])], stop: true };
}
