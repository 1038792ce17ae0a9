import { type APIInteraction, InteractionType } from 'discord.js';
import { fileOption, withFile } from '../../src/chosen-file.js';
import type { Caller } from '../../src/command.js';
import type { Dispatch, Prepared } from '../../src/dispatch.js';
import { firstMissing } from '../../src/missing-option.js';
import { fieldsOf } from '../../src/options.js';
import type { attachedFiles } from './attached-file.js';
import { helpWord } from './command-definitions.js';
import { type PlantedId, readPlantedId } from './custom-id.js';
import { oneLine } from './escape.js';
import { isChatInput, readCommand, readSubmitted, type TypedCommand } from './read-interaction.js';

/** What it takes to prepare what was asked for. */
export interface AskParts {
  readonly dispatch: Dispatch;
  readonly fileOf: ReturnType<typeof attachedFiles>;
}

/** What an interaction asks for. */
export interface Ask {
  /** The answer is private, whatever the command says. */
  readonly hasSecret: boolean;
  /** It is known beforehand that no form is shown and that the answer is private. */
  readonly isPlain: boolean;
  prepare(caller: Caller, canShowForm: boolean): Promise<Prepared>;
}

/** What a button or a form carries. */
export function plantedIn(interaction: APIInteraction): PlantedId | null {
  const isPlanted =
    interaction.type === InteractionType.MessageComponent || interaction.type === InteractionType.ModalSubmit;
  return isPlanted ? readPlantedId(interaction.data.custom_id) : null;
}

/** `null` for what is none of ours. */
export function askOf(interaction: APIInteraction, planted: PlantedId | null, parts: AskParts): Ask | null {
  const { dispatch } = parts;
  if (interaction.type === InteractionType.ApplicationCommand) {
    return isChatInput(interaction) ? askCommand(readCommand(interaction), parts) : null;
  }
  if (interaction.type === InteractionType.MessageComponent && planted?.kind === 'button') {
    return {
      hasSecret: false,
      isPlain: false,
      prepare: (caller, canShowForm) => dispatch.press(planted.id, caller, canShowForm),
    };
  }
  if (interaction.type === InteractionType.ModalSubmit && planted?.kind === 'form') {
    const { values, file } = readSubmitted(interaction);
    // The form does not say whose it is; the only field of many lines is the one that shows the file's.
    const option = dispatch.commands.map(fileOption).find((name) => name !== null && name in values) ?? null;
    return {
      hasSecret: true,
      isPlain: false,
      prepare: async (caller) =>
        dispatch.submit(planted.id, await filled(values, option, file, parts), caller),
    };
  }
  return null;
}

function askCommand({ command: name, options, file }: TypedCommand, parts: AskParts): Ask {
  const { dispatch } = parts;
  const words = name.split(' ');
  if (words.at(-1) === helpWord) {
    const topic = words.length > 1 ? words[0] : (options.topic ?? '');
    const line = `/${helpWord} ${oneLine(topic ?? '').replace(/^\//u, '')}`.trim();
    return {
      hasSecret: false,
      isPlain: true,
      prepare: (caller, canShowForm) => dispatch.prepareLine(line, caller, canShowForm),
    };
  }
  const command = dispatch.commands.find((known) => known.name === name);
  if (!command) {
    // Discord still offers what an earlier version had registered.
    const prepare: Ask['prepare'] = (caller) => dispatch.prepareLine(`/${name}`, caller, false);
    return { hasSecret: true, isPlain: true, prepare };
  }
  const secrets = fieldsOf(command.options).filter(({ field }) => field === 'secret' || field === 'lines');
  const hasSecret =
    file !== null ||
    secrets.some((field) => options[field.name]) ||
    Object.values(options).some((text) => text.includes('://'));
  const isPrivate = hasSecret || command.audience === 'caller';
  return {
    hasSecret,
    isPlain: isPrivate && file === null && !firstMissing(command, options),
    async prepare(caller, canShowForm) {
      const given = await filled(options, fileOption(command), file, parts);
      return dispatch.prepare({ command: name, options: given, caller }, canShowForm);
    },
  };
}

async function filled(
  options: Readonly<Record<string, string>>,
  option: string | null,
  file: TypedCommand['file'],
  { fileOf }: AskParts,
): Promise<Readonly<Record<string, string>>> {
  return option === null || file === null ? options : withFile(options, option, fileOf(file));
}
