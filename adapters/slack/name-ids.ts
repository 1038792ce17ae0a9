import type { Caller, Command } from '../../src/command.js';
import type { RefusedOption } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import { ProblemError } from '../../src/problems/problem.js';
import { nameNotFound } from '../../src/problems/slack.js';
import type { Asker } from './asker.js';
import type { SlackContext } from './context.js';

type Options = Readonly<Record<string, string>>;

/** Ids in place of names; or the option whose name is not to be found. */
export type Named = { readonly options: Options } | { readonly refused: RefusedOption };

/** Puts ids where people wrote `#casino` or `@ann`, since only ids tell channels and people apart. */
export async function namesToIds(
  context: SlackContext,
  asker: Asker,
  command: Command,
  options: Options,
  caller: Caller,
): Promise<Named> {
  const known: Record<string, string> = { ...options };
  for (const { name, field } of fieldsOf(command.options)) {
    const text = options[name]?.trim();
    if (!text) continue;
    try {
      if (field === 'channel') known[name] = await channelMention(context, asker, text, caller);
      else if (field === 'text' && /^@[\p{L}\p{N}._-]+$/u.test(text)) {
        known[name] = `<@${await idOf(context, asker, text)}|${text.slice(1)}>`;
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { refused: { option: name, problem: error.problem } };
    }
  }
  return { options: known };
}

/** The channel that a command with a channel option is about; `null` for other commands. */
export function channelAbout(command: Command, options: Options, caller: Caller): string | null {
  const field = fieldsOf(command.options).find((known) => known.field === 'channel');
  if (!field) return null;
  const text = options[field.name];
  return (text && /^<#([^|>]+)/.exec(text)?.[1]) || caller.channel.id;
}

async function channelMention(
  context: SlackContext,
  asker: Asker,
  text: string,
  caller: Caller,
): Promise<string> {
  const mention = /^<#([^|>]+)(?:\|([^>]*))?>$/.exec(text);
  if (mention?.[1]) return named(context, asker, mention[1], mention[2]);
  if (/^[CG][A-Z0-9]{7,}$/.test(text)) return named(context, asker, text, undefined);
  const name = text.startsWith('#') ? text : `#${text}`;
  const id = name === caller.channel.name ? caller.channel.id : await idOf(context, asker, name);
  return `<#${id}|${name.slice(1)}>`;
}

async function named(
  context: SlackContext,
  asker: Asker,
  id: string,
  name: string | undefined,
): Promise<string> {
  if (name) return `<#${id}|${name}>`;
  const place = await context.directory.place(asker.workspace, asker.client, id).catch(() => null);
  if (!place) throw new ProblemError(nameNotFound(`#${id}`));
  return `<#${id}|${place.name.replace(/^#/, '')}>`;
}

async function idOf(context: SlackContext, asker: Asker, name: string): Promise<string> {
  const id = await context.directory.find(asker.workspace, asker.client, name);
  if (id === null) throw new ProblemError(nameNotFound(name));
  return id;
}
