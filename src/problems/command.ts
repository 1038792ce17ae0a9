import type { Command } from '../command.js';
import { groupsOf, nearestCommand } from '../nearest-command.js';
import type { OptionField } from '../options.js';
import type { Problem } from './problem.js';

type Named = Pick<Command, 'name' | 'examples'>;

/** A line that would work, with its slash. */
export function exampleOf(command: Named): string {
  const example = command.examples[0] ?? command.name;
  return example.startsWith('/') ? example : `/${example}`;
}

/** Longer words may be (part of) a token. */
const longestWord = 14;

/**
 * What was typed, in quotes, or nothing when it could be a token: only a word or two of plain letters are repeated,
 * because problems are logged and, in channels, read by others.
 */
function repeat(typed: string): string {
  const words = typed.split(/[ -]/);
  const plain = words.every((word) => word.length <= longestWord && /^\p{L}?\p{Ll}+$|^\p{Lu}+$/u.test(word));
  return plain && words.length <= 3 ? ` "${typed}"` : '';
}

function groupHelp(name: string): string {
  const [group = '', subcommand] = name.split(' ');
  return subcommand === undefined ? 'Type /help to see all commands' : `Type /${group} help to see them all`;
}

/** `typed` is the one or two words that should have been a command's name, without the slash. */
export function unknownCommand(typed: string, commands: readonly Pick<Command, 'name'>[]): Problem {
  const suggestion = nearestCommand(typed, commands);
  const [group = ''] = typed.split(' ');
  const help = groupsOf(commands).includes(group)
    ? `Type /${group} help to see what it can do`
    : 'Type /help to see all commands';
  return {
    code: 'command.unknown',
    what: `I do not know the command${repeat(typed)}.${suggestion ? ` Did you mean /${suggestion}?` : ''}`,
    why: 'Nothing was done.',
    fix: [...(suggestion ? [`Type /${suggestion}`] : []), help],
  };
}

export function ambiguousCommand(typed: string, candidates: readonly string[]): Problem {
  const names = candidates.map((name) => `/${name}`);
  return {
    code: 'command.ambiguous',
    what: `The command${repeat(typed)} could be ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}.`,
    why: 'Nothing was done, because I would have to guess.',
    fix: ['Type the whole command, both words'],
  };
}

/** Somebody pasted a URL alone. It may hold a token, so it is not repeated. */
export function urlWithoutCommand(suggestions: readonly string[]): Problem {
  return {
    code: 'command.url-alone',
    what: 'This is a URL without a command.',
    why: 'I do not read a URL before you say what to do with it.',
    fix: suggestions.map((name) => `Type /${name} and paste the URL after it`),
  };
}

export function unknownOption(command: Named, typed: string, suggestion: string | null): Problem {
  const hint = suggestion ? ` Did you mean ${suggestion}:?` : '';
  return {
    code: 'command.unknown-option',
    what: `/${command.name} has no option${repeat(typed)}.${hint}`,
    why: 'Nothing was done, because the answer could be another one than you asked for.',
    fix: [`Write it like this: ${exampleOf(command)}`, groupHelp(command.name)],
  };
}

export function missingOption(command: Named, field: OptionField): Problem {
  return {
    code: 'command.missing-option',
    what: `/${command.name} needs one thing more, ${field.name}: ${lowerFirst(field.description)}.`,
    why: 'Nothing was done.',
    fix: [`Write it like this: ${exampleOf(command)}`],
  };
}

/**
 * `reason` completes a sentence: "is not a time; write it as 09:00"; anything else is replaced by one that does.
 * The value is repeated only where it cannot be a secret.
 */
export function badValue(command: Named, field: OptionField, value: string, reason: string): Problem {
  const said = /^is /.test(reason) ? reason.replace(/\.$/, '') : reasonFor(field);
  const shown = field.field === 'secret' || field.field === 'lines' ? '' : repeat(value);
  return {
    code: 'command.bad-value',
    what: `The value${shown} of ${field.name}: ${said}.`,
    why: `${field.name}: is ${lowerFirst(field.description)}. Nothing was done.`,
    fix: [`Write it like this: ${exampleOf(command)}`],
  };
}

function reasonFor(field: OptionField): string {
  if (field.choices) return `is not one of ${field.choices.join(', ')}`;
  return `cannot be read${field.example ? `; write it as ${field.example}` : ''}`;
}

/** A button that opens a form was pressed where no form can be shown, and nothing is missing that could be named. */
export function formElsewhere(command: Named): Problem {
  return {
    code: 'command.form-elsewhere',
    what: 'This choice asks for more, and no form can be shown here.',
    why: 'Nothing was done.',
    fix: [
      `Type the whole command with what it asks for, like this: ${exampleOf(command)}`,
      `Type /help ${command.name} to see its options`,
    ],
  };
}

export function emptyOption(command: Named, field: OptionField): Problem {
  return badValue(command, field, '', 'is empty');
}

export function optionTwice(command: Named, field: OptionField): Problem {
  return {
    code: 'command.option-twice',
    what: `The option ${field.name}: is given twice.`,
    why: 'Nothing was done, because I would have to guess which one you mean.',
    fix: [`Write it once, like this: ${exampleOf(command)}`],
  };
}

/** Words are left over that belong to no option; they may be pieces of a token and are not repeated. */
export function wordsLeftOver(command: Named): Problem {
  return {
    code: 'command.words-left-over',
    what: `/${command.name} has more words than it can place.`,
    why: 'A URL must be in one piece, and a value with spaces needs quotes. Nothing was done.',
    fix: [
      'Put quotes around a value with spaces, and take spaces and line breaks out of a URL',
      `Write it like this: ${exampleOf(command)}`,
    ],
  };
}

export function badQuoting(): Problem {
  return {
    code: 'command.bad-quoting',
    what: 'A quote is opened and not closed.',
    why: 'I cannot tell where the value ends. Nothing was done.',
    fix: ['Close the quote, like this: name:"Lucky Star"'],
  };
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
