/** Where an address begins; chat and mail lose or double its first characters. */
const webStart = /(?<![a-z])h?ttps?:\/{1,3}(?=[^\s/])/i;
const otherStart = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\//i;
const bareStart = /(?<![\p{L}\d@./-])(?:localhost|(?:[\p{L}\d-]+\.)+[a-z]{2,24})(?::\d+)?\/(?!\/)/iu;
const bareHost = /^(?:[\p{L}\d-]+\.)+[a-z]{2,24}(?::\d+)?(?:\?\S*)?$/iu;

const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”“',
  '”': '”“',
  '„': '“”',
  '«': '»',
  '‘': '’‘',
  '‹': '›',
  '`': '`',
  '*': '*',
  '~': '~',
};
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

/** Longer addresses are refused, whatever stands at their end. */
const longestTrimmed = 9000;

/** An address taken out of the text around it. */
export interface Extracted {
  readonly text: string;
  readonly schemeAssumed: boolean;
  /** True when other words (not only brackets or quotes) stood around it. */
  readonly hadWords: boolean;
}

function startOf(text: string): { readonly at: number; readonly bare: boolean } | null {
  for (const start of [webStart, otherStart]) {
    const found = start.exec(text);
    if (found) return { at: found.index, bare: false };
  }
  const bare = bareStart.exec(text);
  if (bare) return { at: bare.index, bare: true };
  return bareHost.test(text) ? { at: 0, bare: true } : null;
}

/** The end of what an opening bracket encloses, counting the brackets inside. */
function closingBracket(text: string, open: string, close: string): number {
  let depth = 1;
  for (const [index, character] of [...text].entries()) {
    if (character === open) depth += 1;
    if (character === close) depth -= 1;
    if (depth === 0) return [...text].slice(0, index).join('').length;
  }
  return -1;
}

function cutAt(text: string, index: number): string {
  return index < 0 ? text : text.slice(0, index);
}

function enclosed(text: string, before: string): string {
  const opener = before.trimEnd().at(-1) ?? '';
  if (opener === '<') {
    const inner = cutAt(text, closingBracket(text, '<', '>'));
    return cutAt(inner, inner.indexOf('|'));
  }
  if (opener === '(') return cutAt(text, closingBracket(text, '(', ')'));
  const ends = closers[opener];
  return ends === undefined ? text : cutAt(text, text.search(new RegExp(`[${ends}]`)));
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/** How many brackets of each kind close what was opened before the address. */
function closedOutside(text: string): Map<string, number> {
  return new Map(
    Object.entries(pairs).map(([close, open]) => [
      close,
      Math.max(0, count(text, close) - count(text, open)),
    ]),
  );
}

/** Takes off what a sentence leaves at the end. Two full stops or more are the sign of a shortened link, and stay. */
function trimEnd(text: string): string {
  if (text.length > longestTrimmed) return text;
  const outside = closedOutside(text);
  for (let rest = text; ; rest = rest.slice(0, -1)) {
    const last = rest.at(-1) ?? '';
    const kept = rest.endsWith('..') || /&#?\w{1,8};$/.test(rest.slice(-12));
    if (/[|.,;:!"'“”‘’«»`*]/u.test(last) && !kept) continue;
    const excess = outside.get(last) ?? 0;
    if (excess === 0) return rest;
    outside.set(last, excess - 1);
  }
}

/** Finds the first address in the text; `null` where there is none. */
export function extractAddress(text: string): Extracted | null {
  const start = startOf(text);
  if (start === null) return null;
  const before = text.slice(0, start.at);
  const inside = enclosed(text.slice(start.at), before);
  const [word = ''] = inside.split(/\s/u);
  const address = trimEnd(word.replace(/["“”„«»`].*$/u, ''));
  const after = text.slice(start.at + word.length);
  return {
    text: address,
    schemeAssumed: start.bare,
    hadWords: /[\p{L}\d]/u.test(before) || (/\s/u.test(after) && /[\p{L}\d]/u.test(after)),
  };
}
