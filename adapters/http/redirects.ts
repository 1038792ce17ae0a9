/** `stay`: an answer. `login`: not followed, reported. `refuse`: leads elsewhere. */
export type Redirect =
  | { readonly kind: 'stay' }
  | { readonly kind: 'login' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'follow'; readonly url: URL };

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A whole path segment that names a login, such as `sign_in`, `login.php`, `sessions`, `oauth2`; `authors` is none. */
const loginSegment =
  /^(log[-_]?(in|on)|sign[-_]?(in|on)|sso|sessions?|auth|authenticate|authentication|authorize|authorise|authorization|oauth2?|openid|saml2?|unauthori[sz]ed)([.-].*)?$/i;

/** Decides about one answer. Only the same scheme, host and port are followed. */
export function redirectOf(status: number, location: string | string[] | undefined, from: URL): Redirect {
  if (!redirectStatuses.has(status) || location === undefined) return { kind: 'stay' };
  if (Array.isArray(location) || !URL.canParse(location, from.href)) return { kind: 'refuse' };
  const url = new URL(location, from);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (isWeb && readsLikeLogin(url)) return { kind: 'login' };
  if (url.origin !== from.origin || url.username !== '' || url.password !== '') return { kind: 'refuse' };
  url.hash = '';
  return { kind: 'follow', url };
}

/** Looks at the path, and at the fragment where single-page dashboards keep theirs (`/#/login`). */
function readsLikeLogin(url: URL): boolean {
  const fragmentPath = /^#!?\//.test(url.hash) ? url.hash.split('?')[0] : '';
  return `${url.pathname}/${fragmentPath}`
    .split('/')
    .some((segment) => loginSegment.test(decodeSegment(segment)));
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
