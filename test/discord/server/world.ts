import type { Component, Definition } from './rules.js';

export interface Person {
  readonly id: string;
  readonly name: string;
  takesDirect: boolean;
}

export interface Member {
  readonly user: Person;
  permissions: bigint;
  pending: boolean;
}

export interface Guild {
  readonly id: string;
  readonly owner: string;
  readonly members: Map<string, Member>;
  hasBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** 0 text, 1 direct message, 11 public thread. */
  readonly type: number;
  readonly guild: string | null;
  readonly parent: string | null;
  readonly recipient: string | null;
  isDeleted: boolean;
  /** What the bot lacks here. */
  lacks: 'access' | 'send' | 'history' | 'threads' | null;
}

export interface Message {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  readonly nonce: string | null;
  readonly at: number;
  /** Only this person sees it. */
  readonly onlyFor: string | null;
  flags: number;
  content: string;
  components: readonly Component[];
  files: readonly { readonly name: string; readonly content: string; readonly description: string }[];
  isLoading: boolean;
  isDeleted: boolean;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly at: number;
  readonly user: string;
  readonly channel: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Type of the first answer. */
  answered: number | null;
  answeredAfter: number;
  isPrivate: boolean;
  original: string | null;
  modal: Modal | null;
  choices: readonly { readonly name: string; readonly value: string }[] | null;
  readonly whenAnswered: Promise<void>;
  markAnswered(): void;
}

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

/** What the next matching requests meet. `after`: Discord does it, and the answer is lost. */
export interface Fault extends Strike {
  readonly method: string;
  readonly path: RegExp;
  times: number;
}

/** What befalls one request. */
export interface Strike {
  /** A function is handed the work, to be done when it pleases; the request is answered at once. */
  readonly when: 'before' | 'after' | ((act: () => void) => void);
  /** `drop` closes the connection; a number is answered as a status. */
  readonly answer: 'drop' | number;
  readonly retryAfter?: number;
  /** Discord's own error code. */
  readonly code?: number;
}

export const applicationId = '112233445566778899';
export const botToken = 'test-token-discord-bot';

/** Everything that Discord keeps, and its clock. */
export interface World {
  now(): number;
  advance(milliseconds: number): void;
  nextId(): string;
  readonly people: Map<string, Person>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly messages: Message[];
  readonly interactions: Map<string, Interaction>;
  readonly requests: RecordedRequest[];
  /** Files that people attached, by their path on the content server. */
  readonly attached: Map<string, Uint8Array>;
  readonly faults: Fault[];
  /** Asked for a strike at every request that meets no fault. */
  weather: ((method: string, path: string) => Promise<Strike | null>) | null;
  /** As its page in the developer portal has it. */
  readonly application: { verifyKey: string; interactionsEndpointUrl: string | null; shards: number };
  registered: readonly Definition[];
  registrations: number;
  /** What was refused as ill-formed; empty in a good run. */
  readonly complaints: string[];
  /** Posts a channel takes in five seconds. */
  postsAllowed: number;
}

const epoch = 1_420_070_400_000n;

export function createWorld(clock: () => number = Date.now): World {
  let offset = 0;
  let counter = 0n;
  const now = () => clock() + offset;
  return {
    now,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    nextId: () => {
      counter += 1n;
      return String(((BigInt(now()) - epoch) << 22n) + counter);
    },
    people: new Map(),
    guilds: new Map(),
    channels: new Map(),
    messages: [],
    interactions: new Map(),
    requests: [],
    attached: new Map(),
    faults: [],
    weather: null,
    application: { verifyKey: 'ab'.repeat(32), interactionsEndpointUrl: null, shards: 1 },
    registered: [],
    registrations: 0,
    complaints: [],
    postsAllowed: 1000,
  };
}
