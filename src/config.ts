import { z } from 'zod';
import { readChatConfig } from './chat-config.js';
import * as problems from './problems/config.js';
import type { Problem } from './problems/problem.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** `folder` is `null` for a database in memory. */
export type DatabaseConfig =
  | { readonly kind: 'sqlite'; readonly path: string; readonly folder: string | null }
  | { readonly kind: 'postgres'; readonly url: string };

export interface SlackConfig {
  readonly mode: 'socket' | 'http';
  /** `null` with OAuth, where each workspace has its own. */
  readonly botToken: string | null;
  readonly appToken: string | null;
  readonly signingSecret: string | null;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string } | null;
  /** Another address of the Web API, for tests. */
  readonly apiUrl: string | null;
}

export interface DiscordConfig {
  readonly mode: 'gateway' | 'http';
  readonly token: string | null;
  readonly publicKey: string | null;
  readonly applicationId: string | null;
  /** Connections to the gateway. */
  readonly shards: number;
  readonly apiUrl: string | null;
}

export interface Config {
  readonly database: DatabaseConfig;
  readonly keyFile: string;
  /** As written; `parseAllowList` reads it. */
  readonly allowPrivateHosts: string;
  readonly slack: SlackConfig | null;
  readonly discord: DiscordConfig | null;
  /** Which surfaces to open. The terminal is the one that needs no account: it opens when no chat is set. */
  readonly surfaces: {
    readonly terminal: boolean;
    readonly slack: SlackConfig['mode'] | null;
    readonly discord: DiscordConfig['mode'] | null;
  };
  /** Where to listen; `null` for nowhere. */
  readonly port: number | null;
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
}

/** Everything that is wrong with the environment at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.code).join(', '));
  }
}

const defaultPort = 3000;
const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((port) => port <= 65_535);
const publicUrlSchema = z.url({ protocol: /^https?$/ });
const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error', 'silent']);

/**
 * Reads and checks every variable. Throws a `ConfigError` with all problems, each with its fix.
 * `checkAllowList` reads ALLOW_PRIVATE_HOSTS, which belongs to the address guard.
 */
export function readConfig(
  environment: Environment,
  checkAllowList: (text: string) => readonly Problem[] = () => [],
): Config {
  const read = (name: string) => environment[name]?.trim() || null;
  const found: Problem[] = [];

  function parse<T>(name: string, schema: z.ZodType<T>, expected: string): T | null {
    const text = read(name);
    if (text === null) return null;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    found.push(problems.badValue(name, expected));
    return null;
  }

  const database = readDatabase(read('DATABASE_URL') ?? 'sqlite:data/tallyman.db');
  if (!database) found.push(problems.badDatabaseUrl());
  const keyFile = read('TALLYMAN_KEY_FILE') ?? defaultKeyFile(read);
  if (keyFile === null) found.push(problems.noKeyFilePlace());
  const allowPrivateHosts = read('ALLOW_PRIVATE_HOSTS') ?? '';
  found.push(...checkAllowList(allowPrivateHosts));
  const chats = readChatConfig(read);
  found.push(...chats.problems);
  const port = parse('PORT', portSchema, 'a number from 0 to 65535');
  const publicUrl = parse('PUBLIC_URL', publicUrlSchema, 'an address such as https://tallyman.example');
  const logLevel = parse('LOG_LEVEL', logLevelSchema, 'one of debug, info, warn, error, silent');
  const { slack, discord } = chats;
  if (slack?.oauth && slack.mode === 'http' && read('PUBLIC_URL') === null)
    found.push(problems.publicUrlMissing());

  if (found.length > 0 || !database || keyFile === null) throw new ConfigError(found);
  const listens = slack?.mode === 'http' || discord?.mode === 'http';
  return {
    database,
    keyFile,
    allowPrivateHosts,
    slack,
    discord,
    surfaces: {
      terminal: slack === null && discord === null,
      slack: slack?.mode ?? null,
      discord: discord?.mode ?? null,
    },
    port: port ?? (listens ? defaultPort : null),
    publicUrl: publicUrl === null ? null : publicUrl.replace(/\/+$/, ''),
    // At a terminal the answers themselves say what happened; log lines would stand between them.
    logLevel: logLevel ?? (slack === null && discord === null ? 'warn' : 'info'),
  };
}

/** `sqlite:path`, `file:path`, a plain path, or a Postgres URL. */
function readDatabase(text: string): DatabaseConfig | null {
  if (/^postgres(ql)?:\/\/[^/]/.test(text)) return { kind: 'postgres', url: text };
  const path = text.replace(/^(sqlite|file):(\/\/)?/, '');
  // A letter and a colon begin a Windows path; any longer word is another kind of database.
  if (path === '' || /^[a-z][a-z0-9+.-]+:/i.test(path)) return null;
  if (path === ':memory:') return { kind: 'sqlite', path, folder: null };
  return { kind: 'sqlite', path, folder: /^(.*)[\\/]/.exec(path)?.[1] ?? '.' };
}

/** As `openDatabase` takes it. */
export function databaseUrl({ database }: Config): string {
  return database.kind === 'sqlite' ? `sqlite:${database.path}` : database.url;
}

/** The folder of the database, `null` where it is no file. */
export function databaseFolder({ database }: Config): string | null {
  return database.kind === 'sqlite' ? database.folder : null;
}

/** In the user's own configuration folder, far from the database. */
function defaultKeyFile(read: (name: string) => string | null): string | null {
  const home = read('HOME') ?? read('USERPROFILE');
  const folder = read('XDG_CONFIG_HOME') ?? read('APPDATA') ?? (home === null ? null : `${home}/.config`);
  return folder === null ? null : `${folder}/tallyman/key.json`;
}

/** Everything in the configuration that no log may hold. */
export function secretsOf({ database, slack, discord }: Config): readonly string[] {
  const secrets = [
    database.kind === 'postgres' && URL.canParse(database.url) ? new URL(database.url).password : null,
    slack?.botToken,
    slack?.appToken,
    slack?.signingSecret,
    slack?.oauth?.clientSecret,
    discord?.token,
  ];
  return secrets.filter((secret) => typeof secret === 'string');
}
