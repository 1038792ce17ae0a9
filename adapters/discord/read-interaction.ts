import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIAttachment,
  type APIChatInputApplicationCommandInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
} from 'discord.js';

/** A slash command as it was typed: `offer add` and its options as text. */
export interface TypedCommand {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** What was attached in place of many lines. */
  readonly file: Attached | null;
  /** The option that is being completed. */
  readonly focused: { readonly name: string; readonly typed: string } | null;
}

type ChatInput = APIChatInputApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction;
export type Attached = Pick<APIAttachment, 'size' | 'url'>;
type Channels = Readonly<Record<string, { readonly name?: string | null }>> | undefined;

export function isChatInput(
  interaction: APIApplicationCommandInteraction,
): interaction is APIChatInputApplicationCommandInteraction {
  return interaction.data.type === ApplicationCommandType.ChatInput;
}

/** Reads the command's name and its options, which may be those of a subcommand. */
export function readCommand({ data }: ChatInput): TypedCommand {
  const words = [data.name];
  let options = data.options ?? [];
  const [first] = options;
  if (first?.type === ApplicationCommandOptionType.Subcommand) {
    words.push(first.name);
    options = first.options ?? [];
  }
  const channels: Channels = 'resolved' in data ? data.resolved?.channels : undefined;
  const attachments = 'resolved' in data ? data.resolved?.attachments : undefined;
  const values: Record<string, string> = {};
  let file: Attached | null = null;
  let focused: TypedCommand['focused'] = null;
  for (const option of options) {
    if (!isBasic(option)) continue;
    if (option.type === ApplicationCommandOptionType.Attachment) {
      file = attachments?.[option.value] ?? null;
      continue;
    }
    values[option.name] = optionText(option, channels);
    if ('focused' in option && option.focused) focused = { name: option.name, typed: String(option.value) };
  }
  return { command: words.join(' '), options: values, file, focused };
}

type AnyOption = NonNullable<ChatInput['data']['options']>[number];

function isBasic(option: AnyOption): option is APIApplicationCommandInteractionDataBasicOption {
  return 'value' in option;
}

function optionText(option: APIApplicationCommandInteractionDataBasicOption, channels: Channels): string {
  const value = String(option.value);
  return option.type === ApplicationCommandOptionType.Channel ? channelText(value, channels) : value;
}

/** `<#id|name>`, as options read channels. */
function channelText(id: string, channels: Channels): string {
  const name = (channels?.[id]?.name ?? id).replace(/[|<>]/gu, '');
  return `<#${id}|${name}>`;
}

/** What was filled in, by the field's name; fields left empty are ''. */
export function readSubmitted({ data }: APIModalSubmitInteraction): {
  readonly values: Readonly<Record<string, string>>;
  readonly file: Attached | null;
} {
  const channels = data.resolved?.channels;
  let file: Attached | null = null;
  const values: Record<string, string> = {};
  for (const part of data.components) {
    const inputs =
      part.type === ComponentType.Label
        ? [part.component]
        : part.type === ComponentType.ActionRow
          ? part.components
          : [];
    for (const input of inputs) {
      if (input.type === ComponentType.TextInput) values[input.custom_id] = input.value;
      else if (input.type === ComponentType.StringSelect) values[input.custom_id] = input.values[0] ?? '';
      else if (input.type === ComponentType.ChannelSelect) {
        const [id] = input.values;
        values[input.custom_id] = id ? channelText(id, channels) : '';
      } else if (input.type === ComponentType.FileUpload) {
        const [id = ''] = input.values;
        file = data.resolved?.attachments?.[id] ?? null;
      }
    }
  }
  return { values, file };
}
