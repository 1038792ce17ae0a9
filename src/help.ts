import type { Block, Card } from './card.js';
import type { Command } from './command.js';
import { fieldsOf, type OptionField } from './options.js';

/** `/offer add <url> [name:] [channel:]`: required options in angle brackets, the first one without its name. */
export function usageOf(command: Command): string {
  const words = fieldsOf(command.options).map((field, index) => {
    const shown = index === 0 ? `<${field.name}>` : `${field.name}:${field.required ? '…' : ''}`;
    return field.required ? shown : `[${shown.replace(/^<(.*)>$/, '$1')}]`;
  });
  return [`/${command.name}`, ...words].join(' ');
}

/** Help for all commands, for one group (`offer`), or for one command (`offer add`). */
export function helpCard(commands: readonly Command[], topic: string | null): Card {
  const one = commands.find((command) => command.name === topic);
  if (one) return commandHelp(one);
  const shown = topic ? commands.filter((command) => command.name.split(' ')[0] === topic) : commands;
  const first = shown[0]?.examples[0];
  const blocks: Block[] = [
    {
      type: 'table',
      columns: [{ label: 'Command' }, { label: 'What it does' }],
      rows: shown.map((command) => [`/${command.name}`, command.summary]),
    },
  ];
  if (first) blocks.push({ type: 'text', text: 'For example:' }, { type: 'code', text: first });
  blocks.push({
    type: 'text',
    text: `Type /help ${shown[0]?.name ?? 'offer add'} for the options of a command.`,
    muted: true,
  });
  return { title: topic ? `/${topic}` : 'What Tallyman can do', tone: 'plain', blocks };
}

function commandHelp(command: Command): Card {
  const fields = fieldsOf(command.options);
  const blocks: Block[] = [
    { type: 'text', text: `${command.summary}.` },
    { type: 'code', text: usageOf(command) },
  ];
  if (fields.length > 0) {
    blocks.push({
      type: 'facts',
      facts: fields.map((field) => ({
        label: field.name + (field.required ? '' : ' (optional)'),
        value: describe(field),
      })),
    });
  }
  if (command.examples.length > 0) {
    blocks.push({ type: 'text', text: 'For example:' }, { type: 'code', text: command.examples.join('\n') });
  }
  return { title: `/${command.name}`, tone: 'plain', blocks };
}

function describe({ description, field, choices }: OptionField): string {
  return choices && field !== 'flag' ? `${description}: ${choices.join(', ')}` : description;
}
