import { firstValueOf } from './query.js';

/** Mail and chat services that put their own address around a link, and the parameter that holds the link. */
const wrappers: readonly { readonly address: RegExp; readonly key: string }[] = [
  { address: /^https:\/\/[\w.-]+\.safelinks\.protection\.outlook\.com\/(?:ap\/[\w-]+\/)?\?/i, key: 'url' },
  { address: /^https:\/\/(?:www\.)?google\.[a-z.]+\/url\?/i, key: 'q' },
  { address: /^https:\/\/(?:www\.)?google\.[a-z.]+\/url\?/i, key: 'url' },
  { address: /^https:\/\/slack-redir\.net\/link\?/i, key: 'url' },
];

/** The link inside a known wrapper, else `null`. */
export function unwrapRedirect(url: string): string | null {
  for (const { address, key } of wrappers) {
    const target = address.test(url) ? firstValueOf(url, key) : null;
    if (target !== null && /^https?:\/\//i.test(target)) return target;
  }
  return null;
}
