const longest = 40;

/** Control characters, and those that turn or hide text. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Letters and digits mixed, without a blank: so tokens look, and few words. */
const codeLike = /(?=[^\s\d]*\d)(?=[^\s\p{L}]*\p{L})[\p{L}\p{N}+/=_%~-]{20}/u;

/**
 * A value from a report or from a person, quoted for a message: shortened, without control characters, never a link or what
 * could be a token.
 */
export function shownValue(value: unknown): string {
  if (value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = String(value).replace(unsafe, '').replace(/\s+/g, ' ').trim();
  if (/:\/\/|token=/i.test(text)) return 'a link';
  if (codeLike.test(text)) return 'a long code';
  const letters = Array.from(text);
  return `"${letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text}"`;
}

/** What a person typed, quoted, or `otherwise` where it may be a link or a token that got into the wrong place. */
export function typedValue(text: string, otherwise: string): string {
  return /:\/\/|[?=&]|[^\s/]{25}/.test(text) || codeLike.test(text) ? otherwise : shownValue(text);
}
