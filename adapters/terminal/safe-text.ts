import { stripVTControlCharacters } from 'node:util';

/** Nobody's name needs more accents on one letter; piled up they cover the lines above. */
const piledMarks = /(\p{M}{3})\p{M}+/gu;
/** Control, bidi, zero-width, variation selectors, tags, lone surrogates: what is not seen or moves what is. */
const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const unprintable = /[\p{Cs}\p{Co}\p{Cn}]/gu;

/** One line of a card's text, harmless to print: no escape sequence, no control or bidi character, no line break. */
export function safeLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return stripVTControlCharacters(cut)
    .replace(/[\s\p{Z}]/gu, ' ')
    .replace(unseen, '')
    .replace(unprintable, '\ufffd')
    .replace(piledMarks, '$1');
}

/** The lines of a card's text, each harmless to print. */
export function safeLines(text: string, longest = Number.POSITIVE_INFINITY): string[] {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return stripVTControlCharacters(cut)
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => safeLine(line).trimEnd());
}
