import { expect, test } from 'vitest';
import type { Card } from '../../src/card.js';
import { withTerminal } from './with-terminal.js';

const secretUrl = 'https://site.test/x?token=test-token-1234';
const channel = { kind: 'channel' as const, id: '#casino', name: '#casino' };
const card = { title: 'Royal is back', tone: 'good' as const, blocks: [] };

function started() {
  const terminal = withTerminal({ interactive: true });
  const ended = terminal.start();
  /** Types keys and waits for a text to appear. */
  const type = (keys: string, text: string) => terminal.until(text, () => terminal.input.write(keys));
  return { ...terminal, ended, type };
}

test('answers at a prompt until exit', async () => {
  const { type, ended, input, dispatch } = started();
  await type('/offer list\r', 'Answer of offer list');
  input.write('exit\r');
  expect(await ended).toBe(0);
  expect(dispatch.calls).toEqual(['offer list {}', 'offer list {} done']);
});

test('Ctrl-D ends it once the running command has answered', async () => {
  const { input, ended, dispatch, shown } = started();
  let release = () => {};
  dispatch.held.set('offer list', new Promise((resolve) => (release = resolve)));
  input.write('/offer list\r');
  input.write('\u0004');
  release();
  expect(await ended).toBe(0);
  expect(shown()).toContain('Answer of offer list');
});

test('asks a form field by field and never shows a secret', async () => {
  const { type, input, ended, dispatch, raw, history } = started();
  await type('/offer add\r', 'url > ');
  await type(`${secretUrl}\r`, 'name > ');
  await type('Lucky Star\r', 'channel > ');
  await type('\r', 'from > ');
  await type('2026-11-01\r', 'Answer of offer add');
  input.write('\u0004');
  await ended;
  const values = { url: secretUrl, name: 'Lucky Star', from: '2026-11-01' };
  expect(dispatch.calls[0]).toBe(`submit offer add ${JSON.stringify(values)}`);
  expect(raw()).not.toContain('test-token');
  expect(raw()).not.toContain('site.test');
  expect(history()).toBe('/offer add\n');
});

test('asks again for what is needed', async () => {
  const { type, input, ended, dispatch } = started();
  await type('/offer check\r', 'url > ');
  await type('\r', 'This one is needed.');
  await type(`${secretUrl}\r`, 'Answer of offer check');
  input.write('\u0004');
  await ended;
  expect(dispatch.calls[0]).toContain(secretUrl);
});

test('reads pasted lines until an empty one', async () => {
  const { type, input, ended, dispatch, raw } = started();
  await type('/offer import\r', 'lines > ');
  await type('https://a.test/1\rhttps://b.test/2\r\r', 'Answer of offer import');
  input.write('\u0004');
  await ended;
  expect(dispatch.calls[0]).toContain('https://a.test/1\\nhttps://b.test/2');
  expect(raw()).not.toContain('a.test');
});

test('Ctrl-C cancels the form and not the program', async () => {
  const { type, input, ended, dispatch } = started();
  await type('/offer add\r', 'url > ');
  await type('https://half\u0003', 'Cancelled. Nothing was done.');
  await type('/offer list\r', 'Answer of offer list');
  input.write('\u0004');
  await ended;
  expect(dispatch.calls).toEqual(['offer list {}', 'offer list {} done']);
});

test('Ctrl-C throws a half-typed line away; twice on an empty line it ends', async () => {
  const { type, input, ended, dispatch } = started();
  await type('/offer remove 3', 'remove 3');
  input.write('\u0003');
  await type('/offer list\r', 'Answer of offer list');
  await type('\u0003', 'Press Ctrl-C again');
  input.write('\u0003');
  expect(await ended).toBe(0);
  expect(dispatch.calls[0]).toBe('offer list {}');
});

test('prints what arrives above the line that is being typed', async () => {
  const terminal = started();
  await terminal.type('/offer li', '/offer li');
  await terminal.messenger.send({ workspace: 'terminal', target: channel, key: 'k', card, files: [] });
  await terminal.type('st\r', 'Answer of offer list');
  terminal.input.write('\u0004');
  await terminal.ended;
  expect(terminal.raw()).toContain('\r\u001b[J│ [#casino] ✓ Royal is back\n\n');
  expect(terminal.shown()).toMatch(/Royal is back\n\ntallyman> \/offer li/);
  expect(terminal.dispatch.calls[0]).toBe('offer list {}');
});

