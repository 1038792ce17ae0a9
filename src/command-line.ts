import { assignOptions } from './assign-options.js';
import type { Command } from './command.js';
import { type LineWord, looksLikeUrl, splitWords, wordText } from './line-words.js';
import { nearest } from './nearest.js';
import { fieldsOf } from './options.js';
import { ambiguousCommand, badQuoting, unknownCommand, urlWithoutCommand } from './problems/command.js';
import type { Problem } from './problems/problem.js';

/**
 * A typed line, understood: a command with raw option texts, a wish for help (`group: null` is all of it),
 * or what is wrong with the line. Problems never repeat what could be a token.
 */
export type ParsedLine =
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly options: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'help'; readonly group: string | null }
  | { readonly kind: 'problem'; readonly problem: Problem };

const helpWords = ['help', '?', '--help', '-h'];

/** Reads `/offer add https://… name:"Lucky Star" channel:#casino`; the slash may be left out. */
export function parseLine(line: string, commands: readonly Command[]): ParsedLine {
  const words = splitWords(line);
  if (words === null) return problem(badQuoting());
  const [first, second] = words;
  if (!first) return { kind: 'help', group: null };
  if (looksLikeUrl(first)) return problem(urlWithoutCommand(takersOfUrls(commands)));

  const head = nameWord(first);
  if (helpWords.includes(head)) return helpFor(second, commands);

  const command =
    commands.find(({ name }) => second && name === `${head} ${nameWord(second)}`) ??
    commands.find(({ name }) => name === head);
  if (!command) return noCommand(head, second, commands);
  const rest = words.slice(command.name.split(' ').length);
  if (rest.length === 1 && rest[0] && isHelp(rest[0])) return { kind: 'help', group: head };
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

function groupsOf(commands: readonly Command[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];
}

function takersOfUrls(commands: readonly Command[]): string[] {
  const takers = commands.filter(({ options }) => fieldsOf(options)[0]?.field === 'secret');
  return takers.slice(0, 2).map(({ name }) => name);
}

function helpFor(about: LineWord | undefined, commands: readonly Command[]): ParsedLine {
  if (!about) return { kind: 'help', group: null };
  const group = nameWord(about);
  if (groupsOf(commands).includes(group)) return { kind: 'help', group };
  const near = nearest(group, groupsOf(commands));
  return problem(unknownCommand(group, near && `help ${near}`, null));
}

/** The words name no command: a whole group, a slip of the fingers, a second word alone, or nothing known. */
function noCommand(head: string, second: LineWord | undefined, commands: readonly Command[]): ParsedLine {
  const names = commands.map(({ name }) => name);
  if (groupsOf(commands).includes(head)) {
    if (!second || isHelp(second)) return { kind: 'help', group: head };
    const ofGroup = commands.filter(({ name }) => name.startsWith(`${head} `));
    if (looksLikeUrl(second)) return problem(urlWithoutCommand(takersOfUrls(ofGroup)));
    const typed = nameWord(second);
    const near = nearest(
      typed,
      ofGroup.map(({ name }) => name.slice(head.length + 1)),
    );
    return problem(unknownCommand(`${head} ${typed}`, near && `${head} ${near}`, head));
  }
  const sameSecond = names.filter((name) => name.endsWith(` ${head}`));
  if (sameSecond.length > 1) return problem(ambiguousCommand(head, sameSecond));
  const both = second && !looksLikeUrl(second) ? `${head} ${nameWord(second)}` : head;
  const suggestion = sameSecond[0] ?? nearest(both, names) ?? nearGroup(head, second, commands);
  return problem(unknownCommand(both === suggestion ? head : both, suggestion, null));
}

/** `/ofer list`, or `/ofer` alone: the group is misspelt. */
function nearGroup(head: string, second: LineWord | undefined, commands: readonly Command[]): string | null {
  const group = nearest(head, groupsOf(commands));
  if (!group) return null;
  const whole = second ? `${group} ${nameWord(second)}` : group;
  if (commands.some(({ name }) => name === whole)) return whole;
  return commands.some(({ name }) => name === group) ? group : `${group} help`;
}
