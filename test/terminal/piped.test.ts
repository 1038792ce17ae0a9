import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runOnce } from '../../adapters/terminal/run-once.js';
import { refusedUrl } from './example-cards.js';
import { withTerminal } from './with-terminal.js';

test('answers a command a line, and finishes what it started before the next begins', async () => {
  const terminal = withTerminal();
  let release = () => {};
  terminal.dispatch.held.set('offer list', new Promise((resolve) => (release = resolve)));
  const ended = terminal.start();

  terminal.input.end('# a comment\n\n/offer list\r\n   \nreport 7d');
  release();

  expect(await ended).toBe(0);
  expect(terminal.shown()).toBe('✓ Answer of offer list\n\n✓ Answer of report\n\n');
  const calls = [
    'offer list {}',
    'offer list {} done',
    'settled',
    'report {"range":"7d"}',
    'report {"range":"7d"} done',
    'settled',
    'settled',
  ];
  expect(terminal.dispatch.calls).toEqual(calls);
});

test('exits 0 when there is nothing to read', async () => {
  const terminal = withTerminal();
  terminal.input.end();
  expect(await terminal.start()).toBe(0);
});

test('stops reading at exit', async () => {
  const terminal = withTerminal();
  terminal.input.end('exit\n/offer list\n');
  await terminal.start();
  expect(terminal.dispatch.calls).toEqual(['settled']);
});

test('a number presses a button of the last answer, press any button', async () => {
  const terminal = withTerminal();
  terminal.dispatch.answers.set('offer add', { ok: false, card: refusedUrl });
  terminal.input.end('/offer add https://site.test/x\n2\n/offer list\n3\npress somewhere-else\n4\n');
  await terminal.start();
  expect(terminal.dispatch.calls.filter((call) => /^press \S+$/.test(call))).toEqual([
    'press button-other',
    'press button-why',
    'press somewhere-else',
  ]);
  expect(terminal.shown()).toContain('No choice on the screen has this number.');
});

test('a message that arrives in between leaves the numbers of the answer as they are', async () => {
  const terminal = withTerminal();
  terminal.dispatch.answers.set('offer add', { card: refusedUrl });
  await runOnce('/offer add https://site.test/x', { ...terminal.session, settle: async () => {} });
  await terminal.messenger.send({
    workspace: 'terminal',
    target: { kind: 'user', id: 'ann', name: 'ann' },
    key: 'k1',
    card: {
      title: 'Royal has stopped',
      tone: 'bad',
      blocks: [{ type: 'actions', actions: [{ id: 'r', label: 'Retry now' }] }],
    },
    files: [],
  });
  terminal.input.end('1\n4\n');
  await terminal.start();
  expect(terminal.shown()).toContain('│ [4] Retry now');
  expect(terminal.dispatch.calls).toContain('press button-fix');
  expect(terminal.dispatch.calls).toContain('press r');
});

test('says which option is missing where no form can be shown', async () => {
  const terminal = withTerminal({ json: true });
  terminal.input.end('/offer show\n');
  await terminal.start();
  expect(terminal.objects()).toMatchObject([
    { type: 'reply', ok: false, problems: ['command.missing-option'] },
  ]);
});

test('reads a file where an option takes many lines', async () => {
  const terminal = withTerminal();
  const path = join(terminal.folder, 'my offers.csv');
  writeFileSync(path, 'https://a.test/x,Bella\n');
  terminal.input.end(`/offer import "@${path}"\n/offer import @${path}.gone\n`);
  await terminal.start();
  expect(terminal.dispatch.calls[0]).toBe(
    `offer import ${JSON.stringify({ lines: 'https://a.test/x,Bella\n' })}`,
  );
  expect(terminal.shown()).toContain('The file after @ could not be read (ENOENT).');
});

test('json prints one object a line for every answer, post, message, update and file', async () => {
  const terminal = withTerminal({ json: true, interactive: true });
  const file = { name: 'report.csv', mediaType: 'text/csv', content: Buffer.from('date\n') };
  const working = { title: 'Reading', tone: 'plain' as const, blocks: [] };
  terminal.dispatch.answers.set('report', {
    card: refusedUrl,
    ok: false,
    files: [file],
    progress: [working],
  });
  const card = { title: 'Hello', tone: 'plain' as const, blocks: [] };
  const message = { workspace: 'terminal', card, files: [] };
  const channel = { kind: 'channel' as const, id: '#casino', name: '#casino' };
  await terminal.messenger.send({ ...message, key: 'k1', target: channel });
  await terminal.messenger.edit({ ...message, key: 'k2', target: channel }, 'k1');
  await terminal.messenger.send({ ...message, key: 'k3', target: { kind: 'user', id: 'ann', name: '@ann' } });
  terminal.input.end('# first\n/report\n');
  await terminal.start();

  const path = terminal.objects()[4].path;
  expect(terminal.objects()).toEqual([
    { type: 'post', to: '#casino', id: 'k1', card },
    { type: 'update', to: '#casino', id: 'k1', card },
    { type: 'dm', to: '@ann', id: 'k3', card },
    { type: 'reply', to: '@Ann', line: 2, ok: false, problems: refusedUrl.problems, card: refusedUrl },
    { type: 'file', name: 'report.csv', mediaType: 'text/csv', path },
  ]);
  expect(readFileSync(path, 'utf8')).toBe('date\n');
});

