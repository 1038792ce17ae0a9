import type { Day } from '../dates.js';
import type { Platform, ReportAccess } from '../platforms/platform.js';
import { notAUrl } from '../problems/link.js';
import type { Finding } from '../problems/problem.js';
import { cleanPasted } from './clean.js';
import { damageOf } from './damage.js';
import { recognise } from './recognise.js';

export interface CheckLinkInput {
  readonly today: Day;
  /** The token beside the URL, for Affilka's customer API. */
  readonly token?: string;
  /** True for hosts that the operator allows though private, over http and on any port. */
  readonly allowPrivateHost: (url: URL) => boolean;
  readonly platforms: readonly Platform[];
}

/** A link after all that the URL decides was mended. */
export interface MendedLink {
  readonly access: ReportAccess;
  readonly changes: readonly string[];
  /** What only the dashboard can change. */
  readonly findingsLeft: readonly Finding[];
}

export interface CheckedLink {
  readonly platform: Platform | null;
  readonly access: ReportAccess | null;
  readonly host: string | null;
  readonly tokenTail: string | null;
  /** What cleaning did to the pasted text. */
  readonly changes: readonly string[];
  /** Everything that is wrong, errors first. */
  readonly findings: readonly Finding[];
  /** `null` when nothing can be mended. */
  readonly mended: MendedLink | null;
}

/** Errors before warnings, otherwise in the order found. */
function errorsFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'),
  );
}

function findingsOf(access: ReportAccess, input: CheckLinkInput): readonly Finding[] {
  const { platform, findings, stop } = recognise(access.url, input.platforms, input.allowPrivateHost);
  if (platform === null || stop) return errorsFirst(findings);
  return errorsFirst([...findings, ...platform.check(access, input.today)]);
}

function mend(
  platform: Platform,
  access: ReportAccess,
  findings: readonly Finding[],
  input: CheckLinkInput,
): MendedLink | null {
  // A damaged address must be copied anew: mending its dates would only hide that its token is damaged too.
  if (damageOf(access.url) !== null || !findings.some((finding) => finding.mendable)) return null;
  const insecure = findings.some((finding) => finding.code === 'link.not-https');
  const secured = insecure ? access.url.replace(/^http:/, 'https:') : access.url;
  const { url, changes } = platform.mend({ ...access, url: secured }, input.today);
  const mended = { ...access, url };
  return {
    access: mended,
    changes: [...(insecure ? ['Changed http:// to https://.'] : []), ...changes],
    findingsLeft: findingsOf(mended, input),
  };
}

/** The one check of a pasted link: cleans it, recognises it, finds everything that is wrong at once, and mends what the URL decides. */
export function checkLink(pasted: string, input: CheckLinkInput): CheckedLink {
  const cleaned = cleanPasted(pasted);
  const nothing = { platform: null, access: null, host: null, tokenTail: null, mended: null };
  if (cleaned === null) return { ...nothing, changes: [], findings: [notAUrl()] };

  const { changes } = cleaned;
  const { url, platform } = recognise(cleaned.url, input.platforms, input.allowPrivateHost);
  const token = input.token?.trim();
  const access: ReportAccess = { url: cleaned.url, ...(token ? { token } : {}) };
  const findings = findingsOf(access, input);
  const host = url?.host ?? null;
  if (platform === null) return { ...nothing, host, changes, findings };
  return {
    platform,
    access,
    host,
    tokenTail: platform.tokenOf(access),
    changes,
    findings,
    mended: mend(platform, access, findings, input),
  };
}
