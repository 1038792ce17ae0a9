import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Programme, startProgramme } from './sandbox/programme.js';
import { builtProgram } from './support/built-program.js';

let program: string;

beforeAll(async () => {
  program = await builtProgram();
}, 120_000);

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** An installation of its own: a folder, a database in it, a pretend programme that it may read. */
async function installation() {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const programme: Programme = await startProgramme({ now: () => new Date().toISOString() });
  onTestFinished(() => programme.close());
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: programme.host,
  };
  const run = (args: readonly string[], input = '', change: Record<string, string> = {}) =>
    new Promise<Ended>((ended, failed) => {
      const child = spawn(process.execPath, [program, ...args], {
        cwd: folder,
        env: { ...environment, ...change },
      });
      let output = '';
      let errors = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      child.on('error', failed);
      child.on('close', (code) => ended({ code, output, errors }));
      child.stdin.end(input);
    });
  return { folder, programme, run };
}

test('one command exits 0, 1 for an error answer, 2 for a line or an option that is not understood', async () => {
  const { programme, run } = await installation();
  const url = programme.urls.affilkaReportUrl({ brands: ['12'] });

  const good = await run([`/offer check ${url}`]);
  const bad = await run([`/offer check ${programme.urls.dashboardUrl()}`]);
  const unknown = await run(['/offer chekc x']);
  const argument = await run(['--bogus']);

  expect([good.code, bad.code, unknown.code, argument.code]).toEqual([0, 1, 2, 2]);
  expect(good.output).toContain('All is well with this Affilka URL');
  expect(bad.output).toContain('link.dashboard-page');
  expect(unknown.output).toContain('Did you mean /offer check?');
  expect(argument.errors).toContain('--json, --user <name>');
  expect(argument.errors).not.toMatch(/^\s+at /m);
});

test('a button of one command may be pressed by the next', async () => {
  const { programme, run } = await installation();
  const checked = await run([`/offer check ${programme.urls.affilkaReportUrl({ brands: ['12'] })}`]);
  const id = /press (\S+)/.exec(checked.output)?.[1] ?? '';

  const added = await run(['press', id]);

  expect(added.code).toBe(0);
  expect(added.output).toContain('Added Lucky Star as offer 1');
  expect(added.output).toContain('all 90 days read');
});

test('piped lines are answered one by one, each after the work of the one before, and the end is exit 0', async () => {
  const { programme, run } = await installation();
  const lines = [
    '# a new team',
    `/offer add ${programme.urls.affilkaReportUrl({ brands: ['12'] })} name:"Lucky Star"`,
    '',
    '/report yesterday',
    '/offer nonsense',
  ];

  const ended = await run(['--channel', 'casino'], lines.join('\n'));

  expect(ended.code).toBe(0);
  expect(ended.output).toMatch(/Added Lucky Star[\s\S]*\[#casino\] ✓ Lucky Star: all 90 days read[\s\S]*EUR/);
  expect(ended.output).not.toContain('No figures');
  expect(ended.output).not.toContain('a new team');
  expect(ended.output).toContain('I do not know the command');
});

test('--json prints objects of the stated shape on standard output, a line each, and logs on standard error', async () => {
  const { programme, run } = await installation();
  const lines = [
    `/offer add ${programme.urls.affilkaReportUrl({ brands: ['12'] })} name:"Lucky Star"`,
    '/alert test',
    '/offer export',
    '/offer show 9',
  ];

  const ended = await run(['--json', '--user', 'ann'], lines.join('\n'), { LOG_LEVEL: 'debug' });

  const objects = ended.output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(objects).toMatchObject([
    {
      type: 'reply',
      to: '@ann',
      line: 1,
      ok: true,
      card: { title: expect.stringContaining('Added Lucky Star') },
    },
    { type: 'post', to: '#general', id: expect.any(String), card: { tone: 'good' } },
    { type: 'reply', to: '@ann', line: 2, ok: true },
    { type: 'post', to: '#general' },
    { type: 'dm', to: '@ann' },
    { type: 'reply', to: '@ann', line: 3 },
    { type: 'file', name: 'offers.csv', mediaType: expect.stringContaining('text/csv') },
    { type: 'reply', to: '@ann', line: 4, ok: false, problems: ['offer.not-found'] },
  ]);
  const logged = ended.errors
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(logged).toContainEqual(expect.objectContaining({ msg: 'command answered', command: 'offer add' }));
});

test('imports a CSV file and saves what it exports', async () => {
  const { folder, programme, run } = await installation();
  const file = `url,name\n${programme.urls.affilkaReportUrl({ brands: ['12'] })},Star\nnonsense,Bad\n`;
  writeFileSync(join(folder, 'offers.csv'), file);

  const imported = await run(['/offer import @offers.csv']);
  const exported = await run(['--files', 'out', '/offer export']);

  expect(imported).toMatchObject({ code: 0, output: expect.stringContaining('1 of 2 added, 1 to look at') });
  expect(exported.code).toBe(0);
  const path = join(folder, 'out', 'offers.csv');
  expect(readFileSync(path, 'utf8')).toContain('1,Star,affilka');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('--help lists the commands, and with words explains one', async () => {
  const { run } = await installation();
  const all = await run(['--help']);
  expect(all.code).toBe(0);
  expect(all.output).toContain('/offer add');
  expect((await run(['--help', 'offer', 'add'])).output).toContain(
    'The report URL, as the platform shows it',
  );
});

test('doctor says that all is well, or every broken setting with its fix', async () => {
  const { run } = await installation();

  const well = await run(['doctor']);
  const broken = await run(['--json', 'doctor'], '', { DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' });

  expect(well.code).toBe(0);
  expect(well.output).toMatch(/All is well[\s\S]*Database +sqlite, 0 workspaces/);
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.output)).toMatchObject({
    type: 'reply',
    ok: false,
    problems: ['config.database-url', 'config.bad-value'],
  });
});

test('a setting that cannot be used stops the program with exit 2 and its fix', async () => {
  const { run } = await installation();
  const ended = await run(['/offer list'], '', { DATABASE_URL: 'mysql://x' });
  expect(ended.code).toBe(2);
  expect(ended.output).toBe('');
  expect(ended.errors).toContain('Set DATABASE_URL to sqlite:data/tallyman.db');
});
