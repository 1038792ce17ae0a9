import { describe, expect, test } from 'vitest';
import { bytes, readReferon, refusal, window } from '../support/reading.js';

const november = window('2026-11-01', '2026-11-30');

describe('what is not a ReferOn report', () => {
  test.each([
    ['', 'unreadable'],
    ['\n \n', 'unreadable'],
    ['<html><input type=password></html>', 'login-page'],
    ['<!doctype html><h1>502 Bad Gateway</h1>', 'unreadable'],
    ['<?xml version="1.0"?><rows/>', 'unreadable'],
    ['Unauthorized', 'unreadable'],
    ['[{"Date":"2026-11-19","NGR":[]}]', 'unreadable'],
    ['[{"Date":"2026-11-19","NGR":{}}]', 'unreadable'],
    ['[{"Date":"2026-11-19","NGR":1,"Currency":["EUR"]}]', 'unreadable'],
    ['[{"Date":"2026-11-19","NGR":1,"Brand Name":{}}]', 'unreadable'],
    ['[{"Date":"2026-11-19","NGR":1,"Media Item ID":[7]}]', 'unreadable'],
    ['{"Date":', 'unreadable'],
    ['Date,NGR\n2026-11-19,"1"x\n', 'unreadable'],
    ['Date,NGR\n2026-11-19,five\n', 'unreadable'],
    ['Date,NGR\nsoon,5.00\n', 'unreadable'],
  ])('%j is told as %s', async (body, code) => {
    expect(await refusal(readReferon(bytes(body), november))).toMatch(new RegExp(`^probe\\.${code}: `));
  });

  test('text cut inside a character is refused', async () => {
    const cut = Buffer.from('Date,NGR,Brand Name\n2026-11-19,1.00,"é"\n').subarray(0, -3);
    expect(await refusal(readReferon(cut, november))).toMatch(/not valid text/);
    expect(await refusal(readReferon(new Uint8Array([0xff, 0xfe, 0x44]), november))).toMatch(
      /not valid text/,
    );
  });

  test('too many rows are refused', async () => {
    const body = bytes(`Date,NGR\n${'2026-11-19,1.00\n'.repeat(200_001)}`);
    expect(await refusal(readReferon(body, november))).toMatch(/^probe\.too-large: .* 200,000 rows/);
  });

  test('long cells cannot hold the reader up', async () => {
    for (const cell of [
      '1'.repeat(500_000),
      ' '.repeat(200_000),
      '1 '.repeat(200_000),
      '1,'.repeat(100_000),
    ]) {
      const body = bytes(`Date,NGR,Brand Name\n2026-11-19,"${cell}x",B\n`);
      expect(await refusal(readReferon(body, november))).toMatch(/^probe\.unreadable: /);
      const day = bytes(`Date,NGR,Brand Name\n"${cell}x",1.00,B\n`);
      expect(await refusal(readReferon(day, november))).toMatch(/^probe\.unreadable: /);
    }
  });

  test('a message shows 40 characters at most, and never a link', async () => {
    const told = (cell: string) => refusal(readReferon(bytes(`Date,NGR\n2026-11-19,${cell}\n`), november));
    expect(await told('z'.repeat(99))).toContain(`"${'z'.repeat(40)}…"`);
    expect(await told('https://x.example/export?token=test-token-7')).not.toContain('test-token-7');
  });
});
