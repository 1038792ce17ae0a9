import { spawn } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { ownEnvironment } from './operations/spawn-tallyman.js';
import { builtProgram } from './support/built-program.js';
import { loadedPackages, tellLoadedModules } from './support/loaded-packages.js';

let program: string;

beforeAll(async () => {
  program = await builtProgram();
}, 120_000);

/** What only some installations need; together half a second and more than 100 MB. */
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
    if (errors.includes('"at work"')) child.kill('SIGTERM');
  });
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, packages: loadedPackages(errors) };
}

test('the terminal starts and answers without the chat SDKs, the chart library, Postgres or spreadsheets', async () => {
  const { code, packages } = await packagesOf('/offer list\n/report\n');

  expect(code).toBe(0);
  expect(packages).toContain('kysely');
  expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
});

test('a chat product that is set up loads its own SDK alone', async () => {
  const discord = {
    DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
    DISCORD_APPLICATION_ID: '123456789012345678',
    PORT: '0',
  };

  const { code, packages } = await packagesOf('', discord);

  expect(code).toBe(0);
  expect(packages.filter((name) => heavy.includes(name))).toEqual(['discord.js']);
});
