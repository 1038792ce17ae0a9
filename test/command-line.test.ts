import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLine } from '../src/command-line.js';
import { fieldsOf } from '../src/options.js';
import { badValue, missingOption } from '../src/problems/command.js';
import type { Problem } from '../src/problems/problem.js';
import { commands } from './terminal/fake-dispatch.js';

const url = 'https://site.test/api?token=test-token-12345678&columns[]=ngr';

function understood(line: string) {
  const parsed = parseLine(line, commands);
  if (parsed.kind !== 'command') throw new Error(JSON.stringify(parsed));
  return { command: parsed.command.name, ...parsed.options };
}

function refused(line: string): Problem {
  const parsed = parseLine(line, commands);
  if (parsed.kind !== 'problem') throw new Error(JSON.stringify(parsed));
  return parsed.problem;
}

function commandNamed(name: string) {
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new Error(name);
  return command;
}

describe('a line that is right', () => {
  test.each([
    [`/offer add ${url} name:"Lucky Star" channel:#casino`, { url, name: 'Lucky Star', channel: '#casino' }],
    [`offer add ${url}`, { url }],
    [`  /OFFER   Add ${url}`, { url }],
    [`/offer add name:“Lucky Star” ${url}`, { url, name: 'Lucky Star' }],
    [`/offer add name:'Lucky Star' url:${url}`, { url, name: 'Lucky Star' }],
    [`/offer add ${url} name:Lucky Star channel:#casino`, { url, name: 'Lucky Star', channel: '#casino' }],
    [`/offer add ${url} name: "Lucky Star"`, { url, name: 'Lucky Star' }],
    [`/offer add ${url} name:"Lucky \\"7\\" Star"`, { url, name: 'Lucky "7" Star' }],
    [`/offer add ${url} NAME:Bella`, { url, name: 'Bella' }],
    [`\ufeff/offer\u00a0add\u200b ${url}\u200d name:\u200bBella`, { url, name: 'Bella' }],
    ['/offer add https:', { url: 'https:' }],
  ])('reads %s', (line, options) => {
    expect(understood(line)).toEqual({ command: 'offer add', ...options });
  });

  test('takes several bare words for an offer', () => {
    expect(understood("/offer show Ann's Lucky Star")).toMatchObject({ offer: "Ann's Lucky Star" });
    expect(understood('/offer show Casino: Royal')).toMatchObject({ offer: 'Casino: Royal' });
  });

  test('tells the offer and the new URL apart in any order', () => {
    const expected = { command: 'offer renew', offer: 'Lucky Star', url };
    expect(understood(`/offer renew Lucky Star ${url}`)).toEqual(expected);
    expect(understood(`/offer renew ${url} "Lucky Star"`)).toEqual(expected);
  });

  test('leaves the URL out when only an offer was given', () => {
    expect(understood('/offer renew Lucky Star')).toEqual({ command: 'offer renew', offer: 'Lucky Star' });
  });

  test('fills required options in order', () => {
    expect(understood('/alert snooze 3 4h')).toEqual({ command: 'alert snooze', incident: '3', for: '4h' });
  });

  test.each(['share', 'share:true', 'share:', 'Share'])('reads the flag %s', (flag) => {
    expect(understood(`/report 7d ${flag}`)).toEqual({ command: 'report', range: '7d', share: 'true' });
  });

  test('keeps a flag that is switched off, and a quoted word that is no flag', () => {
    expect(understood('/report share:false')).toEqual({ command: 'report', share: 'false' });
    expect(understood('/report "share"')).toEqual({ command: 'report', range: 'share' });
  });

  test('keeps the line breaks of pasted lines', () => {
    expect(understood('/offer import https://a.test/x?t=1\nhttps://b.test/y, Bella')).toMatchObject({
      lines: 'https://a.test/x?t=1\nhttps://b.test/y, Bella',
    });
  });
});

describe('help', () => {
  test.each([
    ['', null],
    ['/help', null],
    ['?', null],
    ['/offer', 'offer'],
    ['/offer help', 'offer'],
    ['help offer', 'offer'],
    ['/offer add help', 'offer add'],
    ['/offer help add', 'offer add'],
    ['/help offer add', 'offer add'],
    ['/report help', 'report'],
  ])('"%s" asks for help about %s', (line, topic) => {
    expect(parseLine(line, commands)).toEqual({ kind: 'help', topic });
  });

  test('a command of one word runs without more', () => {
    expect(understood('/report')).toEqual({ command: 'report' });
  });
});

