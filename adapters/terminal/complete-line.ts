import type { Dispatch } from '../../src/dispatch.js';
import { splitWords } from '../../src/line-words.js';
import { fieldsOf, type OptionField } from '../../src/options.js';
import { safeLine } from './safe-text.js';
import type { Session } from './typed-line.js';

/** Completions and the end of the line that they replace, as readline wants them. */
export type Completions = [string[], string];

/** Completes command names, option names and option values at the end of a typed line. */
export async function completeLine(line: string, { dispatch, caller }: Session): Promise<Completions> {
  const start = line.trimStart();
  const typedName = start.replace(/^\//, '').toLowerCase().replace(/ +/g, ' ');
  const names = dispatch.commands.map(({ name }) => name);
  const command = dispatch.commands.find(({ name }) => typedName.startsWith(`${name} `));
  if (!command) {
    const slash = start.startsWith('/') || start === '' ? '/' : '';
    const matching = [...names, 'help'].filter((name) => name.startsWith(typedName));
    return [matching.map((name) => `${slash + name} `), start];
  }
  const fields = fieldsOf(command.options);
  const rest = start.replace(/^\//, '').slice(command.name.length);
  const word = /(?:^|\s)((?:\p{L}[\p{L}\p{N}_-]*:)?"[^"]*|\S*)$/u.exec(rest)?.[1] ?? '';
  const [, key = null, typed = ''] = /^(?:(\p{L}[\p{L}\p{N}_-]*):)?(.*)$/u.exec(word) ?? [];
  const given = (splitWords(rest.slice(0, rest.length - word.length)) ?? []).map((one) => one.key);
  const valuesFor = async (field: OptionField) =>
    (await completeValue(field, command.name, typed.replace(/^"/, ''), dispatch, caller)).map(quote);
  if (key !== null) {
    const field = fields.find(({ name }) => name === key.toLowerCase());
    return [field ? (await valuesFor(field)).map((value) => `${key}:${value} `) : [], word];
  }
  const options = fields
    .filter(({ name }) => name.startsWith(word.toLowerCase()) && !given.includes(name))
    .map(({ name }) => `${name}:`);
  const [first] = fields;
  const positional = first && given.length === 0 ? (await valuesFor(first)).map((value) => `${value} `) : [];
  return [[...positional, ...options], word];
}

/** Values of one option; nothing for secrets. */
export async function completeValue(
  field: OptionField,
  command: string,
  typed: string,
  dispatch: Dispatch,
  caller: Session['caller'],
): Promise<string[]> {
  if (field.field === 'secret' || field.field === 'lines') return [];
  const start = typed.toLowerCase();
  if (field.choices) return field.choices.filter((choice) => choice.startsWith(start));
  const choices = await dispatch.complete(command, field.name, typed, caller);
  return choices.map(({ value }) => safeLine(value));
}

function quote(value: string): string {
  return /[\s"“”]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}
