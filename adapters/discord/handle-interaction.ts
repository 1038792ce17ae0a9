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
import type { Caller } from '../../src/command.js';
import type { Choice, Form, Prepared, Reply } from '../../src/dispatch.js';
import type { Log } from '../../src/ports.js';
import { membershipUnknown, unknownControl } from '../../src/problems/discord.js';
import { unexpected } from '../../src/problems/own.js';
import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import type { Turnstile } from '../../src/turnstile.js';
import { type AnswerParts, answerLater } from './answer-later.js';
import { type Ask, type AskParts, askOf, plantedIn } from './ask-of.js';
import { callerOf, guildOf } from './caller.js';
import { cutText, oneLine } from './escape.js';
import { deadlines, limits } from './limits.js';
import { readCommand } from './read-interaction.js';
import { renderForm } from './render-form.js';

/** Gives the first answer. False: Discord does not take it (too late, or answered already), so nothing may be done. */
export type FirstAnswer = (response: APIInteractionResponse) => Promise<boolean>;

export interface InteractionParts extends AnswerParts, AskParts {
  /** How long preparing may take before the first answer is "thinking"; in milliseconds. */
  readonly patienceMs?: number;
  /** Resolves when work may begin that nobody's first answer waits for. */
  readonly turn: Turnstile;
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
