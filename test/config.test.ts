import { expect, test } from 'vitest';
import { allowListProblems } from '../adapters/http/allow-list.js';
import { ConfigError, type Environment, readConfig } from '../src/config.js';
import type { Problem } from '../src/problems/problem.js';

const home = { HOME: '/home/ann' };
const publicKey = '0123456789abcdef'.repeat(4);

function config(environment: Environment) {
  return readConfig({ ...home, ...environment }, allowListProblems);
}

function problemsOf(environment: Environment): readonly Problem[] {
  try {
    config(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  throw new Error('expected a ConfigError');
}

test('opens the terminal on a SQLite file when nothing is set', () => {
  expect(config({})).toEqual({
    database: { kind: 'sqlite', path: 'data/tallyman.db', folder: 'data' },
    keyFile: '/home/ann/.config/tallyman/key.json',
    allowPrivateHosts: '',
    slack: null,
    discord: null,
    surfaces: { terminal: true, slack: null, discord: null },
    port: null,
    publicUrl: null,
    logLevel: 'warn',
  });
});

test('logs what happened beside a chat, and in the terminal only what needs a look', () => {
  const chat = { SLACK_BOT_TOKEN: 'xoxb-test-token', SLACK_APP_TOKEN: 'xapp-test-token' };
  expect(config(chat).logLevel).toBe('info');
  expect(config({ LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
});

test('takes empty and blank variables as not set', () => {
  const blank = { SLACK_BOT_TOKEN: '', DISCORD_TOKEN: '  ', DATABASE_URL: '', PORT: ' ', LOG_LEVEL: '' };

  expect(config(blank)).toEqual(config({}));
});

test.each<[string, Environment, object]>([
  [
    'Slack Socket Mode',
    { SLACK_BOT_TOKEN: 'test-token-b', SLACK_APP_TOKEN: 'test-token-a' },
    { slack: 'socket' },
  ],
  [
    'Socket Mode although HTTP would do too',
    {
      SLACK_BOT_TOKEN: 'test-token-b',
      SLACK_APP_TOKEN: 'test-token-a',
      SLACK_SIGNING_SECRET: 'test-token-s',
    },
    { slack: 'socket' },
  ],
  [
    'Slack over HTTP for one workspace',
    { SLACK_BOT_TOKEN: 'test-token-b', SLACK_SIGNING_SECRET: 'test-token-s' },
    { slack: 'http' },
  ],
  [
    'Slack over HTTP for many workspaces',
    {
      SLACK_SIGNING_SECRET: 'test-token-s',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'test-token-c',
      PUBLIC_URL: 'https://tallyman.example/',
    },
    { slack: 'http' },
  ],
  ['the Discord gateway', { DISCORD_TOKEN: 'test-token-d' }, { discord: 'gateway' }],
  [
    'the Discord gateway with an application id',
    { DISCORD_TOKEN: 'test-token-d', DISCORD_APPLICATION_ID: '123456789012345678' },
    { discord: 'gateway' },
  ],
  [
    'Discord over HTTP',
    { DISCORD_PUBLIC_KEY: publicKey, DISCORD_APPLICATION_ID: '123456789012345678' },
    { discord: 'http' },
  ],
  [
    'both chats',
    { SLACK_BOT_TOKEN: 'test-token-b', SLACK_APP_TOKEN: 'test-token-a', DISCORD_TOKEN: 'test-token-d' },
    { slack: 'socket', discord: 'gateway' },
  ],
])('recognises %s', (_what, environment, surfaces) => {
  expect(config(environment).surfaces).toEqual({ terminal: false, slack: null, discord: null, ...surfaces });
});

test.each<[string, string, Environment]>([
  ['SLACK_BOT_TOKEN', 'config.slack-half-set', { SLACK_APP_TOKEN: 'test-token-a' }],
  ['SLACK_APP_TOKEN', 'config.slack-half-set', { SLACK_BOT_TOKEN: 'test-token-b' }],
  ['SLACK_SIGNING_SECRET', 'config.slack-half-set', { SLACK_SIGNING_SECRET: 'test-token-s' }],
  [
    'SLACK_CLIENT_SECRET',
    'config.slack-half-set',
    { SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: 'test-token-s' },
  ],
  ['SLACK_CLIENT_ID', 'config.slack-half-set', { SLACK_CLIENT_SECRET: 'test-token-c' }],
  [
    'SLACK_SIGNING_SECRET',
    'config.slack-half-set',
    { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'test-token-c' },
  ],
  [
    'PUBLIC_URL',
    'config.public-url-missing',
    { SLACK_SIGNING_SECRET: 'test-token-s', SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: 'test-token-c' },
  ],
  [
    'SLACK_BOT_TOKEN',
    'config.slack-token-swapped',
    { SLACK_BOT_TOKEN: 'xapp-test-token', SLACK_APP_TOKEN: 'xapp-test-token' },
  ],
  [
    'SLACK_APP_TOKEN',
    'config.slack-token-swapped',
    { SLACK_BOT_TOKEN: 'xoxb-test-token', SLACK_APP_TOKEN: 'xoxb-test-token' },
  ],
  ['DISCORD_APPLICATION_ID', 'config.discord-half-set', { DISCORD_PUBLIC_KEY: publicKey }],
  ['DISCORD_TOKEN', 'config.discord-half-set', { DISCORD_APPLICATION_ID: '123456789012345678' }],
  [
    'DISCORD_PUBLIC_KEY',
    'config.bad-value',
    { DISCORD_PUBLIC_KEY: 'test-token-k', DISCORD_APPLICATION_ID: '123456789012345678' },
  ],
  [
    'DISCORD_APPLICATION_ID',
    'config.bad-value',
    { DISCORD_PUBLIC_KEY: publicKey, DISCORD_APPLICATION_ID: 'x' },
  ],
  ['DATABASE_URL', 'config.database-url', { DATABASE_URL: 'mysql://root:test-token-1@localhost/x' }],
  ['DATABASE_URL', 'config.database-url', { DATABASE_URL: 'postgres://' }],
  ['DATABASE_URL', 'config.database-url', { DATABASE_URL: 'sqlite:' }],
  ['PORT', 'config.bad-value', { PORT: '65536' }],
  ['PORT', 'config.bad-value', { PORT: '80a' }],
  ['PORT', 'config.bad-value', { PORT: '-1' }],
  ['PUBLIC_URL', 'config.bad-value', { PUBLIC_URL: 'tallyman.example' }],
  ['LOG_LEVEL', 'config.bad-value', { LOG_LEVEL: 'loud' }],
  ['SLACK_API_URL', 'config.bad-value', { SLACK_API_URL: 'ftp://x' }],
  ['DISCORD_API_URL', 'config.bad-value', { DISCORD_API_URL: 'localhost' }],
  ...['auto', '0', '-1', '1.5', '65', '2 '.repeat(2)].map((shards): [string, string, Environment] => [
    'DISCORD_SHARDS',
    'config.discord-shards',
    { DISCORD_SHARDS: shards },
  ]),
  ['ALLOW_PRIVATE_HOSTS', 'config.allow-private-hosts', { ALLOW_PRIVATE_HOSTS: 'localhost' }],
])('names %s (%s) with a fix and without a secret', (name, code, environment) => {
  const [problem, ...others] = problemsOf(environment);

  expect(others).toEqual([]);
  expect(problem?.code).toBe(code);
  expect(`${problem?.what} ${problem?.fix.join(' ')}`).toContain(name);
  expect(JSON.stringify(problem)).not.toContain('test-token');
});

test('opens one connection to Discord, or as many as it is told', () => {
  const discord = { ...home, DISCORD_TOKEN: 'test-token-d' };

  expect(readConfig(discord).discord?.shards).toBe(1);
  expect(readConfig({ ...discord, DISCORD_SHARDS: '2' }).discord?.shards).toBe(2);
});

test('tells every error at once', () => {
  const found = problemsOf({
    HOME: undefined,
    DATABASE_URL: 'oracle://x',
    SLACK_BOT_TOKEN: 'test-token-b',
    DISCORD_PUBLIC_KEY: publicKey,
    PORT: 'x',
    LOG_LEVEL: 'x',
    PUBLIC_URL: 'x',
    ALLOW_PRIVATE_HOSTS: 'a:1 b c:2 d',
  });

  expect(found.map((problem) => problem.code)).toEqual([
    'config.database-url',
    'config.key-file',
    'config.allow-private-hosts',
    'config.allow-private-hosts',
    'config.slack-half-set',
    'config.discord-half-set',
    'config.bad-value',
    'config.bad-value',
    'config.bad-value',
  ]);
  for (const problem of found) {
    expect(problem.what).toMatch(/\.$/);
    expect(problem.fix.length).toBeGreaterThan(0);
  }
});

test.each([
  ['sqlite:data/tallyman.db', { kind: 'sqlite', path: 'data/tallyman.db', folder: 'data' }],
  ['sqlite:///srv/t/a.db', { kind: 'sqlite', path: '/srv/t/a.db', folder: '/srv/t' }],
  ['sqlite://./a.db', { kind: 'sqlite', path: './a.db', folder: '.' }],
  ['file:/srv/a.db', { kind: 'sqlite', path: '/srv/a.db', folder: '/srv' }],
  ['/srv/t/a.db', { kind: 'sqlite', path: '/srv/t/a.db', folder: '/srv/t' }],
  ['a.db', { kind: 'sqlite', path: 'a.db', folder: '.' }],
  ['C:\\data\\a.db', { kind: 'sqlite', path: 'C:\\data\\a.db', folder: 'C:\\data' }],
  ['sqlite::memory:', { kind: 'sqlite', path: ':memory:', folder: null }],
  [':memory:', { kind: 'sqlite', path: ':memory:', folder: null }],
  ['postgres://ann@db/tallyman', { kind: 'postgres', url: 'postgres://ann@db/tallyman' }],
  ['postgresql://ann@db/tallyman', { kind: 'postgres', url: 'postgresql://ann@db/tallyman' }],
])('reads the database %s', (DATABASE_URL, database) => {
  expect(config({ DATABASE_URL }).database).toEqual(database);
});

test.each<[Environment, string]>([
  [{ XDG_CONFIG_HOME: '/x' }, '/x/tallyman/key.json'],
  [{ TALLYMAN_KEY_FILE: '/etc/tallyman/key.json', XDG_CONFIG_HOME: '/x' }, '/etc/tallyman/key.json'],
])('keeps the key where %o says', (environment, keyFile) => {
  expect(config(environment).keyFile).toBe(keyFile);
});

test('listens on 3000 for HTTP surfaces, and where PORT says for any', () => {
  const http = { SLACK_BOT_TOKEN: 'test-token-b', SLACK_SIGNING_SECRET: 'test-token-s' };

  expect(config(http).port).toBe(3000);
  expect(config({ ...http, PORT: '8080' }).port).toBe(8080);
  expect(config({ PORT: '0' }).port).toBe(0);
});
