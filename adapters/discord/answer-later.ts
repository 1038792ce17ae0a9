import { MessageFlags } from 'discord.js';
import type { Card, DrawnCard } from '../../src/card.js';
import type { Caller } from '../../src/command.js';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import type { Reply } from '../../src/dispatch.js';
import type { Clock, Log } from '../../src/ports.js';
import { answerUndeliverable } from '../../src/problems/discord.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { withoutActions } from '../../src/without-actions.js';
import type { DiscordApi } from './api.js';
import { guildOf } from './caller.js';
import { deliveryError, reasonOf, refusalCode } from './delivery-error.js';
import { deadlines } from './limits.js';
import { type DiscordMessage, type Drawing, plainMessage } from './message.js';

export interface Acknowledged {
  readonly application: string;
  readonly token: string;
  readonly caller: Caller;
  /** Where the interaction was: a direct message or a channel. */
  readonly place: { readonly channel: string; readonly isDirect: boolean };
  readonly isPrivate: boolean;
  readonly at: Instant;
}

export interface AnswerParts {
  readonly api: DiscordApi;
  readonly drawing: Drawing;
  readonly clock: Clock;
  readonly log: Log;
  /** Waits between tries; real time, since Discord's is. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

const invalidBody = 50_035;
const missingAccess = 50_001;
/** The token is over, or its answer is not there (yet). */
const tokenOver: readonly number[] = [50_027, 10_062];
const notThereYet: readonly number[] = [10_015, 10_008];
const waits = [200, 500, 1000, 2000] as const;

/** What happens to an interaction after its first answer: progress, the reply, and what to do when it is too late. */
export function answerLater(acknowledged: Acknowledged, parts: AnswerParts) {
  const { application, token, caller, place, isPrivate } = acknowledged;
  const { api, drawing, clock, log } = parts;
  const guild = place.isDirect ? guildOf(caller.workspace) : null;
  let nextProgress: DrawnCard | null = null;
  let editing: Promise<void> = Promise.resolve();
  let isEditing = false;
  let isClosed = false;

  /** One edit at a time; while it is on its way only the newest state waits. */
  function progress(card: Card): void {
    nextProgress = withoutActions(card);
    if (isEditing || isClosed) return;
    isEditing = true;
    editing = showProgress();
  }

  async function showProgress(): Promise<void> {
    while (nextProgress && !isClosed) {
      const card = nextProgress;
      nextProgress = null;
      try {
        await api.editAnswer(application, token, await drawing.draw(card));
      } catch (error) {
        log.info({ reason: reasonOf(error) }, 'progress was not shown');
      }
    }
    isEditing = false;
  }

  async function reply(answer: Reply): Promise<void> {
    isClosed = true;
    await editing;
    try {
      await deliver(answer);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'an answer was not delivered');
    }
  }

  async function deliver(answer: Reply): Promise<void> {
    if (clock.now() >= addMilliseconds(acknowledged.at, deadlines.answer)) return deliverLate(answer);
    const message = await drawing.draw(answer.card, { guild, files: answer.files });
    try {
      // A public beginning cannot become private: it is taken away, and the answer follows on its own.
      if (answer.private && !isPrivate) await replacePublic(message);
      else await persist((given) => api.editAnswer(application, token, given), message, answer.card);
    } catch (error) {
      if (!isOver(error)) throw error;
      return deliverLate(answer);
    }
    await followWithDetails(answer);
  }

  async function replacePublic(message: DiscordMessage): Promise<void> {
    await api.deleteAnswer(application, token);
    await api.followUp(application, token, message, MessageFlags.Ephemeral);
  }

  /** An edit may be made twice, so a lost one is repeated; a refused drawing becomes a short text. */
  async function persist(
    edit: (message: DiscordMessage) => Promise<void>,
    message: DiscordMessage,
    card: DrawnCard,
  ): Promise<void> {
    let current = message;
    for (const pause of [...waits, null]) {
      try {
        return await edit(current);
      } catch (error) {
        const code = refusalCode(error);
        if (code === invalidBody) {
          log.error({ problems: card.problems ?? [] }, 'Discord refused a drawn card');
          current = plainMessage(card);
        } else if (!mayPass(error)) throw error;
        if (pause === null) throw error;
        await parts.wait(pause);
      }
    }
  }

  async function followWithDetails({ card, private: wantsPrivacy }: Reply): Promise<void> {
    if (!card.details?.length) return;
    const details = await drawing.draw(detailsOf(card), { guild });
    const flags = isPrivate || wantsPrivacy ? MessageFlags.Ephemeral : 0;
    await api.followUp(application, token, details, flags);
  }

  /** The 15 minutes are over: a private answer becomes a direct message, a public one a message in its channel. */
  async function deliverLate(answer: Reply): Promise<void> {
    const isPublic = !answer.private && !isPrivate;
    if (isPublic) return postLate(place.channel, answer);
    try {
      await postLate(await api.openDirect(caller.user.id), answer);
    } catch (error) {
      if (deliveryError(error).outcome !== 'permanent' || place.isDirect) throw error;
      const notice = drawnProblem(answerUndeliverable(caller.user.name), 'warning');
      await api.post(place.channel, await drawing.draw(notice), {});
    }
  }

  async function postLate(channel: string, answer: Reply): Promise<void> {
    const server = answer.private || isPrivate ? guildOf(caller.workspace) : null;
    const message = await drawing.draw(answer.card, { guild: server, files: answer.files });
    await api.post(channel, message, {});
    if (!answer.card.details?.length) return;
    await api.post(channel, await drawing.draw(detailsOf(answer.card), { guild: server }), {});
  }

  return { progress, reply };
}

/** The details of a card as a card. */
export function detailsOf(card: DrawnCard): DrawnCard {
  return { title: `More on: ${card.title}`, tone: 'plain', blocks: card.details ?? [] };
}

function isOver(error: unknown): boolean {
  const code = refusalCode(error);
  return code !== null && (tokenOver.includes(code) || notThereYet.includes(code) || code === missingAccess);
}

function mayPass(error: unknown): boolean {
  const code = refusalCode(error);
  if (code !== null) return notThereYet.includes(code);
  return deliveryError(error).outcome !== 'permanent';
}
