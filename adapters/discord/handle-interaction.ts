import { randomBytes } from 'node:crypto';
import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteraction,
  type APIInteractionResponse,
  ChannelType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord.js';
import { fileOption, withFile } from '../../src/chosen-file.js';
import type { Caller } from '../../src/command.js';
import type { Choice, Dispatch, Form, Prepared, Reply } from '../../src/dispatch.js';
import { firstMissing } from '../../src/missing-option.js';
import { fieldsOf } from '../../src/options.js';
import type { Log } from '../../src/ports.js';
import { membershipUnknown, unknownControl } from '../../src/problems/discord.js';
import { unexpected } from '../../src/problems/own.js';
import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import type { Turnstile } from '../../src/turnstile.js';
import { type AnswerParts, answerLater } from './answer-later.js';
import type { attachedFiles } from './attached-file.js';
import { callerOf, guildOf } from './caller.js';
import { helpWord } from './command-definitions.js';
import { type PlantedId, readPlantedId } from './custom-id.js';
import { cutText, oneLine } from './escape.js';
import { deadlines, limits } from './limits.js';
import { isChatInput, readCommand, readSubmitted, type TypedCommand } from './read-interaction.js';
import { renderForm } from './render-form.js';

/** Gives the first answer. False: Discord does not take it (too late, or answered already), so nothing may be done. */
export type FirstAnswer = (response: APIInteractionResponse) => Promise<boolean>;

export interface InteractionParts extends AnswerParts {
  readonly dispatch: Dispatch;
  readonly fileOf: ReturnType<typeof attachedFiles>;
  /** How long preparing may take before the first answer is "thinking"; in milliseconds. */
  readonly patienceMs?: number;
  /** Resolves when work may begin that nobody's first answer waits for. */
  readonly turn: Turnstile;
}

/** What an interaction asks for. */
interface Ask {
  /** The answer is private, whatever the command says. */
  readonly hasSecret: boolean;
  /** It is known beforehand that no form is shown and that the answer is private. */
  readonly isPlain: boolean;
  prepare(caller: Caller, canShowForm: boolean): Promise<Prepared>;
}

/**
 * Answers one interaction, from the gateway or from a signed request alike. Resolves when all is said; throws only what
 * is our own fault.
 */
export async function handleInteraction(
  interaction: APIInteraction,
  first: FirstAnswer,
  parts: InteractionParts,
): Promise<void> {
  if (interaction.type === InteractionType.Ping) {
    await first({ type: InteractionResponseType.Pong });
    return;
  }
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    return complete(interaction, first, parts);
  }
  const planted = plantedIn(interaction);
  const looked = callerOf(interaction, planted?.guild ?? null, parts.api);
  const found = (await within(looked, deadlines.membership)) ?? { problem: membershipUnknown() };
  if ('problem' in found) return refuse(first, parts, found.problem);
  const asked = askOf(interaction, planted, parts);
  if (!asked) return refuse(first, parts, unknownControl());
  const { caller } = found;
  const ask = safely(asked, parts);
  if (ask.isPlain) {
    // Nothing needs to be looked up for the first answer: all that arrive together get theirs before any work.
    const prepare = () => parts.turn().then(() => ask.prepare(caller, false));
    return work(interaction, caller, first, { ask, prepared: null, prepare }, parts);
  }
  const pending = ask.prepare(caller, interaction.type !== InteractionType.ModalSubmit);
  const prepared = await within(pending, parts.patienceMs ?? deadlines.prepare);
  if (prepared?.kind === 'form' && (await showForm(prepared.form, caller, interaction, first))) return;
  const prepare = async () => {
    const known = await pending;
    await parts.turn();
    return known;
  };
  await work(interaction, caller, first, { ask, prepared, prepare }, parts);
}

/** What cannot even be prepared is our fault: it is said with a number that the log has too. */
function safely(ask: Ask, { log }: InteractionParts): Ask {
  return {
    ...ask,
    prepare: (caller, canShowForm) =>
      ask.prepare(caller, canShowForm).catch((error: unknown): Prepared => {
        const card = drawnProblem(error instanceof ProblemError ? error.problem : unforeseen(error, log));
        const reply: Reply = { ok: false, private: true, card, files: [] };
        return { kind: 'run', private: true, run: async () => reply };
      }),
  };
}

