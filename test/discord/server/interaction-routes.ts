import { changeMessage, checkBody, keepMessage, messageJson } from './channel-routes.js';
import * as errors from './errors.js';
import type { Upload } from './read-upload.js';
import { type Body, ephemeralFlag, modalFaults } from './rules.js';
import { applicationId, type Interaction, type Message, type Modal, type World } from './world.js';

const firstAnswerMs = 3000;
const tokenMs = 15 * 60_000;

interface Callback {
  readonly type: number;
  readonly data?: Body & { readonly choices?: readonly { readonly name: string; readonly value: string }[] };
}

/** The first answer, by a call or as the response to a signed request. */
export function takeCallback(world: World, interaction: Interaction | undefined, upload: Upload): void {
  if (!interaction || world.now() - interaction.at > firstAnswerMs) throw errors.unknownInteraction();
  if (interaction.answered !== null) throw errors.alreadyAcknowledged();
  const callback = upload.json as Callback;
  const faults = callbackFaults(interaction, callback);
  if (faults.length > 0) {
    world.complaints.push(...faults);
    throw errors.invalidForm(faults);
  }
  if (callback.type === 9) interaction.modal = callback.data as unknown as Modal;
  if (callback.type === 8) interaction.choices = callback.data?.choices ?? [];
  if (callback.type === 4 || callback.type === 5) {
    const isPrivate = ((callback.data?.flags ?? 0) & ephemeralFlag) !== 0;
    const message = keepMessage(world, {
      channel: interaction.channel,
      onlyFor: isPrivate ? interaction.user : null,
      flags: isPrivate ? ephemeralFlag : 0,
    });
    if (callback.type === 4)
      changeMessage(message, checkBody(world, { ...upload, json: callback.data ?? {} }, null), upload);
    else message.isLoading = true;
    interaction.original = message.id;
    interaction.isPrivate = isPrivate;
  }
  interaction.answered = callback.type;
  interaction.answeredAfter = world.now() - interaction.at;
  interaction.markAnswered();
}

function callbackFaults(interaction: Interaction, { type, data }: Callback): string[] {
  const isAutocomplete = interaction.type === 4;
  if (isAutocomplete !== (type === 8)) return ['autocomplete is answered with choices, and nothing else is'];
  if (type === 8) {
    const choices = data?.choices ?? [];
    const isTooLong = choices.some(({ name, value }) => !name || name.length > 100 || value.length > 100);
    return choices.length > 25 || isTooLong ? ['choices: 25 of 100 characters'] : [];
  }
  if (type === 9) {
    if (interaction.type === 5) return ['a modal cannot answer a modal'];
    return modalFaults((data ?? {}) as unknown as Modal);
  }
  if (type === 5)
    return ((data?.flags ?? 0) & ~ephemeralFlag) === 0 ? [] : ['a defer carries only EPHEMERAL'];
  if (type === 6 || type === 7) return interaction.type === 3 ? [] : ['updates answer components only'];
  return type === 4 ? [] : [`type ${type}`];
}

function liveInteraction(world: World, application: string, token: string): Interaction {
  const found = [...world.interactions.values()].find((one) => one.token === token);
  if (application !== applicationId || !found || found.answered === null) throw errors.unknownWebhook();
  if (world.now() - found.at > tokenMs) throw errors.invalidToken();
  return found;
}

function originalOf(world: World, interaction: Interaction): Message {
  const message = world.messages.find((one) => one.id === interaction.original && !one.isDeleted);
  if (!message) throw errors.unknownMessage();
  return message;
}

export function editOriginal(world: World, application: string, token: string, upload: Upload): unknown {
  const message = originalOf(world, liveInteraction(world, application, token));
  const body = checkBody(world, upload, message);
  changeMessage(message, body, upload);
  return messageJson(world, message);
}

export function deleteOriginal(world: World, application: string, token: string): undefined {
  originalOf(world, liveInteraction(world, application, token)).isDeleted = true;
}

/** The first follow-up of a deferred answer takes its place, and its privacy. */
export function followUp(world: World, application: string, token: string, upload: Upload): unknown {
  const interaction = liveInteraction(world, application, token);
  const body = checkBody(world, upload, null);
  const original = world.messages.find((one) => one.id === interaction.original && !one.isDeleted);
  if (original?.isLoading) {
    changeMessage(original, body, upload);
    return messageJson(world, original);
  }
  const isPrivate = ((body.flags ?? 0) & ephemeralFlag) !== 0;
  const message = keepMessage(world, {
    channel: interaction.channel,
    onlyFor: isPrivate ? interaction.user : null,
    flags: isPrivate ? ephemeralFlag : 0,
  });
  changeMessage(message, body, upload);
  return messageJson(world, message);
}
