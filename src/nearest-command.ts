import type { Command } from './command.js';
import { nearest } from './nearest.js';

type Named = Pick<Command, 'name'>;

/** The first words of all commands: `offer`, `digest`, `report`. */
export function groupsOf(commands: readonly Named[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];
}

/** What the typed words most likely mean: a command, or a group's help (`offer help`), or `null`. */
export function nearestCommand(typed: string, commands: readonly Named[]): string | null {
  const [head = '', second = ''] = typed.split(' ');
  if (groupsOf(commands).includes(head)) {
    const subcommands = commands
      .filter(({ name }) => name.startsWith(`${head} `))
      .map(({ name }) => name.slice(head.length + 1));
    const near = nearest(second, subcommands);
    return near && `${head} ${near}`;
  }
  const names = commands.map(({ name }) => name);
  return (
    names.find((name) => name.endsWith(` ${head}`)) ??
    nearest(typed, names) ??
    nearGroup(head, second, commands)
  );
}

/** `/ofer list`, or `/ofer` alone: the group is misspelt. */
function nearGroup(head: string, second: string, commands: readonly Named[]): string | null {
  const group = nearest(head, groupsOf(commands));
  if (!group) return null;
  const whole = `${group} ${second}`.trim();
  if (commands.some(({ name }) => name === whole)) return whole;
  return commands.some(({ name }) => name === group) ? group : `${group} help`;
}
