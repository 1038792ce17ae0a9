const longest = 40;

/** Control characters, and those that turn or hide text. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Tokens look so, and few words: letters and digits mixed, without a blank. Only the beginning of a long text is shown. */
function isCodeLike(text: string): boolean {
  const words = text.slice(0, 200).match(/[\p{L}\p{N}+/=_%~-]{20,}/gu) ?? [];
  return words.some((word) => /\d/.test(word) && /\p{L}/u.test(word));
}

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
  if (isCodeLike(text)) return 'a long code';
  const letters = Array.from(text);
  return `"${letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text}"`;
}

/** What a person typed, quoted, or `otherwise` where it may be a link or a token that got into the wrong place. */
export function typedValue(text: string, otherwise: string): string {
  return /:\/\/|[?=&]|[^\s/]{25}/.test(text) || isCodeLike(text) ? otherwise : shownValue(text);
}
