const address = /(?:h?ttps?:\/|\.[a-z]{2,}\/)/i;
/** Mail programs break lines near this width; a shorter line was broken by a person. */
const wrapWidth = 60;
/** How far back the beginning of an address is looked for; longer ones are refused anyway. */
const longestWord = 9000;

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

/** `separator` captures what stands between two parts; where they do not belong together it stays. */
function joinParts(text: string, separator: RegExp, acrossLines: boolean): string {
  const [first = '', ...rest] = text.split(separator);
  let joined = first;
  for (let index = 0; index < rest.length; index += 2) {
    const part = rest[index + 1] ?? '';
    const belongs = continues(joined.slice(-longestWord), part, acrossLines);
    joined += belongs ? part : `${rest[index]}${part}`;
  }
  return joined;
}

/** Joins an address that a mail program broke over several lines, or that has a space before its next `&`. */
export function joinLines(text: string): string {
  return joinParts(joinParts(text, /( ?\n[\s>]*)/u, true), /( +)/u, false);
}