test('what arrives while a secret is typed keeps the secret hidden', async () => {
  const terminal = started();
  await terminal.type('/offer check\r', 'url > ');
  terminal.input.write(secretUrl);
  await terminal.messenger.send({ workspace: 'terminal', target: channel, key: 'k', card, files: [] });
  await terminal.type('\r', 'Answer of offer check');
  terminal.input.write('\u0004');
  await terminal.ended;
  expect(terminal.raw()).not.toContain('test-token');
  expect(terminal.dispatch.calls[0]).toContain(secretUrl);
});

test('redraws progress in one line and puts the answer in its place', async () => {
  const { type, input, ended, dispatch, raw } = started();
  const step = (text: string): Card => {
    return { title: 'Reading Royal', tone: 'plain', blocks: [{ type: 'text', text }] };
  };
  dispatch.answers.set('report', { progress: [step('1 of 3\u001b[31m'), step('2 of 3')] });
  await type('/report\r', 'Answer of report');
  input.write('\u0004');
  await ended;
  expect(raw()).toContain(
    '\r\u001b[2KReading Royal  1 of 3\r\u001b[2KReading Royal  2 of 3\r\u001b[2K✓ Answer of report\n',
  );
});

test('lines typed ahead are answered in order', async () => {
  const { type, input, ended, dispatch } = started();
  await type('/offer list\r/digest list\r/report\r', 'Answer of report');
  input.write('\u0004');
  await ended;
  expect(dispatch.calls.filter((call) => call.endsWith('done'))).toEqual([
    'offer list {} done',
    'digest list {} done',
    'report {} done',
  ]);
});

test('keeps a history without anything that could be secret', async () => {
  const { type, input, ended, history } = started();
  await type('/offer show "Lucky Star"\r', 'Answer of offer show');
  await type(`/offer check ${secretUrl}\r`, 'Answer of offer check');
  await type('/offer check abcdefgh\r', 'Answer of offer check');
  await type('zzzzzzzz\r', 'I do not know');
  await type('/report by:day\r', 'Answer of report');
  input.write('\u0004');
  await ended;
  expect(history()).toBe('/report by:day\n/offer show "Lucky Star"\n');
});

test('an arrow brings the last line back, but nothing from a form', async () => {
  const { type, input, ended, dispatch } = started();
  await type('/offer check\r', 'url > ');
  await type(`${secretUrl}\r`, 'Answer of offer check');
  await type('\u001b[A', '/offer check');
  await type('\r', 'url > ');
  input.write('\u0003\u0004');
  await ended;
  expect(dispatch.calls).toHaveLength(2);
});

test('completes commands, options and values', async () => {
  const { type, input, ended, dispatch } = started();
  await type('/rep\t', 'report ');
  await type('by:o\t', 'by:offer ');
  await type('\r', 'Answer of report');
  input.write('\u0004');
  await ended;
  expect(dispatch.calls[0]).toBe('report {"by":"offer"}');
});

test('a button may open a form: a choice is taken by its number, and Enter keeps what is filled in', async () => {
  const { type, input, ended, dispatch } = started();
  dispatch.filledIn.set('range', '7d');
  await type('press form:report\r', 'range [7d] > ');
  await type('\r', 'by > ');
  await type('2\r', 'share > ');
  await type('\r', 'Answer of report');
  input.write('\u0004');
  await ended;
  expect(dispatch.calls[0]).toBe('submit report {"range":"7d","by":"offer"}');
});

test('what arrives while a long line is typed leaves no part of it behind', async () => {
  const terminal = started();
  const long = '/offer show one long name that goes on and on beyond the eighty columns of the screen';
  await terminal.type(long, 'of the screen');
  const before = terminal.raw().length;
  await terminal.messenger.send({ workspace: 'terminal', target: channel, key: 'k', card, files: [] });
  const drawn = terminal.raw().slice(before);
  expect(drawn.startsWith('\r\u001b[1A\u001b[J│ [#casino]')).toBe(true);
  expect(drawn.indexOf('\u001b[1A', 4)).toBe(-1);
  terminal.input.write('\r\u0004');
  await terminal.ended;
});
