import { afterEach, expect } from 'vitest';
import { type RunningDiscord, startDiscord } from '../../adapters/discord/start-discord.js';
import type { SurfaceStateStore } from '../../src/access/surface-state.js';
import { parseLine } from '../../src/command-line.js';
import type { Dispatch } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import type { Log } from '../../src/ports.js';
import { openLedger } from '../specs/open-ledger.js';
import { type OfferRooms, witnessedDispatch, witnessedMessenger } from '../specs/witness.js';
import { messageJson } from './server/channel-routes.js';
import { takeCallback } from './server/interaction-routes.js';
import * as people from './server/people.js';
import { recordBody } from './server/record-body.js';
import { type Component, type Definition, nested } from './server/rules.js';
import { type DiscordServer, startDiscordServer } from './server/server.js';
import {
  applicationId,
  botToken,
  type Channel,
  type Guild,
  type Interaction,
  type Message,
  type Person,
  type World,
} from './server/world.js';

export type Mode = 'gateway' | 'http';

export interface Logged {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

export interface Place {
  readonly person: Person;
  readonly channel: Channel;
  /** Chosen in the option or the field that takes a file. */
  readonly file?: { readonly name: string; readonly content: string | Uint8Array };
}

/** A pretend Discord with one server, two members, a pending one, and Tallyman on it. */
export interface Discord {
  readonly server: DiscordServer;
  readonly running: RunningDiscord;
  readonly guild: Guild;
  readonly casino: Channel;
  readonly ann: Person;
  readonly bob: Person;
  readonly guest: Person;
  readonly logged: readonly Logged[];
  readonly state: Map<string, string>;
  /** Starts Tallyman once more on the same Discord, as after a restart. */
  restart(): Promise<RunningDiscord>;
  /** Delivers what a person did and waits until all that follows is done. */
  act(interaction: Interaction): Promise<void>;
  /** Types a line as Discord's client would send it. */
  type(line: string, place?: Partial<Place>): Promise<Interaction>;
  press(message: Message, label: string, place?: Partial<Place>): Promise<Interaction>;
  submit(
    modal: Interaction,
    values: Readonly<Record<string, string>>,
    place?: Partial<Place>,
  ): Promise<Interaction>;
  complete(command: string, option: string, typed: string, place?: Partial<Place>): Promise<Interaction>;
  /** Messages that everybody of a channel sees, those of its threads included. */
  publicly(channel?: Channel): Message[];
  /** Messages that only this person sees. */
  privately(person?: Person): Message[];
}

export interface DiscordSetup {
  readonly dispatch: Dispatch;
  readonly mode?: Mode;
  readonly shards?: number;
  readonly patienceMs?: number;
  readonly firstWaitMs?: number;
  /** Where figures may be posted; without it wherever the core says. */
  readonly offerRooms?: OfferRooms;
  /** Signs as Discord does; a new one unless told. */
  readonly signer?: people.Signer;
  /** Runs before Tallyman is started. */
  readonly before?: (server: DiscordServer) => void;
}

const closers: (() => Promise<void>)[] = [];
const worlds: World[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  const complaints = worlds.splice(0).flatMap((world) => world.complaints);
  expect(complaints, 'Discord found something ill-formed').toEqual([]);
});