test('saves files under safe names that are not taken, readable by their owner alone', async () => {
  const terminal = withTerminal();
  const file = (name: string) => ({ name, mediaType: 'text/csv', content: Buffer.from('x') });
  const names = ['../../etc/pass wd.csv', 'a.csv', 'a.csv', '/', '.env', 'nul.txt', `${'n'.repeat(400)}.csv`];
  terminal.dispatch.answers.set('report', { files: names.map(file) });
  terminal.input.end('/report\n');
  await terminal.start();
  const folder = terminal.screen.options.filesFolder;
  expect(readdirSync(folder).sort()).toEqual(
    ['a-2.csv', 'a.csv', 'env', 'etc-pass-wd.csv', 'file', 'file-nul.txt', `${'n'.repeat(60)}.csv`].sort(),
  );
  expect(statSync(join(folder, 'a.csv')).mode & 0o777).toBe(0o600);
});

test('says when a file could not be saved, and goes on', async () => {
  const terminal = withTerminal();
  writeFileSync(join(terminal.folder, 'files'), 'a file is in the way');
  const file = { name: 'a.csv', mediaType: 'text/csv', content: Buffer.from('x') };
  terminal.dispatch.answers.set('report', { files: [file] });
  terminal.input.end('/report\n/offer list\n');
  expect(await terminal.start()).toBe(0);
  expect(terminal.shown()).toContain('terminal.file-not-saved');
  expect(terminal.shown()).toContain('Answer of offer list');
});

test.each([
  ['/offer list', 0],
  ['/report', 1],
  ['/offer lst', 2],
  ['/offer show', 2],
  ['1', 1],
])('one command, %s, ends with code %i', async (line, code) => {
  const terminal = withTerminal();
  terminal.dispatch.answers.set('report', { ok: false });
  expect(await runOnce(line, { ...terminal.session, settle: async () => {} })).toBe(code);
});

test('goes on quietly when nobody reads the output any more', async () => {
  const terminal = withTerminal();
  terminal.output.destroy(new Error('EPIPE'));
  terminal.input.end('/offer list\n/offer list\n');
  expect(await terminal.start()).toBe(0);
  const target = { kind: 'channel' as const, id: '#a', name: '#a' };
  const card = { title: 'x', tone: 'plain' as const, blocks: [] };
  const sent = terminal.messenger.send({ workspace: 'terminal', target, key: 'k', card, files: [] });
  await expect(sent).rejects.toMatchObject({ outcome: 'unreachable' });
});

test('finds the messages that this process printed and no others', async () => {
  const terminal = withTerminal();
  const target = { kind: 'channel' as const, id: '#casino', name: '#casino' };
  const card = { title: 'Hello', tone: 'good' as const, blocks: [] };
  const message = { workspace: 'terminal', target, key: 'k1', card, files: [] };
  const since = '2026-11-19T00:00:00Z' as Parameters<typeof terminal.messenger.find>[1];
  expect(await terminal.messenger.find(message, since)).toBe('absent');
  const id = await terminal.messenger.send(message);
  await terminal.messenger.edit(message, id);
  expect(await terminal.messenger.find(message, since)).toBe(id);
  expect(terminal.shown()).toBe('│ [#casino] ✓ Hello\n\n│ [#casino] (updated) ✓ Hello\n\n');
});

test('save keeps the last chart as a PNG', async () => {
  const terminal = withTerminal();
  const chart = {
    title: 'FTD',
    days: ['2026-11-01', '2026-11-02'],
    bars: { label: 'FTD', values: [1, 2] },
    line: { label: 'NGR', values: [10, 20] },
  };
  const card = {
    title: 'Two days',
    tone: 'plain',
    blocks: [{ type: 'chart', chart, alt: 'Rising.' }],
  } as const;
  terminal.dispatch.answers.set('report', { card });
  terminal.input.end('save\n/report 7d\nsave\n');

  await terminal.start();

  expect(terminal.shown()).toContain('No chart has been shown yet.');
  const [name = ''] = readdirSync(terminal.screen.options.filesFolder);
  const bytes = readFileSync(join(terminal.screen.options.filesFolder, name));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
});