describe('a line that is wrong', () => {
  test.each([
    ['/offer chekc', 'offer check'],
    ['/ofer list', 'offer list'],
    ['/offre', 'offer help'],
    ['/reprot 7d', 'report'],
    ['/add x', 'offer add'],
    ['/help ofer', 'offer help'],
  ])('%s means %s', (line, suggestion) => {
    const { code, what } = refused(line);
    expect(code).toBe('command.unknown');
    expect(what).toContain(`Did you mean /${suggestion}?`);
  });

  test('does not guess where nothing is near', () => {
    expect(refused('/offer dance').what).toBe('I do not know the command "offer dance".');
  });

  test('names all commands that a second word could be', () => {
    expect(refused('/list')).toMatchObject({
      code: 'command.ambiguous',
      what: 'The command "list" could be /offer list or /digest list.',
    });
  });

  test.each([url, `<${url}>`, `/offer ${url}`])('suggests a command for a URL alone', (line) => {
    const problem = refused(line);
    expect(problem.code).toBe('command.url-alone');
    expect(problem.fix[0]).toBe('Type /offer add and paste the URL after it');
  });

  test.each([
    [`/offer add ${url} chanel:#casino`, 'Did you mean channel:?'],
    ['/digest schedule att:09:00', 'Did you mean at:?'],
    ['/digest schedule hour:09:00', 'has no option "hour".'],
  ])('%s has an unknown option', (line, said) => {
    const problem = refused(line);
    expect(problem.code).toBe('command.unknown-option');
    expect(problem.what).toContain(said);
  });

  test.each([
    ['/offer add name:"Lucky Star', 'command.bad-quoting'],
    [`/offer add ${url} name:a name:b`, 'command.option-twice'],
    [`/offer add ${url} name:""`, 'command.bad-value'],
    [`/offer add ${url} name:`, 'command.bad-value'],
    [`/offer add ${url} tail-of-url`, 'command.words-left-over'],
    ['/offer list everything', 'command.words-left-over'],
  ])('%s is refused as %s', (line, code) => {
    expect(refused(line).code).toBe(code);
  });

  test('shows a correct line when an option is missing', () => {
    const command = commandNamed('offer show');
    const [field] = fieldsOf(command.options);
    if (!field) throw new Error('no field');
    expect(missingOption(command, field).fix).toEqual(['Write it like this: /offer show "Lucky Star"']);
  });

  test('says what a bad value should look like', () => {
    const command = commandNamed('digest schedule');
    const [field] = fieldsOf(command.options);
    if (!field) throw new Error('no field');
    expect(badValue(command, field, 'noon', 'is not a time; write it as 09:00').what).toBe(
      'The value "noon" of at: is not a time; write it as 09:00.',
    );
    expect(badValue(command, field, 'noon', 'Invalid input').what).toBe(
      'The value "noon" of at: cannot be read; write it as 09:00.',
    );
  });
});

describe('secrets', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{20,40}$/);
  const around = fc.constantFrom(
    (token: string) => token,
    (token: string) => `/${token}`,
    (token: string) => `/offer ${token}`,
    (token: string) => `/offr ${token} list`,
    (token: string) => `/list https://site.test/?token=${token}`,
    (token: string) => `/offer add https://site.test/?token= ${token} ${token}`,
    (token: string) => `/digest schedule ${token}:x`,
    (token: string) => `/help ${token}`,
    (token: string) => `/offer add "https://site.test/?token=${token}`,
    (token: string) => `https://site.test/?token=${token}`,
  );

  test('no problem ever repeats a token', () => {
    fc.assert(
      fc.property(secret, around, (token, line) => {
        const parsed = parseLine(line(token), commands);
        const said = parsed.kind === 'problem' ? JSON.stringify(parsed.problem) : '';
        expect(said.toLowerCase()).not.toContain(token.toLowerCase());
      }),
      { numRuns: 300 },
    );
  });
});

test('any text at all is understood, asks for help or has a complete problem', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('/offer', 'add', 'show', 'name:', 'url:', '"', '“', ' ', '\n', 'help', '\\', 'https://'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const parsed = parseLine(pieces.join(' '), commands);
      if (parsed.kind !== 'problem') return;
      expect(parsed.problem.what).toMatch(/[.?]$/);
      expect(parsed.problem.fix.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

test('a very long line is read quickly', () => {
  const line = `/offer import ${'"a\\'.repeat(20_000)} ${'x:y '.repeat(20_000)}`;
  const started = performance.now();
  parseLine(line, commands);
  expect(performance.now() - started).toBeLessThan(2_000);
});
