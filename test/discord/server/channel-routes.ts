import * as errors from './errors.js';
import type { Upload } from './read-upload.js';
import { type Body, ephemeralFlag, messageFaults } from './rules.js';
import { applicationId, type Channel, type Message, type World } from './world.js';

/** How long a nonce protects against a second message: "a few minutes". */
const nonceMs = 5 * 60_000;

export function messageJson(world: World, message: Message) {
  const isBot = message.author === applicationId;
  return {
    id: message.id,
    channel_id: message.channel,
    type: 0,
    timestamp: new Date(message.at).toISOString(),
    author: {
      id: message.author,
      username: world.people.get(message.author)?.name ?? 'Tallyman',
      bot: isBot,
    },
    // Without the message-content intent an app reads only its own words.
    content: isBot ? message.content : '',
    components: isBot ? message.components : [],
    flags: message.flags,
    attachments: message.files.map((file, index) => ({ id: String(index), filename: file.name })),
  };
}

/** The channel as the bot may use it; throws what Discord answers when it may not. */
export function usableChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel || channel.isDeleted) throw errors.unknownChannel();
  const guild = channel.guild ? world.guilds.get(channel.guild) : undefined;
  if (channel.guild && !guild?.hasBot) throw errors.missingAccess();
  const parent = channel.parent ? world.channels.get(channel.parent) : undefined;
  if (channel.lacks === 'access' || parent?.lacks === 'access') throw errors.missingAccess();
  return channel;
}

export function checkBody(world: World, upload: Upload, before: Message | null): Body {
  const body = upload.json as Body;
  const names = upload.files.map(({ name }) => name);
  const faults = [...upload.faults, ...messageFaults(body, names, before)];
  if (faults.length > 0) {
    world.complaints.push(...faults);
    throw errors.invalidForm(faults);
  }
  return body;
}

export function keepMessage(world: World, fields: Partial<Message> & Pick<Message, 'channel'>): Message {
  const message: Message = {
    id: world.nextId(),
    author: applicationId,
    nonce: null,
    at: world.now(),
    onlyFor: null,
    flags: 0,
    content: '',
    components: [],
    files: [],
    isLoading: false,
    isDeleted: false,
    ...fields,
  };
  world.messages.push(message);
  return message;
}

export function changeMessage(message: Message, body: Body, upload: Upload): void {
  if (body.content !== undefined) message.content = body.content ?? '';
  if (body.components !== undefined) message.components = body.components ?? [];
  if (body.flags !== undefined)
    message.flags = (message.flags & ephemeralFlag) | (body.flags & ~ephemeralFlag);
  if (body.attachments !== undefined) message.files = upload.files;
  message.isLoading = false;
}

export function createMessage(world: World, channelId: string, upload: Upload): unknown {
  const channel = usableChannel(world, channelId);
  if (channel.lacks === 'send') throw errors.missingPermissions();
  if (channel.recipient && !world.people.get(channel.recipient)?.takesDirect) throw errors.noDirects();
  const body = checkBody(world, upload, null);
  const nonce = body.nonce ?? null;
  if (nonce !== null && nonce.length > 25) throw errors.invalidForm(['nonce is longer than 25']);
  const earlier = world.messages.find(
    (message) =>
      nonce !== null &&
      body.enforce_nonce === true &&
      message.nonce === nonce &&
      message.channel === channelId &&
      world.now() - message.at < nonceMs,
  );
  if (earlier) return messageJson(world, earlier);
  const message = keepMessage(world, { channel: channelId, nonce });
  changeMessage(message, { ...body, flags: body.flags ?? 0 }, upload);
  return { ...messageJson(world, message), ...(nonce === null ? {} : { nonce }) };
}

export function editMessage(world: World, channelId: string, id: string, upload: Upload): unknown {
  usableChannel(world, channelId);
  const message = world.messages.find((one) => one.id === id && one.channel === channelId && !one.isDeleted);
  if (!message || message.onlyFor) throw errors.unknownMessage();
  if (message.author !== applicationId) throw errors.notByYou();
  changeMessage(message, checkBody(world, upload, message), upload);
  return messageJson(world, message);
}

export function history(world: World, channelId: string, query: URLSearchParams): unknown {
  const channel = usableChannel(world, channelId);
  if (channel.lacks === 'history') return [];
  const limit = Number(query.get('limit') ?? 50);
  if (limit < 1 || limit > 100) throw errors.invalidForm(['limit must be 1 to 100']);
  const after = BigInt(query.get('after') ?? '0');
  return world.messages
    .filter((one) => one.channel === channelId && !one.isDeleted && !one.onlyFor && BigInt(one.id) > after)
    .slice(0, limit)
    .reverse()
    .map((one) => messageJson(world, one));
}

export function startThread(world: World, channelId: string, id: string, upload: Upload): unknown {
  const channel = usableChannel(world, channelId);
  if (channel.lacks === 'threads') throw errors.missingPermissions();
  const name = (upload.json as { name?: string }).name ?? '';
  if (name.length < 1 || name.length > 100) throw errors.invalidForm(['name must be 1 to 100 long']);
  if (!world.messages.some((one) => one.id === id && one.channel === channelId))
    throw errors.unknownMessage();
  if (world.channels.has(id)) throw errors.threadExists();
  const thread: Channel = { ...channel, id, name, type: 11, parent: channelId };
  world.channels.set(id, thread);
  return channelJson(thread);
}

export function openDirect(world: World, user: string): unknown {
  if (!world.people.has(user)) throw errors.invalidForm(['recipient_id']);
  const known = [...world.channels.values()].find((channel) => channel.recipient === user);
  const channel: Channel = known ?? {
    id: world.nextId(),
    name: '',
    type: 1,
    guild: null,
    parent: null,
    recipient: user,
    isDeleted: false,
    lacks: null,
  };
  world.channels.set(channel.id, channel);
  return channelJson(channel);
}

export function channelJson(channel: Channel) {
  return {
    id: channel.id,
    type: channel.type,
    ...(channel.guild ? { guild_id: channel.guild } : {}),
    ...(channel.name ? { name: channel.name } : {}),
    ...(channel.parent ? { parent_id: channel.parent } : {}),
  };
}
