import { assignOptions } from './assign-options.js';
import type { Command } from './command.js';
import { type LineWord, looksLikeUrl, splitWords, wordText } from './line-words.js';
import { groupsOf } from './nearest-command.js';
import { fieldsOf } from './options.js';
import { ambiguousCommand, badQuoting, unknownCommand, urlWithoutCommand } from './problems/command.js';
import type { Problem } from './problems/problem.js';

/**
 * A typed line, understood: a command with raw option texts, a wish for help (`topic` is a group such as `offer`, a command's name, or `null` for all),
 * or what is wrong with the line. Problems never repeat what could be a token.
 */
export type ParsedLine =
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly options: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'help'; readonly topic: string | null }
  | { readonly kind: 'problem'; readonly problem: Problem };

const helpWords = ['help', '?', '--help', '-h'];

/** Reads `/offer add https://… name:"Lucky Star" channel:#casino`; the slash may be left out. */
export function parseLine(line: string, commands: readonly Command[]): ParsedLine {
  const words = splitWords(line);
  if (words === null) return problem(badQuoting());
  const [first, second] = words;
  if (!first) return { kind: 'help', topic: null };
  if (looksLikeUrl(first)) return problem(urlWithoutCommand(takersOfUrls(commands)));

  const head = nameWord(first);
  if (helpWords.includes(head)) return helpFor(words.slice(1), commands);

  const command =
    commands.find(({ name }) => second && name === `${head} ${nameWord(second)}`) ??
    commands.find(({ name }) => name === head);
  if (!command && second && isHelp(second)) return helpFor([first, ...words.slice(2)], commands);
  if (!command) return noCommand(head, second, commands);
  const rest = words.slice(command.name.split(' ').length);
  if (rest.length === 1 && rest[0] && isHelp(rest[0])) return { kind: 'help', topic: command.name };
  const assigned = assignOptions(command, rest);
  return 'problem' in assigned
    ? problem(assigned.problem)
    : { kind: 'command', command, options: assigned.options };
}

function problem(found: Problem): ParsedLine {
  return { kind: 'problem', problem: found };
}

function nameWord(word: LineWord): string {
  return wordText(word).toLowerCase().replace(/^\//, '');
}

function isHelp(word: LineWord): boolean {
  return !word.quoted && helpWords.includes(wordText(word).toLowerCase());
}

function takersOfUrls(commands: readonly Command[]): string[] {
  const takers = commands.filter(({ options }) => fieldsOf(options)[0]?.field === 'secret');
  return takers.slice(0, 2).map(({ name }) => name);
}

/** Help about everything, a group or a command, for `help`, `help offer`, `help offer add`. */
function helpFor(about: readonly LineWord[], commands: readonly Command[]): ParsedLine {
  const topic = about.slice(0, 2).map(nameWord).join(' ');
  if (topic === '') return { kind: 'help', topic: null };
  if (commands.some(({ name }) => name === topic)) return { kind: 'help', topic };
  const [group = ''] = topic.split(' ');
  if (groupsOf(commands).includes(group)) return { kind: 'help', topic: group };
  return problem(unknownCommand(topic, commands));
}

/** The words name no command: a whole group, a second word alone, a URL, or something unknown. */
function noCommand(head: string, second: LineWord | undefined, commands: readonly Command[]): ParsedLine {
  const isGroup = groupsOf(commands).includes(head);
  if (isGroup && !second) return { kind: 'help', topic: head };
  if (isGroup && second && looksLikeUrl(second)) {
    return problem(
      urlWithoutCommand(takersOfUrls(commands.filter(({ name }) => name.startsWith(`${head} `)))),
    );
  }
  const sameSecond = commands.map(({ name }) => name).filter((name) => name.endsWith(` ${head}`));
  if (!isGroup && sameSecond.length > 1) return problem(ambiguousCommand(head, sameSecond));
  const typed = second && !looksLikeUrl(second) ? `${head} ${nameWord(second)}` : head;
  return problem(unknownCommand(typed, commands));
}
