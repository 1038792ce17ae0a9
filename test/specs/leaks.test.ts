import { describe, expect, test } from 'vitest';
import { holdsToken, leaksIn } from './leaks.js';
import type { SentBody } from './sent-body.js';

function post(text: string, room: readonly string[] | null = ['C0CASINO', '#casino']): SentBody {
  return { surface: 'slack', endpoint: 'chat.postMessage', body: { text }, files: [], room };
}

const whisper = (text: string) => post(text, null);
const given = (words: string, room = 'C0CASINO') => ({ room, words });

describe('a figure', () => {
  test('of a private answer is a leak in a public body', () => {
    expect(leaksIn([whisper('NGR 12,430.55'), post('NGR 12,430.55')], [])).toEqual([
      'chat.postMessage /text shows 12,430.55 to a channel that was not given it, and it stands in a private answer',
    ]);
  });

  test.each(['−1,204.00', '1204.00', '1,204', '0.01250000', '18 FTD'])('is recognised as %s', (figure) => {
    expect(leaksIn([post(`Lucky Star ${figure}`)], [])).toHaveLength(1);
  });

  test('is right where the core gave it to that channel, by its id or its name', () => {
    for (const room of ['C0CASINO', '#casino']) {
      expect(leaksIn([whisper('NGR 12,430.55'), post('NGR 12,430.55')], [given('12,430.55', room)])).toEqual(
        [],
      );
    }
  });

  test('that was given to one channel is a leak in another', () => {
    expect(leaksIn([post('NGR 12,430.55')], [given('12,430.55', 'C0OTHER')])).toHaveLength(1);
  });

  test('is found in a file too', () => {
    const file = { ...post('report.csv'), files: ['day,ngr\n2026-11-19,12430.55\n'] };

    expect(leaksIn([file], [])).toEqual([
      'chat.postMessage /files/0 shows 12430.55 to a channel that was not given it',
    ]);
  });

  test('is private to one person, and a time stamp is none', () => {
    const update = { ...post('Royal is back'), body: { ts: '1795249542.587000', text: 'Royal is back' } };

    expect(leaksIn([whisper('NGR 12,430.55'), update], [])).toEqual([]);
  });
});

describe('a token', () => {
  const token = 'test-token-0a1b2c3d';
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test.each([
    ['plain', token],
    ['percent-encoded', `https%3A%2F%2Fsite.test%3Ftoken%3D${[...token].map(percent).join('')}`],
    ['percent-encoded twice', encodeURIComponent([...token].map(percent).join(''))],
    ['in base64', base64(token)],
    ['in base64, after one letter', base64(`a${token}`)],
    ['in base64, after two letters', base64(`ab${token}`)],
    ['in base64 of a whole address', base64(`https://site.test/report?token=${token}&page=1`)],
    ['in base64 that a URL can hold', Buffer.from(`~~~${token}`).toString('base64url')],
  ])('is a leak in a public body: %s', (_, text) => {
    expect(leaksIn([post(`See ${text}.`)], [given(text)])).toEqual([
      'chat.postMessage /text shows a token to a channel',
    ]);
  });

  test('is not seen in what only names it', () => {
    expect(holdsToken('The token …2c3d of primetime.partners is refused')).toBe(false);
  });

  function percent(letter: string): string {
    return `%${letter.charCodeAt(0).toString(16)}`;
  }
});
