const address = /(?:h?ttps?:\/|\.[a-z]{2,}\/)/i;
/** Mail programs break lines near this width; a shorter line was broken by a person. */
const wrapWidth = 60;

/** True when `next` can only be the rest of an address that `line` began. */
function continues(line: string, next: string, acrossLines: boolean): boolean {
  const word = line.split(/\s/u).at(-1) ?? '';
  if (!address.test(line) || word === '') return false;
  if (next === '' || address.test(next)) return false;
  if (/^[&?]\w/.test(next)) return true;
  if (/[?&]$/.test(word) && next.includes('=')) return true;
  if (!acrossLines || /\s/u.test(next)) return false;
  if (/[?&=%_[/-]$|%[0-9a-f]$/i.test(word)) return true;
  if (/[&%]|\w=/.test(next)) return word.includes('/');
  return word.length >= wrapWidth && /\d/.test(next) && /^[\w.~+/=-]+$/.test(next);
}

function joinParts(parts: readonly string[], separator: string, acrossLines: boolean): string {
  return parts.reduce((text, part) =>
    continues(text, part, acrossLines) ? `${text}${part}` : `${text}${separator}${part}`,
  );
}

/** Joins an address that a mail program broke over several lines, or that has a space before its next `&`. */
export function joinLines(text: string): string {
  const lines = joinParts(text.split(/\s*\r?\n[\s>]*/u), '\n', true);
  return joinParts(lines.split(/ +/u), ' ', false);
}
