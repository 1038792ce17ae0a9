import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command } from '../../src/command.js';
import { fieldsOf, type OptionField } from '../../src/options.js';
import { fileWord } from './attached-file.js';
import { cutText, oneLine } from './escape.js';
import { limits } from './limits.js';

/** Channels that can be posted to: text and announcement channels. */
export const postable = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

/** Word under which every group explains itself, and the command that explains all. */
export const helpWord = 'help';

type Definition = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * What Discord is told about the commands: `offer add` becomes a subcommand of `/offer`. An option may be left out even
 * where the command needs it, for then a form asks for it; a pasted URL is best typed there.
 */
export function commandDefinitions(commands: readonly Command[]): Definition[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const [group = ''] = command.name.split(' ');
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  const defined = [...groups].map(([name, members]) => defineGroup(name, members));
  return [...defined, defineHelp()];
}

function defineGroup(name: string, members: readonly Command[]): Definition {
  const [only] = members;
  if (only && members.length === 1 && only.name === name) {
    return definition(name, describe(only.summary), optionsOf(only));
  }
  const subcommands = members.map((command): APIApplicationCommandSubcommandOption => {
    return {
      type: ApplicationCommandOptionType.Subcommand,
      name: command.name.slice(name.length + 1),
      description: describe(command.summary),
      options: optionsOf(command),
    };
  });
  const help: APIApplicationCommandSubcommandOption = {
    type: ApplicationCommandOptionType.Subcommand,
    name: helpWord,
    description: `What /${name} can do, with examples`,
  };
  const verbs = subcommands.map((subcommand) => subcommand.name).join(', ');
  return definition(name, describe(`${name}: ${verbs}`), [...subcommands, help]);
}

function defineHelp(): Definition {
  return definition(helpWord, 'What Tallyman can do', [
    {
      type: ApplicationCommandOptionType.String,
      name: 'topic',
      description: 'A command, such as offer add',
      max_length: limits.choiceText,
    },
  ]);
}

function definition(
  name: string,
  description: string,
  options: NonNullable<Definition['options']>,
): Definition {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    options,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
}

function optionsOf(command: Command): APIApplicationCommandBasicOption[] {
  const fields = fieldsOf(command.options);
  // What the command needs stands first, but is not `required` of Discord: what is missing, a form asks for.
  const ordered = [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
  return ordered.flatMap(optionsFor).slice(0, limits.commandOptions);
}

/** Many lines may also come as a file. */
function optionsFor(field: OptionField): APIApplicationCommandBasicOption[] {
  if (field.field !== 'lines') return [optionFor(field)];
  const description = describe('The same as a CSV or text file');
  const file = { type: ApplicationCommandOptionType.Attachment as const, name: fileWord, description };
  return [optionFor(field), { ...file, required: false }];
}

function optionFor(field: OptionField): APIApplicationCommandBasicOption {
  const common = { name: field.name, description: describe(field.description), required: false };
  switch (field.field) {
    case 'flag':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
    case 'channel':
      return { ...common, type: ApplicationCommandOptionType.Channel, channel_types: [...postable] };
    case 'choice':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        choices: (field.choices ?? []).slice(0, limits.choices).map((choice) => {
          return { name: choice.slice(0, limits.choiceText), value: choice };
        }),
      };
    case 'offer':
    case 'incident':
    case 'timezone':
    case 'currency':
      return { ...common, type: ApplicationCommandOptionType.String, autocomplete: true };
    case 'text':
    case 'secret':
    case 'lines':
    case 'day':
    case 'time':
    case 'duration':
      return { ...common, type: ApplicationCommandOptionType.String };
  }
}

function describe(text: string): string {
  return cutText(oneLine(text), limits.commandDescription) || '–';
}
