import { extractAddress } from './extract.js';
import { joinLines } from './join-lines.js';
import { unwrapRedirect } from './unwrap-redirect.js';

/** An address as the platform meant it, and what was done to the pasted text, one short sentence each. */
export interface CleanedLink {
  readonly url: string;
  readonly changes: readonly string[];
}

interface Repair {
  readonly change: string | null;
  readonly apply: (text: string) => string;
}

// Zero-width characters, bidi controls, soft hyphen, word joiner, byte-order mark.
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
const encodedInvisible = /%C2%AD|%E2%80%(?:8[B-F]|A[A-E])|%E2%81%A0|%EF%BB%BF|(?:%20|%C2%A0|%0D|%0A)+$/gi;
// No-break spaces, tabs, carriage returns and runs of spaces: all but the line's end.
const otherSpaces = /[^\S\n]+/gu;

/** Repairs of the text before the address is taken out of it. */
const textRepairs: readonly Repair[] = [
  { change: 'Took out invisible characters.', apply: (text) => text.replace(invisible, '') },
  { change: null, apply: (text) => text.replace(otherSpaces, ' ') },
  { change: 'Joined the address, which was broken over several lines.', apply: joinLines },
];

/** Repairs of the address. HTML entities come after the link was taken out, because `&lt;` must not end it, and `&amp;` last. */
const addressRepairs: readonly Repair[] = [
  {
    change: 'Undid the HTML signs (&lt; and the like).',
    apply: (text) =>
      text
        .replaceAll(/&lt;/gi, '<')
        .replaceAll(/&gt;/gi, '>')
        .replaceAll(/&quot;/gi, '"'),
  },
  {
    change: 'Turned &amp; back into &.',
    apply: (text) => text.replaceAll(/&(?:amp;|#38;|#x26;)+/gi, '&').replaceAll(/&(?:amp;)+/gi, '&'),
  },
  {
    change: 'Turned ¤cy back into &currency.',
    apply: (text) => text.replaceAll(/(?:¤|%C2%A4)cy/gi, '&currency').replaceAll('?&currency', '?currency'),
  },
  { change: 'Took out invisible characters.', apply: (text) => text.replace(encodedInvisible, '') },
  {
    change: 'Undid the double encoding of [].',
    apply: (text) => text.replaceAll(/%255B%255D/gi, '%5B%5D'),
  },
  {
    change: 'Turned long dashes in dates back into hyphens.',
    apply: (text) => text.replaceAll(/(\d{4})[‐-―−](\d{2})[‐-―−](\d{2})/gu, '$1-$2-$3'),
  },
  {
    change: 'Mended the start of the address (https://).',
    apply: (text) =>
      text.replace(/^h?ttp(s?):\/{1,3}(?=[^/])/i, (_, s: string) => `http${s.toLowerCase()}://`),
  },
];

/** Far more than the longest address that is read, so that a pasted book costs no time. */
const longestPaste = 40_000;

function repair(text: string, repairs: readonly Repair[], changes: Set<string>): string {
  return repairs.reduce((current, { change, apply }) => {
    const repaired = apply(current);
    if (repaired !== current && change !== null) changes.add(change);
    return repaired;
  }, text);
}

function cleanOnce(text: string, changes: Set<string>): string | null {
  const readable = repair(text, textRepairs, changes).trim();
  const extracted = extractAddress(readable);
  if (extracted === null) return null;
  if (extracted.schemeAssumed) changes.add('Put https:// in front.');
  if (extracted.hadWords) changes.add('Took the address out of the text around it.');
  else if (extracted.text !== readable) changes.add('Took off the characters around the address.');
  const address = repair(
    extracted.schemeAssumed ? `https://${extracted.text}` : extracted.text,
    addressRepairs,
    changes,
  );
  const target = unwrapRedirect(address);
  if (target === null) return address;
  changes.add('Took the address out of a safe-link wrapper.');
  return target;
}

/**
 * Gets the address out of what a person pasted, and undoes what chat, mail and HTML did to it. Every other byte stays.
 * `null` when there is nothing like an address.
 */
export function cleanPasted(text: string): CleanedLink | null {
  const changes = new Set<string>();
  // Mangling can be nested (an entity in a wrapper in a quote): repeat until nothing changes.
  let url = cleanOnce(text.slice(0, longestPaste), changes);
  for (let round = 0; round < 8 && url !== null; round += 1) {
    const again = cleanOnce(url, changes);
    if (again === url) break;
    url = again;
  }
  return url === null ? null : { url, changes: [...changes] };
}
