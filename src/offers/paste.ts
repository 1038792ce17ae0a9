import { dayIn } from '../dates.js';
import { type CheckedLink, checkLink } from '../links/check-link.js';
import type { Core } from '../ports.js';

/** A pasted URL, with the token beside it where the platform wants one. `fix`: mend what the URL decides. */
export interface Paste {
  readonly url: string;
  readonly token?: string | undefined;
  readonly fix: boolean;
}

/** Checks a pasted URL, mended where that was asked for; `changes` then says what was changed in it. */
export function checkPaste(core: Core, paste: Paste): CheckedLink {
  const link = checkLink(paste.url, {
    today: dayIn('UTC', core.clock.now()),
    ...(paste.token ? { token: paste.token } : {}),
    allowPrivateHost: core.allowsPrivate,
    platforms: core.platforms,
  });
  if (!paste.fix || !link.mended) return link;
  const { access, changes, findingsLeft } = link.mended;
  return { ...link, access, changes: [...link.changes, ...changes], findings: findingsLeft, mended: null };
}

export function hasErrors(link: CheckedLink): boolean {
  return (
    link.platform === null ||
    link.access === null ||
    link.findings.some((finding) => finding.severity === 'error')
  );
}
