import { expect, test } from 'vitest';
import { createLog } from '../../adapters/log/log.js';
import { createScrubber } from '../../adapters/log/scrub.js';
import type { LogLevel } from '../../src/config.js';
import { unreachable } from '../../src/problems/fetch.js';

const url = 'https://programme.example/report.json?token=test-token-5678&page=1';

function captured(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const scrubber = createScrubber();
  const log = createLog({ level, destination: { write: (line) => lines.push(line) }, scrubber });
  return { log, scrubber, lines, entries: () => lines.map((line): unknown => JSON.parse(line)) };
}

test('writes one JSON line an event: level, time, fields, message', () => {
  const { log, lines, entries } = captured();

  log.info({ offer: 3, rows: 12 }, 'Synced');

  expect(entries()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      offer: 3,
      rows: 12,
      msg: 'Synced',
    },
  ]);
  expect(lines[0]?.endsWith('}\n')).toBe(true);
});

test.each<[LogLevel, string[]]>([
  ['debug', ['debug', 'info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['silent', []],
])('at level %s writes %s', (level, expected) => {
  const { log, entries } = captured(level);

  log.debug({}, 'a');
  log.info({}, 'b');
  log.warn({}, 'c');
  log.error({}, 'd');

  expect(entries()).toEqual(expected.map((name) => expect.objectContaining({ level: name })));
});

test.each(['debug', 'info', 'warn', 'error'] as const)(
  'no token is left at level %s, wherever it was',
  (level) => {
    const { log, scrubber, lines } = captured();
    scrubber.addSecret('test-token-5678');

    log[level](
      {
        url,
        deep: { list: [url, encodeURIComponent(url), Buffer.from(url).toString('base64')] },
        text: 'the token is test-token-5678',
        [url]: 1,
        error: new Error(`GET ${url}`, { cause: new Error('test-token-5678') }),
      },
      `could not read ${url}`,
    );

    expect(lines.join('')).not.toMatch(/test-token|dGVzdC10b2tlb|Rlc3QtdG9rZW/);
    expect(lines.join('')).toContain('programme.example');
  },
);

test('tells of an error its name, code and frames, and its message when that holds no address', () => {
  const { log, entries } = captured();
  const error = Object.assign(new TypeError('the disk is full'), { code: 'ENOSPC' });

  log.error({ error }, 'Could not write');
  log.error(new Error(`fetch ${url} failed\nat https://programme.example`), 'Could not read');
  log.warn({ error: unreachable('programme.example', 'refused') }, 'Offer failed');

  expect(entries()).toEqual([
    expect.objectContaining({
      error: {
        name: 'TypeError',
        code: 'ENOSPC',
        message: 'the disk is full',
        stack: expect.stringMatching(/^at .*log\.test\.ts/),
      },
    }),
    expect.objectContaining({ error: { name: 'Error', stack: expect.stringMatching(/^at /) } }),
    expect.objectContaining({
      error: expect.objectContaining({ name: 'ProblemError', message: 'probe.unreachable' }),
    }),
  ]);
});

test('hides nested errors and their properties too', () => {
  const { log, lines } = captured();
  const error = Object.assign(new Error('refused'), {
    config: { url, headers: { authorization: 'AbC9xYz' } },
  });

  log.error({ error, result: { error, reason: [error] } }, 'Failed');

  expect(lines.join('')).not.toMatch(/test-token|AbC9xYz/);
});
