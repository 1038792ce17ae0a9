import type { Ledger } from '../../specs/ledger.js';
import type { Upload } from './read-upload.js';
import {
  type Body,
  commandFaults,
  type Definition,
  ephemeralFlag,
  messageFaults,
  modalFaults,
} from './rules.js';
import type { Channel, Interaction, Message, Modal, World } from './world.js';

interface Callback {
  readonly type: number;
  readonly data?: Body;
}

/** Notes what was sent to Discord: who will read it, and what of the rules that its description lacks it breaks. */
export function recordBody(
  ledger: Ledger,
  world: World,
  call: { readonly method: string; readonly path: string },
  upload: Upload,
): void {
  if (upload.json === null) return;
  const parts = call.path.split('/').slice(1);
  const found = placeOf(world, parts, upload.json);
  ledger.sent(
    {
      surface: 'discord',
      endpoint: `${call.method} ${shapeOf(parts)}`,
      body: upload.json,
      files: upload.files.flatMap(({ name, description, content }) => [name, description, content]),
      room: found.room,
    },
    [...upload.faults, ...found.faults(upload)],
  );
}

/** A path with its ids and secrets taken out; `@original` and `@me` stay. */
function shapeOf(parts: readonly string[]): string {
  const isOpen = parts[0] === 'interactions' || parts[0] === 'webhooks';
  const words = parts.map((part, index) => {
    if (isOpen && index === 2) return ':token';
    return /^\d{15,}$/.test(part) ? ':id' : part;
  });
  return `/${words.join('/')}`;
}

interface Place {
  readonly room: readonly string[] | null;
  readonly faults: (upload: Upload) => readonly string[];
}

function placeOf(
  world: World,
  [first, second = '', third = '', fourth, fifth]: readonly string[],
  json: unknown,
): Place {
  const messageRules = (before: Message | null) => (upload: Upload) =>
    messageFaults(
      upload.json as Body,
      upload.files.map(({ name }) => name),
      before,
    );
  if (first === 'channels' && third === 'messages') {
    const before = world.messages.find(({ id }) => id === fourth) ?? null;
    const isMessage = fifth !== 'threads';
    return {
      room: roomOf(world, world.channels.get(second)),
      faults: isMessage ? messageRules(before) : () => [],
    };
  }
  if (first === 'interactions') {
    const interaction = world.interactions.get(second);
    return { room: answerRoom(world, interaction, json as Callback), faults: callbackRules };
  }
  if (first === 'webhooks') {
    const interaction = [...world.interactions.values()].find(({ token }) => token === third);
    const original = world.messages.find(({ id }) => id === interaction?.original) ?? null;
    const takesPlace = fourth === 'messages' || original?.isLoading === true;
    const isPrivate = takesPlace ? original?.onlyFor !== null : isEphemeral(json as Body);
    return {
      room: isPrivate ? null : roomOf(world, world.channels.get(interaction?.channel ?? '')),
      faults: messageRules(fourth === 'messages' ? original : null),
    };
  }
  if (first === 'applications')
    return { room: [], faults: ({ json: list }) => commandFaults(list as Definition[]) };
  return { room: null, faults: () => [] };
}

function callbackRules({ json, files }: Upload): readonly string[] {
  const { type, data } = json as Callback;
  const names = files.map(({ name }) => name);
  if (type === 4 || type === 7) return messageFaults(data ?? {}, names, null);
  return type === 9 ? modalFaults(data as unknown as Modal) : [];
}

/** Forms, choices and acknowledgements are one person's; a message is everybody's unless it is ephemeral. */
function answerRoom(
  world: World,
  interaction: Interaction | undefined,
  { type, data }: Callback,
): readonly string[] | null {
  const isMessage = type === 4 || type === 7;
  if (!isMessage || !interaction || isEphemeral(data ?? {})) return null;
  return roomOf(world, world.channels.get(interaction.channel));
}

function isEphemeral(body: Body): boolean {
  return ((body.flags ?? 0) & ephemeralFlag) !== 0;
}

/** A channel's names and those of the channel that its thread is in; `null` for a direct message. */
function roomOf(world: World, channel: Channel | undefined): readonly string[] | null {
  if (!channel) return [];
  if (channel.recipient !== null) return null;
  const parent = channel.parent === null ? undefined : world.channels.get(channel.parent);
  return [channel, ...(parent ? [parent] : [])].flatMap(({ id, name }) => [id, `#${name}`]);
}
