import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, fixture, readAffilka, refusal, window } from '../support/reading.js';

const november = window('2026-11-01', '2026-11-30');

async function told(body: string | Uint8Array): Promise<string> {
  return refusal(readAffilka(typeof body === 'string' ? bytes(body) : body, november));
}

const row = '{"date":"2026-11-19","brand_id":1,"currency":"EUR","ngr":"5.00"}';
const nested = (levels: number) => `{"rows":[${row}],"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('what is not an Affilka report', () => {
  test.each([
    ['', 'unreadable'],
    ['  \n', 'unreadable'],
    ['<html><form action="/login"><input type="password"></form></html>', 'login-page'],
    ['<!doctype html><title>Sign in</title>', 'login-page'],
    ['<!doctype html><h1>Down for maintenance</h1>', 'unreadable'],
    ['<?xml version="1.0"?><report><row/></report>', 'unreadable'],
    ['{"error":"Invalid token"}', 'token-refused'],
    ['{"errors":[{"code":1,"detail":"Token has expired"}]}', 'token-refused'],
    ['{"message":"Unauthorized"}', 'token-refused'],
    ['{"status":401}', 'token-refused'],
    ['{"error":"Access denied","rows":{"data":[]}}', 'token-refused'],
    ['{"status":"error"}', 'unreadable'],
    ['{"error":"Something broke","rows":{"data":[]}}', 'unreadable'],
    ['{"success":false,"rows":[]}', 'unreadable'],
    ['{"rows":null}', 'unreadable'],
    ['{"rows":{"data":{}}}', 'unreadable'],
    ['{}', 'unreadable'],
    ['[]', 'unreadable'],
    ['null', 'unreadable'],
    ['12', 'unreadable'],
    ['OK', 'unreadable'],
    ['{"rows":[NaN]}', 'unreadable'],
    ['{"rows":[{"ngr":Infinity}]}', 'unreadable'],
    ['{"rows":[{"date":"2026-11-19","ngr":1e999}]}', 'unreadable'],
    ['{"rows":[[]]}', 'unreadable'],
    ['{"rows":[7]}', 'unreadable'],
    ['{"rows":[[{"name":"ngr"}]]}', 'unreadable'],
    ['{"rows":[[{"name":"ngr","value":1},{"name":"ngr","value":2}]]}', 'unreadable'],
    ['{"rows":[{"date":"2026-11-19","ngr":"1","ngr":"2"}]}', 'unreadable'],
    ['{"rows":[{"date":"2026-11-19","brand":"x"}]}', 'unreadable'],
  ])('%s is told as %s', async (body, code) => {
    expect(await told(body)).toMatch(new RegExp(`^probe\\.${code}: `));
  });

  test('too many levels or rows are refused without exhausting the process', async () => {
    for (const levels of [32, 33, 1_000_000]) {
      expect(await told(nested(levels))).toMatch(/^probe\.unreadable: .* more than 32 levels/);
    }
    expect(await told('['.repeat(2_000_000))).toMatch(/^probe\.unreadable: /);
    expect(await told(`{"rows":[${'{},'.repeat(200_000)}{}]}`)).toMatch(/^probe\.too-large: .* 200,000 rows/);
  });

  test.each([
    ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0xfe, 0x80])],
    ['half a UTF-16 character', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x20])],
    ['a broken character in a name', Buffer.from(`{"rows":[{"brand":"\xe9"}]}`, 'latin1')],
  ])('%s are unreadable', async (_, body) => {
    expect(await told(body)).toMatch(/^probe\.unreadable: .* not valid text/);
  });

  test('says what the error was, without what could be a token', async () => {
    expect(await told('{"error":"Column ngr2 unknown"}')).toContain('"Column ngr2 unknown"');
    expect(await told('{"error":"bad https://x.example/?t=test-token-9"}')).not.toContain('test-token-9');
  });
});

describe('oddities that do no harm', () => {
  test('a key named __proto__ changes nothing', async () => {
    const body = `{"__proto__":{"rows":[]},"rows":[{"__proto__":{"ngr":"9"},"date":"2026-11-19","visits_count":1}]}`;
    const page = await readAffilka(bytes(body), november);
    expect(page.rows[0]?.figures).toMatchObject({ clicks: 1, ngr: null });
    expect(page.present).toEqual(['clicks']);
  });

  test('a message beside rows is no error', async () => {
    expect(await told(`{"message":"ok","error":null,"errors":[],"status":"ok","rows":[${row}]}`)).toBe(
      'read 1 rows',
    );
  });

  test('32 levels are read, and text that looks like keys counts for none', async () => {
    expect(await told(nested(31))).toBe('read 1 rows');
    expect(await told(`{"rows":[${row}],"x":"a\\":\\\\","y":"{\\"z\\":1}"}`)).toBe('read 1 rows');
  });

  test.each(['utf8', 'utf16le'] as const)('a byte order mark and %s are obeyed', async (encoding) => {
    const body = Buffer.from(`\ufeff{"rows":[${row.replace('1,', '1,"brand":"Größe",')}]}`, encoding);
    const page = await readAffilka(body, november);
    expect(page.rows).toHaveLength(1);
  });
});

describe('any way to write the same page', () => {
  const base = Object.entries({
    date: '2026-11-19T00:00:00Z',
    brand_id: 4,
    campaign_id: 5,
    currency: 'EUR',
    visits_count: 12,
    first_deposits_sum: { currency: 'EUR', amount: '20.00' },
    ngr: '-1.25',
  });
  const unknown = fc.dictionary(
    fc.stringMatching(/^x_[a-z]{1,6}$/),
    fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.constant({ amount: 'x' })),
    { maxKeys: 4 },
  );
  const cells = unknown.chain((more) => {
    const all = [...base, ...Object.entries(more)];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

  test('gives the same rows: cells in any order, unknown ones among them, as list or object', async () => {
    const expected = await readAffilka(bytes(JSON.stringify({ rows: [Object.fromEntries(base)] })), november);
    await fc.assert(
      fc.asyncProperty(cells, fc.boolean(), async (row, asList) => {
        const listed = row.map(([name, value]) => ({ name, value, type: 'any' }));
        const body = JSON.stringify({ rows: { data: [asList ? listed : Object.fromEntries(row)] } });
        const { paging: _, ...page } = await readAffilka(bytes(body), november);
        expect(expected).toMatchObject(page);
      }),
    );
  });

  test('never gives rows when it is cut anywhere', async () => {
    const whole = Buffer.from(
      JSON.stringify(JSON.parse(Buffer.from(fixture('affilka/two-days.json')).toString())),
    );
    for (let length = 0; length < whole.length; length += 1) {
      expect(await told(whole.subarray(0, length))).toMatch(/^probe\.unreadable: /);
    }
  });
});