/** Starts a pretend Discord and Tallyman on it; both are closed after the test. */
export async function withDiscord(setup: DiscordSetup): Promise<Discord> {
  const server = await startDiscordServer(undefined, await openLedger('discord'));
  closers.push(() => server.close());
  const { world } = server;
  worlds.push(world);
  const ann = people.addPerson(world, 'Ann');
  const bob = people.addPerson(world, 'Bob');
  const guest = people.addPerson(world, 'Gus');
  const guild = people.addGuild(world, ann);
  people.join(guild, bob);
  people.join(guild, guest, { isPending: true });
  const casino = people.addChannel(world, guild, 'casino');
  setup.before?.(server);
  const signer = setup.signer ?? people.createSigner();
  const logged: Logged[] = [];
  const state = new Map<string, string>();
  const start = () => startOn(server, setup, { signer, state, log: recordingLog(logged) });
  let running = await start();
  closers.push(() => running.stop());

  const at = (place: Partial<Place> = {}): Place => ({ person: ann, channel: casino, ...place });

  async function act(interaction: Interaction): Promise<void> {
    if (setup.mode === 'http') {
      const response = await running.handler(signer.request(interaction.payload, world.now()));
      if (response.status === 200) {
        const upload = { json: await response.json(), files: [], faults: [] };
        const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
        recordBody(server.ledger, world, { method: 'POST', path }, upload);
        takeCallback(world, interaction, upload);
      }
    } else {
      people.deliver(server, interaction);
      await soon(interaction.whenAnswered, 'an interaction was not answered');
    }
    await running.settle();
  }

  async function did(
    kind: people.InteractionKind,
    place: Place,
    data: unknown,
    changes: Readonly<Record<string, unknown>> = {},
  ): Promise<Interaction> {
    const interaction = people.createInteraction(world, kind, place, data, changes);
    await act(interaction);
    return interaction;
  }

  return {
    server,
    get running() {
      return running;
    },
    guild,
    casino,
    ann,
    bob,
    guest,
    logged,
    state,
    async restart() {
      await running.stop();
      running = await start();
      return running;
    },
    act,
    type: (line, place) => did('command', at(place), commandData(line, setup.dispatch, server, place?.file)),
    async press(message, label, place) {
      const button = nested(message.components).find((part) => part.label === label);
      if (!button) throw new Error(`no button ${label}`);
      const where = world.channels.get(message.channel) ?? casino;
      const person = place?.person ?? ann;
      return did(
        'component',
        { channel: place?.channel ?? where, person },
        { custom_id: button.custom_id, component_type: 2 },
        { message: messageJson(world, message) },
      );
    },
    submit: (opened, values, place) =>
      did('modal', at(place), modalData(opened, values, server, place?.file)),
    complete: (command, option, typed, place) => {
      const [name = '', verb] = command.split(' ');
      const focused = [{ type: 3, name: option, value: typed, focused: true }];
      const options = verb ? [{ type: 1, name: verb, options: focused }] : focused;
      return did('autocomplete', at(place), { id: '1', type: 1, name, options });
    },
    publicly: (channel = casino) =>
      world.messages.filter(
        (one) => !one.isDeleted && !one.onlyFor && one.author === applicationId && isIn(server, one, channel),
      ),
    privately: (person = ann) =>
      world.messages.filter(
        (one) =>
          !one.isDeleted &&
          one.author === applicationId &&
          (one.onlyFor === person.id || world.channels.get(one.channel)?.recipient === person.id),
      ),
  };
}

function isIn(server: DiscordServer, message: Message, channel: Channel): boolean {
  return message.channel === channel.id || server.world.channels.get(message.channel)?.parent === channel.id;
}

async function startOn(
  server: DiscordServer,
  setup: DiscordSetup,
  parts: { signer: people.Signer; state: Map<string, string>; log: Log },
): Promise<RunningDiscord> {
  const surfaceState: SurfaceStateStore = {
    get: async (key) => parts.state.get(key) ?? null,
    set: async (key, value) => void parts.state.set(key, value),
  };
  const shards = setup.shards === undefined ? {} : { shards: setup.shards };
  const running = await startDiscord({
    config:
      setup.mode === 'http'
        ? { mode: 'http', publicKey: parts.signer.publicKey, applicationId, token: botToken }
        : { mode: 'gateway', token: botToken, ...shards },
    apiUrl: server.apiUrl,
    dispatch: witnessedDispatch(setup.dispatch, server.ledger),
    surfaceState,
    charts: { png: async () => new Uint8Array([137, 80, 78, 71]) },
    log: parts.log,
    clock: { now: () => new Date(server.world.now()).toISOString() },
    ...(setup.patienceMs === undefined ? {} : { patienceMs: setup.patienceMs }),
    ...(setup.firstWaitMs === undefined ? {} : { firstWaitMs: setup.firstWaitMs }),
  });
  const messenger = witnessedMessenger(running.messenger, server.ledger, setup.offerRooms);
  return { ...running, messenger };
}

