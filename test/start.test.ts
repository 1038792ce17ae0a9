import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ownEnvironment } from './operations/spawn-tallyman.js';
import { builtProgram } from './support/built-program.js';
import { loadedPackages, tellLoadedModules } from './support/loaded-packages.js';

let program: string;

beforeAll(async () => {
  program = await builtProgram();
}, 120_000);

/** What only some installations need: slow to load, and large. */
const heavy = [
  '@slack/bolt',
  'discord.js',
  'echarts',
  '@resvg/resvg-js',
  'pg',
  'graphile-worker',
  'read-excel-file',
];

/** Runs the program to its end, or until it is at work; answers the packages that it loaded. */
async function packagesOf(input: string, more: Readonly<Record<string, string>> = {}) {
  const { folder, variables } = ownEnvironment();
  const child = spawn(process.execPath, ['--import', tellLoadedModules, program], {
    cwd: folder,
    env: { ...variables, ...more },
  });
  let errors = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    if (!child.killed && errors.includes('"at work"')) child.kill('SIGTERM');
  });
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, packages: loadedPackages(errors) };
}

/** What answers or asks over HTTP. */
const web = ['undici', 'hono', 'prom-client'];

test('the terminal starts and answers without the chat SDKs, the chart library, Postgres, spreadsheets or HTTP', async () => {
  const { code, packages } = await packagesOf('/offer list\n/report\n');

  expect(code).toBe(0);
  expect(packages).toContain('kysely');
  expect(packages.filter((name) => [...heavy, ...web].includes(name))).toEqual([]);
});

const discord = { DISCORD_PUBLIC_KEY: 'ab'.repeat(32), DISCORD_APPLICATION_ID: '123456789012345678' };
const slack = { SLACK_SIGNING_SECRET: '0123456789abcdef'.repeat(2), SLACK_BOT_TOKEN: 'xoxb-test-token' };

test.each([
  ['Discord', discord, ['discord.js']],
  ['Slack', slack, ['@slack/bolt']],
] as const)('%s loads its own SDK alone', async (_, settings, expected) => {
  const { code, packages } = await packagesOf('', { ...settings, PORT: '0' });

  expect(code).toBe(0);
  expect(packages.filter((name) => heavy.includes(name))).toEqual(expected);
});

test('a server of both products needs no package that is there for development alone', async () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as Lock;

  const { packages } = await packagesOf('', { ...slack, ...discord, PORT: '0' });

  expect(packages).toContain('hono');
  expect(packages.filter((name) => lock.packages[`node_modules/${name}`]?.dev)).toEqual([]);
});

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}
