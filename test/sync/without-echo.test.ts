import { expect, test } from 'vitest';
import { withoutEcho } from '../../src/sync/without-echo.js';

const token = 'AbC9+x/Yz7Lm==';

function clean(text: string | Buffer, secret: string | null = token): string {
  const response = { status: 200, headers: {}, body: Buffer.from(text as string), loginRedirect: false };
  return Buffer.from(withoutEcho(response, secret).body).toString();
}

test.each([
  token,
  encodeURIComponent(token),
  encodeURIComponent(encodeURIComponent(token)),
  token.replaceAll('/', '\\/'),
])('blots out the token written as %s, and keeps every length', (spelling) => {
  const text = `{"error":"no account ${spelling} here, ${spelling}"}`;

  expect(clean(text)).toBe(text.replaceAll(spelling, '*'.repeat(spelling.length)));
});

test('blots it out in UTF-16 too', () => {
  expect(clean(Buffer.from(`a${token}b`, 'utf16le'))).not.toContain(Buffer.from(token, 'utf16le').toString());
});

test('a figure that happens to be the token becomes unreadable and no other figure', () => {
  expect(clean('{"ngr":1234567.89}', '1234567.89')).toBe('{"ngr":**********}');
});

test.each(['short', '12345678901234', null])('leaves the answer alone for the secret %s', (secret) => {
  expect(clean('short 12345678901234', secret)).toBe('short 12345678901234');
});

test('finds a token wherever it stands, also after beginnings of itself', () => {
  const secret = 'abakabab';
  const pieces = ['a', 'ab', 'aba', 'abak', 'kabab', secret, '"', 'b'];
  let seed = 7;
  const pick = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return pieces[seed % pieces.length];
  };
  for (let round = 0; round < 200; round += 1) {
    const text = Array.from({ length: 30 }, pick).join('');

    expect(clean(text, secret)).toBe(text.replaceAll(secret, '*'.repeat(secret.length)));
  }
});
