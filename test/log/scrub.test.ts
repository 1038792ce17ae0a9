import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScrubber } from '../../adapters/log/scrub.js';

const token = 'AbC9xYz+q/7Lm=Kd83Qw';
const url = `https://programme.example/statistic-service/report-preset/export?id=7&token=${token}&from=2026-11-01`;
const encode = encodeURIComponent;

/** Spelled in parts, so that no scanner takes these for real. */
const slackToken = ['xoxb', '123456789012', '123456789012', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-');
const discordToken = ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'GabcdE', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join(
  '.',
);

/** No secret was registered: these are recognised by their shape. */
const shapes: readonly (readonly [string, string, string])[] = [
  ['a report URL', url, 'xYz'],
  ['a report URL in a sentence', `GET ${url} failed`, 'xYz'],
  ['a percent-encoded URL', encode(url), 'xYz'],
  ['a URL encoded twice', encode(encode(url)), 'xYz'],
  ['a URL encoded three times', encode(encode(encode(url))), 'xYz'],
  ['a URL in JSON', JSON.stringify({ url }), 'xYz'],
  ['a URL in JSON in JSON', JSON.stringify(JSON.stringify({ url })), 'xYz'],
  ['a URL with escaped slashes', JSON.stringify({ url }).replaceAll('/', '\\/'), '7Lm'],
  ['a URL with escaped ampersands', JSON.stringify({ url }).replaceAll('&', '\\u0026'), 'xYz'],
  ['a URL in base64', Buffer.from(url).toString('base64'), Buffer.from(url).toString('base64').slice(60, 80)],
  ['a token in capitals', url.replace('token', 'TOKEN'), 'xYz'],
  ['an api key', 'https://a.example/?api_key=AbC9xYz', 'xYz'],
  ['an access token in a fragment', 'https://a.example/#access_token=AbC9xYz', 'xYz'],
  ['a short parameter', 'https://a.example/?id=1&key=AbC9xYz', 'xYz'],
  ['a member of JSON', '{"apiKey":"AbC9xYz"}', 'xYz'],
  ['a member of JSON in JSON', JSON.stringify(JSON.stringify({ statistic_token: 'AbC9xYz' })), 'xYz'],
  ['a member with escapes', '{"token":"AbC9\\/xYz\\u003dQw"}', 'xYz'],
  ['a header line', 'Authorization: Bearer AbC9xYz.Kd83', 'xYz'],
  ['a bare header line', 'authorization: AbC9 xYz', 'xYz'],
  ['headers as JSON', '{"authorization":"AbC9xYz","cookie":"s=Kd83"}', 'Kd83'],
  ['a bearer alone', 'sent Bearer AbC9xYzKd83', 'xYz'],
  ['a Slack bot token', `token was ${slackToken}.`, 'MnOp'],
  ['a Slack app token', `app ${['xapp', '1', 'A012', '12', 'ffMnOpff'].join('-')}`, 'MnOp'],
  ['a Slack response address', 'https://hooks.slack.com/commands/T1/2/AbC9xYz', 'xYz'],
  ['a Discord token', `login ${discordToken}`, 'ijkl'],
  ['a Discord webhook', 'https://discord.com/api/webhooks/12345/AbC9xYz', 'xYz'],
  ['a Discord interaction', '/interactions/12345/aW50ZXJhY3Rpb246xYz/callback', 'xYz'],
  ['credentials of a database', 'postgres://ann:AbC9xYz@db/tallyman', 'xYz'],
];

test.each(shapes)('removes %s by its shape', (_what, line, secret) => {
  expect(line).toContain(secret);

  expect(createScrubber().scrub(line)).not.toContain(secret);
});

test.each([
  'Synced offer 3: 12 rows, token …5678',
  '{"level":"info","msg":"Listening","port":3000,"path":"data/tallyman.db"}',
  'probe.token-refused at primetime.partners',
  'the dedupe key is digest:slack:T1:2026-11-19',
  'https://programme.example/report?from=2026-11-01&to=2026-11-19&page=1',
])('leaves "%s" alone', (line) => {
  expect(createScrubber().scrub(line)).toBe(line);
});

const sealedSecrets = fc
  .string({ unit: fc.constantFrom(...'aZ09+/=&% ?é-_.:'), minLength: 8, maxLength: 40 })
  .filter((secret) => secret.trim() === secret);

/** Ways in which a secret ends up in a line. */
const disguises: readonly (readonly [string, (secret: string) => string])[] = [
  ['plain', (secret) => `failed for ${secret}`],
  ['percent-encoded', (secret) => `failed for ${encode(secret)}`],
  ['percent-encoded twice', (secret) => `failed for ${encode(encode(secret))}`],
  ['form-encoded', (secret) => `x=${encode(secret).replaceAll('%20', '+')}`],
  ['JSON', (secret) => JSON.stringify({ x: secret })],
  ['JSON in JSON', (secret) => JSON.stringify({ x: JSON.stringify({ x: secret }) })],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64 after one byte', (secret) => Buffer.from(`<${secret}>`).toString('base64')],
  ['base64 after two bytes', (secret) => Buffer.from(`<<${secret}>>`).toString('base64')],
  ['base64url', (secret) => Buffer.from(`{"a":"${secret}"}`).toString('base64url')],
  ['hex', (secret) => Buffer.from(secret).toString('hex')],
];

test.each(disguises)('removes a secret it was told of: %s', (_name, disguise) => {
  fc.assert(
    fc.property(sealedSecrets, (secret) => {
      const scrubber = createScrubber();
      scrubber.addSecret(secret);
      const line = disguise(secret);

      const clean = scrubber.scrub(line);

      expect(clean).not.toBe(line);
      expect(clean).not.toContain(secret);
      expect(clean).toContain('[removed]');
    }),
    { numRuns: 200 },
  );
});

test('removes every secret when one stands inside another', () => {
  const scrubber = createScrubber();
  scrubber.addSecret('Kd83Qw');
  scrubber.addSecret('AbC9xYzKd83QwLm');

  expect(scrubber.scrub('a AbC9xYzKd83QwLm b Kd83Qw')).toBe('a [removed] b [removed]');
});

test('removes the whole of two secrets that overlap, and of two that begin alike', () => {
  const scrubber = createScrubber();
  for (const secret of ['abcdef012', 'def012345678', 'abcdef99', 'abcdef9977']) scrubber.addSecret(secret);

  expect(scrubber.scrub('a abcdef012345678 b abcdef9977 c abcdef99 d abcdef9 e')).toBe(
    'a [removed] b [removed] c [removed] d abcdef9 e',
  );
});

test('does not take a secret so short that it stands in ordinary words', () => {
  const scrubber = createScrubber();
  scrubber.addSecret('ready');

  expect(scrubber.scrub('already')).toBe('already');
});

test('leaves JSON that can still be read, whatever is logged', () => {
  const parts = fc.constantFrom(
    'token=',
    '"token":"',
    '\\',
    '"',
    '/',
    '%22',
    '&',
    'Authorization: ',
    '://',
    '@',
  );
  const texts = fc
    .array(fc.oneof(parts, fc.string({ maxLength: 6 })), { maxLength: 12 })
    .map((all) => all.join(''));

  fc.assert(
    fc.property(fc.dictionary(texts, texts, { maxKeys: 4 }), texts, (fields, secret) => {
      const scrubber = createScrubber();
      // A capital: the second half of an escape such as \\n is no secret.
      scrubber.addSecret(`T${secret}`);
      const line = JSON.stringify({ ...fields, inner: JSON.stringify(fields) });

      expect(() => JSON.parse(scrubber.scrub(line))).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});

test('takes no time to speak of for a hostile line', () => {
  const scrubber = createScrubber();
  const lines = ['token=', '"token":"', 'a.', 'authorization', '%25', '\\', '://', 'xoxb-', 'aHR0c'].map(
    (part) => part.repeat(20_000),
  );
  const start = performance.now();

  for (const line of lines) scrubber.scrub(line);

  expect(performance.now() - start).toBeLessThan(5_000);
});