function recordingLog(logged: Logged[]): Log {
  const at = (level: Logged['level']) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** What Discord's client makes of a line: it only knows what was registered. */
function commandData(line: string, dispatch: Dispatch, server: DiscordServer, file: Place['file']): unknown {
  const parsed = parseLine(line, dispatch.commands);
  const words = line.replace(/^\//, '').split(' ');
  const name = parsed.kind === 'command' ? parsed.command.name : words.slice(0, 2).join(' ');
  const [group = '', verb] = name.split(' ');
  const registered = server.world.registered.find((one) => one.name === group);
  const known = verb ? registered?.options?.find((one) => one.name === verb) : registered;
  const given = parsed.kind === 'command' ? parsed.options : {};
  const fields = parsed.kind === 'command' ? fieldsOf(parsed.command.options) : [];
  const options = Object.entries(given).map(([option, value]) => optionData(option, value, known, server));
  const channels = fields
    .filter(({ field }) => field === 'channel')
    .flatMap(({ name: option }) => channelsNamed(given[option], server));
  const attachments = attach(file, server);
  if (file) {
    const place = known?.options?.find((one) => one.type === 11)?.name;
    options.push({ type: 11, name: place, value: Object.keys(attachments)[0] });
  }
  return {
    id: '1',
    type: 1,
    name: group,
    options: verb ? [{ type: 1, name: verb, options }] : options,
    resolved: { channels: Object.fromEntries(channels.map((channel) => [channel.id, channel])), attachments },
  };
}

/** Puts a file where Discord keeps what people attach. */
function attach(file: Place['file'], { world, apiUrl }: DiscordServer): Record<string, unknown> {
  if (!file) return {};
  const id = world.nextId();
  const content = Buffer.from(file.content);
  const path = `/attachments/${id}/${encodeURIComponent(file.name)}`;
  world.attached.set(path, content);
  const url = new URL(path, apiUrl).href;
  return { [id]: { id, filename: file.name, size: content.length, url, proxy_url: url } };
}

function optionData(
  name: string,
  value: string,
  known: Definition | undefined,
  server: DiscordServer,
): unknown {
  const type = known?.options?.find((one) => one.name === name)?.type ?? 3;
  if (type === 5) return { type, name, value: value !== 'false' };
  if (type === 7) return { type, name, value: channelsNamed(value, server)[0]?.id ?? value };
  return { type, name, value };
}

function channelsNamed(text: string | undefined, server: DiscordServer): Channel[] {
  return [...server.world.channels.values()].filter(({ name }) => name !== '' && `#${name}` === text);
}

/** What is sent when a form is filled in; fields that are not named keep what they showed. */
function modalData(
  opened: Interaction,
  values: Readonly<Record<string, string>>,
  server: DiscordServer,
  file: Place['file'],
): unknown {
  const attachments = attach(file, server);
  const modal = opened.modal;
  if (!modal) throw new Error('no form is open');
  const channels: Channel[] = [];
  const components = modal.components
    .filter(({ type }) => type === 18)
    .map(({ component }) => {
      const input = component as Component & FormInput;
      const given = values[input.custom_id ?? ''];
      if (input.type === 4) {
        return {
          type: 18,
          component: { type: 4, custom_id: input.custom_id, value: given ?? input.value ?? '' },
        };
      }
      if (input.type === 19) {
        const ids = Object.keys(attachments);
        return { type: 18, component: { type: 19, custom_id: input.custom_id, values: ids } };
      }
      const chosen = input.type === 8 ? channelsNamed(given, server) : [];
      channels.push(...chosen);
      const preset = input.options?.find((option) => option.default)?.value;
      const selected = input.type === 8 ? chosen.map(({ id }) => id) : [given ?? preset].filter(Boolean);
      return { type: 18, component: { type: input.type, custom_id: input.custom_id, values: selected } };
    });
  const resolved = {
    channels: Object.fromEntries(channels.map((channel) => [channel.id, channel])),
    attachments,
  };
  return { custom_id: modal.custom_id, components, resolved };
}

export interface FormInput {
  readonly value?: string;
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[];
}

/** Waits for something that is on its way, at most four seconds. */
export async function soon<T>(work: Promise<T>, words: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(words)), 4000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
