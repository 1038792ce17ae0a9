/** Control, bidi, zero-width, tags: what is not seen or moves what is. Line breaks and emoji joiners stay. */
const unseen =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Half of a surrogate pair would be refused as broken text.
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Several lines for an element in which nothing is parsed (`plain_text`, `rich_text`); never empty. */
export function safeLines(text: string, longest: number): string {
  const lines = text
    .replace(/\p{Cs}/gu, '\ufffd')
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll('\t', ' ').replace(unseen, ''));
  return cut(lines.join('\n').trim(), longest) || '–';
}

/** One line for an element in which nothing is parsed; never empty. */
export function safeLine(text: string, longest: number): string {
  return safeLines(text.replace(/\s+/g, ' '), longest).replaceAll('\n', ' ');
}

/** The one place that escapes: text for a field that Slack parses as its own markup. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
