import type { Command } from './command.js';
import { type LineWord, looksLikeUrl, wordText } from './line-words.js';
import { nearest } from './nearest.js';
import { fieldsOf, type OptionField } from './options.js';
import { emptyOption, optionTwice, unknownOption, wordsLeftOver } from './problems/command.js';
import type { Problem } from './problems/problem.js';

/** Kinds whose value may be several words without quotes. */
const wordy: readonly string[] = ['text', 'offer', 'lines'];

type Options = Record<string, string>;

interface Sorted {
  readonly options: Options;
  /** Words that are no option, and after which open-ended option they stood. */
  readonly bare: readonly { readonly word: LineWord; readonly after: string | null }[];
}

/** Gives every word after a command's name to an option; raw text, not yet checked. */
export function assignOptions(
  command: Command,
  words: readonly LineWord[],
): { readonly options: Options } | { readonly problem: Problem } {
  const fields = fieldsOf(command.options);
  const sorted = sortWords(command, fields, words);
  return 'problem' in sorted ? sorted : placeBareWords(command, fields, sorted);
}

function sortWords(
  command: Command,
  fields: readonly OptionField[],
  words: readonly LineWord[],
): Sorted | { readonly problem: Problem } {
  const options: Options = {};
  const bare: { word: LineWord; after: string | null }[] = [];
  let after: string | null = null;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as LineWord;
    const field = fieldNamed(word, fields);
    if (!field) {
      const unknown = unknownKey(word, fields);
      if (unknown) return { problem: unknownOption(command, unknown.key, unknown.suggestion) };
      bare.push({ word, after });
      continue;
    }
    if (field.name in options) return { problem: optionTwice(command, field) };
    let value = word;
    const next = words[index + 1];
    // `name: "Lucky Star"`: a space slipped in after the colon.
    if (field.field !== 'flag' && word.value === '' && !word.quoted && next && !fieldNamed(next, fields)) {
      value = next;
      index += 1;
    }
    const text = value === word ? word.value : wordText(value);
    if (text === '' && field.field !== 'flag') return { problem: emptyOption(command, field) };
    options[field.name] = text === '' || word.key === null ? 'true' : text;
    after = wordy.includes(field.field) && !value.quoted ? field.name : null;
  }
  return { options, bare };
}

function fieldNamed(word: LineWord, fields: readonly OptionField[]): OptionField | undefined {
  if (word.key !== null) return fields.find((field) => field.name.toLowerCase() === word.key?.toLowerCase());
  if (word.quoted) return undefined;
  return fields.find((field) => field.field === 'flag' && field.name === word.value.toLowerCase());
}

/** A word such as `chanel:#casino`: nearly an option, or one where nothing else could be meant. */
function unknownKey(
  word: LineWord,
  fields: readonly OptionField[],
): { readonly key: string; readonly suggestion: string | null } | null {
  if (word.key === null || looksLikeUrl(word)) return null;
  const suggestion = nearest(
    word.key,
    fields.map((field) => field.name),
  );
  if (suggestion) return { key: word.key, suggestion };
  const first = fields[0]?.field ?? '';
  const free = wordy.includes(first) || (first === 'secret' && /^\d|[/?]/.test(word.value));
  return free ? null : { key: word.key, suggestion: null };
}

function placeBareWords(
  command: Command,
  fields: readonly OptionField[],
  { options, bare }: Sorted,
): { readonly options: Options } | { readonly problem: Problem } {
  const open = fields.filter((field, index) => !(field.name in options) && (index === 0 || field.required));
  const secret = open.find((field) => field.field === 'secret');
  let left = [...bare];
  for (const field of open) {
    const candidates = left.filter(({ word }) => {
      if (field.field === 'secret') return secret === open[0] || looksLikeUrl(word);
      return field.field === 'lines' || secret === undefined || !looksLikeUrl(word);
    });
    const taken = wordy.includes(field.field) ? candidates : candidates.slice(0, 1);
    if (taken.length === 0) continue;
    options[field.name] = joinWords(taken.map(({ word }) => word));
    left = left.filter((entry) => !taken.includes(entry));
  }
  const last = left[0]?.after;
  // `name:Lucky Star`: the quotes were forgotten, and no other option could take the second word.
  if (last && left.every(({ word, after }) => after === last && !looksLikeUrl(word))) {
    options[last] = `${options[last] ?? ''} ${joinWords(left.map(({ word }) => word))}`;
    left = [];
  }
  return left.length > 0 ? { problem: wordsLeftOver(command) } : { options };
}

function joinWords(words: readonly LineWord[]): string {
  return words.map((word, index) => (index === 0 ? '' : word.gap) + wordText(word)).join('');
}
