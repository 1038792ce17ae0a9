import type { Day } from '../dates.js';
import type { Platform } from '../platforms/platform.js';
import { checkLink } from './check-link.js';

const mostLinks = 20;

/** A token that stands in a text for others to read. `tail` is what may be shown of it. */
export interface SeenToken {
  readonly platform: Platform;
  readonly tail: string | null;
}

/** The first report link with a token among the addresses of a text; `null` when there is none. */
export function seenToken(text: string, platforms: readonly Platform[], today: Day): SeenToken | null {
  for (const [address] of [...text.matchAll(/https?:\/\/\S+/gi)].slice(0, mostLinks)) {
    const link = checkLink(address, { platforms, today, allowPrivateHost: () => true });
    if (link.platform && link.access && link.platform.secretOf(link.access)) {
      return { platform: link.platform, tail: link.tokenTail };
    }
  }
  return null;
}
