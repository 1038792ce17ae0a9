import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { DiscordServer } from './server.js';
import {
  applicationId,
  type Channel,
  type Guild,
  type Interaction,
  type Person,
  type World,
} from './world.js';

/** A person in a place, as Discord's signed requests tell it. */
export interface Whereabouts {
  readonly person: Person;
  readonly channel: Channel;
}

const manageGuild = 32n;
const ordinary = 2048n;

export function addPerson(world: World, name: string): Person {
  const person: Person = { id: world.nextId(), name, takesDirect: true };
  world.people.set(person.id, person);
  return person;
}

export function addGuild(world: World, owner: Person): Guild {
  const guild: Guild = { id: world.nextId(), owner: owner.id, members: new Map(), hasBot: true };
  world.guilds.set(guild.id, guild);
  join(guild, owner, { isAdmin: true });
  return guild;
}

export function join(guild: Guild, user: Person, as: { isAdmin?: boolean; isPending?: boolean } = {}): void {
  const permissions = as.isAdmin ? ordinary | manageGuild : ordinary;
  guild.members.set(user.id, { user, permissions, pending: as.isPending ?? false });
}

export function addChannel(world: World, guild: Guild, name: string): Channel {
  const channel: Channel = {
    id: world.nextId(),
    name,
    type: 0,
    guild: guild.id,
    parent: null,
    recipient: null,
    isDeleted: false,
    lacks: null,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export type InteractionKind = 'command' | 'component' | 'autocomplete' | 'modal';
const types = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** Something that a person did. `changes` spoils the payload, as a forger or another install would. */
export function createInteraction(
  world: World,
  kind: InteractionKind,
  { person, channel }: Whereabouts,
  data: unknown,
  changes: Readonly<Record<string, unknown>> = {},
): Interaction {
  let markAnswered = () => {};
  const whenAnswered = new Promise<void>((resolve) => {
    markAnswered = resolve;
  });
  const id = world.nextId();
  const token = `test-token-interaction-${randomBytes(12).toString('hex')}`;
  const user = {
    id: person.id,
    username: person.name.toLowerCase(),
    global_name: person.name,
    discriminator: '0',
  };
  const guild = channel.guild ? world.guilds.get(channel.guild) : undefined;
  const member = guild?.members.get(person.id);
  const payload = {
    id,
    application_id: applicationId,
    type: types[kind],
    token,
    version: 1,
    data,
    channel: {
      id: channel.id,
      type: channel.type,
      ...(channel.name ? { name: channel.name } : {}),
      ...(channel.parent ? { parent_id: channel.parent } : {}),
    },
    channel_id: channel.id,
    locale: 'en-GB',
    entitlements: [],
    attachment_size_limit: 10_485_760,
    app_permissions: '2048',
    context: guild ? 0 : 1,
    authorizing_integration_owners: guild ? { '0': guild.id } : { '0': '0' },
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: 'en-GB', features: [] },
          guild_locale: 'en-GB',
          member: {
            user,
            nick: null,
            roles: [],
            joined_at: '2026-01-01T00:00:00Z',
            deaf: false,
            mute: false,
            flags: 0,
            avatar: null,
            pending: member.pending,
            permissions: String(member.permissions),
          },
        }
      : { user }),
    ...changes,
  };
  const interaction: Interaction = {
    id,
    token,
    type: types[kind],
    at: world.now(),
    user: person.id,
    channel: channel.id,
    payload,
    answered: null,
    answeredAfter: 0,
    isPrivate: false,
    original: null,
    modal: null,
    choices: null,
    whenAnswered,
    markAnswered: () => markAnswered(),
  };
  world.interactions.set(id, interaction);
  return interaction;
}

/** Delivers an interaction over the gateway. */
export function deliver(server: DiscordServer, interaction: Interaction): void {
  server.gateway.dispatch('INTERACTION_CREATE', interaction.payload);
}

export interface Signer {
  /** 64 hexadecimal digits, as the application's page shows them. */
  readonly publicKey: string;
  /** A request as Discord signs it, at an instant in milliseconds. */
  request(payload: unknown, at: number): Request;
}

export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: hexOf(publicKey), request: (payload, at) => signed(payload, at, privateKey) };
}

function hexOf(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
}

function signed(payload: unknown, at: number, key: KeyObject): Request {
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(at / 1000));
  const signature = sign(null, Buffer.from(timestamp + body), key).toString('hex');
  return new Request('http://tallyman.test/discord/interactions', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-signature-ed25519': signature,
      'x-signature-timestamp': timestamp,
    },
  });
}
