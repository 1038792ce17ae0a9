/** What Slack knows, as far as the bot can tell. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly botUserId: string;
  readonly enterpriseId?: string;
  /** What its token may do; everything that the manifest asks for unless told. */
  readonly scopes?: readonly string[];
  /** Why its token no longer works, such as `token_revoked`. */
  refused?: string;
}

export interface User {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly flags: Readonly<Record<string, boolean>>;
}

export interface Channel {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  /** The person of a direct message. */
  readonly with?: string;
  isPrivate: boolean;
  isArchived: boolean;
  isShared: boolean;
  hasBot: boolean;
}

export interface Message {
  readonly teamId: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly files: readonly string[];
  text: string;
  blocks: readonly Json[];
  metadata: Json | null;
  edits: number;
}

/** What one person alone saw. */
export interface Whisper {
  readonly channel: string | null;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly via: 'response_url' | 'postEphemeral';
}

export interface StoredFile {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly length: number;
  readonly altText: string;
  /** The person who uploaded it; the bot where it is left out. */
  readonly by?: string;
  content: Buffer | null;
  complete: boolean;
}

export interface OpenView {
  readonly teamId: string;
  readonly user: string;
  readonly view: Json;
}

export type Json = Record<string, unknown>;

export interface SlackState {
  readonly teams: Team[];
  readonly users: User[];
  readonly channels: Channel[];
  readonly messages: Message[];
  readonly whispers: Whisper[];
  readonly files: StoredFile[];
  readonly modals: OpenView[];
  readonly homes: Map<string, Json>;
  /** Trigger ids that were given out, until they are used. */
  readonly triggers: Map<string, { readonly user: string; readonly teamId: string; readonly until: number }>;
  readonly responses: Map<
    string,
    { readonly user: string; readonly channel: string; readonly until: number; uses: number }
  >;
  /** Every call that arrived, in order. */
  readonly calls: { readonly method: string; readonly args: Json; readonly teamId: string | null }[];
  now: () => number;
  nextId: number;
}

export function emptyState(): SlackState {
  return {
    teams: [],
    users: [],
    channels: [],
    messages: [],
    whispers: [],
    files: [],
    modals: [],
    homes: new Map(),
    triggers: new Map(),
    responses: new Map(),
    calls: [],
    now: () => Date.now(),
    nextId: 1,
  };
}

export function newId(state: SlackState, prefix: string): string {
  state.nextId += 1;
  return `${prefix}${String(state.nextId).padStart(8, '0')}`;
}

/** A time stamp that no other message has. */
export function newTs(state: SlackState): string {
  state.nextId += 1;
  const micros = String(state.nextId % 1_000_000).padStart(6, '0');
  return `${Math.floor(state.now() / 1000)}.${micros}`;
}
