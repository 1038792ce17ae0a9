/** One word of a typed line: `channel:#casino` has a key, `"Lucky Star"` is quoted and has none. */
export interface LineWord {
  readonly key: string | null;
  readonly value: string;
  readonly quoted: boolean;
  /** What stood before it, so that pasted lines can be put together again. */
  readonly gap: ' ' | '\n';
}

const zeroWidth = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const key = /^(\p{L}[\p{L}\p{N}_-]*):/u;
const doubleQuoted = /^["“”„‟«»]((?:[^"“”„‟«»\\]|\\[\s\S])*)["“”„‟«»]/;
const doubleQuote = /^["“”„‟«»]/;
/** An apostrophe may also be part of a name, so a single quote counts only when it ends a word too. */
const singleQuoted = /^['‘’]([^'‘’]*)['‘’](?=\s|$)/;

/** Splits a line at spaces outside quotes, straight or smart; `null` when a quote is opened and never closed. */
export function splitWords(line: string): readonly LineWord[] | null {
  let rest = line.replace(zeroWidth, '');
  const words: LineWord[] = [];
  for (;;) {
    const space = /^\s*/.exec(rest)?.[0] ?? '';
    rest = rest.slice(space.length);
    if (rest === '') return words;
    const gap = space.includes('\n') ? '\n' : ' ';
    const name = key.exec(rest);
    const valueStart = name?.[0].length ?? 0;
    const quoted = quotedText(rest.slice(valueStart));
    if (quoted === null) return null;
    const value = quoted?.text ?? /^\S*/.exec(rest.slice(valueStart))?.[0] ?? '';
    words.push({ key: name?.[1] ?? null, value, quoted: quoted !== undefined, gap });
    rest = rest.slice(valueStart + (quoted?.length ?? value.length));
  }
}

/** `undefined` when no quote begins here, `null` when it is never closed. */
function quotedText(text: string): { readonly text: string; readonly length: number } | null | undefined {
  const double = doubleQuoted.exec(text);
  if (double) {
    return { text: (double[1] ?? '').replace(/\\(["“”„‟«»\\])/g, '$1'), length: double[0].length };
  }
  if (doubleQuote.test(text)) return null;
  const single = singleQuoted.exec(text);
  return single ? { text: single[1] ?? '', length: single[0].length } : undefined;
}

/** The word as it was typed, without its quotes. */
export function wordText(word: LineWord): string {
  return word.key === null ? word.value : `${word.key}:${word.value}`;
}

/** True for what somebody would paste as an address: it may hold a token and is never repeated to anyone. */
export function looksLikeUrl(word: LineWord): boolean {
  return /:\/\/|^<?https?:|^[^\s/?]+\.[^\s/?]+[/?]/.test(wordText(word));
}