function unforeseen(error: unknown, log: Log): Problem {
  const number = randomBytes(4).toString('hex');
  log.error({ number, error }, 'an interaction could not be prepared');
  return unexpected(number);
}

function plantedIn(interaction: APIInteraction): PlantedId | null {
  const isPlanted =
    interaction.type === InteractionType.MessageComponent || interaction.type === InteractionType.ModalSubmit;
  return isPlanted ? readPlantedId(interaction.data.custom_id) : null;
}

function askOf(interaction: APIInteraction, planted: PlantedId | null, parts: InteractionParts): Ask | null {
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

function askCommand({ command: name, options, file }: TypedCommand, parts: InteractionParts): Ask {
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
  { fileOf }: InteractionParts,
): Promise<Readonly<Record<string, string>>> {
  return option === null || file === null ? options : withFile(options, option, fileOf(file));
}

/** False when Discord does not take the form: what is missing is then said in words. */
async function showForm(
  form: Form,
  caller: Caller,
  interaction: APIInteraction,
  first: FirstAnswer,
): Promise<boolean> {
  const modal = renderForm(form, interaction.guild_id ? null : guildOf(caller.workspace));
  return modal !== null && (await first({ type: InteractionResponseType.Modal, data: modal }));
}

/** Acknowledges with the privacy that the command declares, then runs and shows the reply. */
async function work(
  interaction: APIInteraction,
  caller: Caller,
  first: FirstAnswer,
  { ask, prepared, prepare }: { ask: Ask; prepared: Prepared | null; prepare: () => Promise<Prepared> },
  parts: InteractionParts,
): Promise<void> {
  // What is not known in time is private: the first answer fixes it, and public could not be taken back.
  const isPrivate = ask.hasSecret || prepared?.kind !== 'run' || prepared.private;
  const at = parts.clock.now();
  const taken = await first({
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(isPrivate ? { data: { flags: MessageFlags.Ephemeral } } : {}),
  });
  if (!taken) return;
  const place = {
    channel: interaction.channel?.id ?? caller.channel.id,
    isDirect: interaction.channel?.type === ChannelType.DM || !interaction.guild_id,
  };
  const later = answerLater(
    { application: interaction.application_id, token: interaction.token, caller, place, isPrivate, at },
    parts,
  );
  const known = await prepare();
  const runnable = known.kind === 'run' ? known : await ask.prepare(caller, false);
  if (runnable.kind === 'run') await later.reply(await runnable.run(later.progress));
}

async function refuse(first: FirstAnswer, parts: InteractionParts, problem: Problem): Promise<void> {
  const { body } = await parts.drawing.draw(drawnProblem(problem));
  const { attachments: _none, ...data } = body;
  await first({
    type: InteractionResponseType.ChannelMessageWithSource,
    data: {
      ...data,
      allowed_mentions: { parse: [] },
      flags: (data.flags ?? 0) | MessageFlags.Ephemeral,
    },
  });
}

async function complete(
  interaction: APIApplicationCommandAutocompleteInteraction,
  first: FirstAnswer,
  parts: InteractionParts,
): Promise<void> {
  const { command, focused } = readCommand(interaction);
  const found = await callerOf(interaction, null, parts.api);
  const choices =
    focused && 'caller' in found ? await completions(command, focused, found.caller, parts) : [];
  await first({
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: {
      choices: choices
        .filter(({ value }) => value !== '' && value.length <= limits.choiceText)
        .slice(0, limits.choices)
        .map(({ label, value }) => ({
          name: cutText(oneLine(label), limits.choiceText) || value,
          value,
        })),
    },
  });
}

/** No choices rather than none in time: the person can still type. */
async function completions(
  command: string,
  { name, typed }: { readonly name: string; readonly typed: string },
  caller: Caller,
  { dispatch, log }: InteractionParts,
): Promise<readonly Choice[]> {
  try {
    return (await within(dispatch.complete(command, name, typed, caller), deadlines.prepare)) ?? [];
  } catch (error) {
    log.error({ command, error }, 'choices could not be listed');
    return [];
  }
}

/** `null` when it takes longer; the work goes on, and nobody is left with an unhandled failure. */
async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
