import { spellingsOf } from './spellings.js';

const mark = '[removed]';

/** Removes what looks like a token, and every secret it was told of, from a line of text. */
export interface Scrubber {
  scrub(line: string): string;
  /** A secret to remove in any of its spellings. Shorter than six characters is refused: it would blacken ordinary words. */
  addSecret(secret: string): void;
}

const shortestSecret = 6;

// Repetitions are bounded or begin at a rare character: a hostile line must not cost quadratic time.
// Backslashes stand for JSON inside JSON, %25 for text that was percent-encoded more than once.
const escapes = String.raw`\\{0,16}`;
const slash = String.raw`(?:${escapes}\/|%(?:25){0,8}2F)`;
const equals = String.raw`(?:=|%(?:25){0,8}3D|\\{1,16}u003d)`;
const before = String.raw`(?:[?&;\s"'{,(]|%(?:25){0,8}(?:3F|26)|\\{1,16}u0026|^)`;
const value = String.raw`(?:\\{1,16}\/|\\{1,16}u00(?:2b|2f|3d)|(?!%(?:25){0,8}(?:26|22|20))[^&\s"'<>\\])+`;
const secretName = String.raw`(?:token|api[_-]?key|secret|passw(?:or)?d|authorization|signature)[\w-]{0,40}`;
const shortName = '(?:key|auth|sig|code|pass|pwd|sid|session)';

function removes(kept: string, secret: string, flags = 'gi'): readonly [RegExp, string] {
  return [new RegExp(`(${kept})${secret}`, flags), `$1${mark}`];
}

const patterns: readonly (readonly [RegExp, string])[] = [
  // Query parameters: token=…, api_key%3D…, access_token%253D….
  removes(secretName + equals, value),
  removes(before + shortName + equals, value),
  // JSON members, at any depth of quoting.
  removes(
    String.raw`(?:${secretName}|cookie)${escapes}"\s*:\s*${escapes}"`,
    String.raw`(?:[^"\\]|\\[^"\\])+`,
  ),
  // Header lines: Authorization: Bearer …, and Affilka's bare token.
  removes(
    String.raw`(?:authorization|x-api-key|cookie)\s{0,9}[:=]\s{0,9}(?!${escapes}")`,
    String.raw`[^"\\\r\n]+`,
  ),
  removes(String.raw`\bBearer\s`, String.raw`[\w.~+/=-]{6,}`),
  removes(String.raw`\b(?:Basic|Bot)\s`, String.raw`[\w.~+/=-]{20,}`),
  // Slack: bot, user, app, refresh and configuration tokens; response and webhook addresses.
  removes('', String.raw`\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w%.-]+`),
  removes(String.raw`hooks\.slack\.com${slash}`, String.raw`(?:${escapes}\/|[\w%.-])+`),
  // Discord: bot tokens (id, time and hash in base64), interaction tokens, webhooks.
  removes('', String.raw`\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}`),
  removes('', String.raw`\baW50ZXJhY3Rpb246[\w+/=-]+`, 'g'),
  removes(String.raw`(?:webhooks|interactions)${slash}\d{1,25}${slash}`, String.raw`[\w.-]+`),
  // User name and password in front of a host.
  removes(String.raw`:${escapes}\/${escapes}\/`, String.raw`[^\s/@"'\\]+(?=@)`),
  // base64 of "http": a whole link, which may hold a token.
  removes('', String.raw`\baHR0c[\w+/=-]{12,}`, 'g'),
];

export function createScrubber(): Scrubber {
  const secrets = new Set<string>();
  // By their first letters and their lengths: a line must not cost more the more secrets are known.
  const spellings = new Map<string, Map<number, Set<string>>>();

  function endOfSecret(line: string, at: number): number {
    let end = at;
    for (const [length, alike] of spellings.get(line.slice(at, at + shortestSecret)) ?? []) {
      if (at + length > end && alike.has(line.slice(at, at + length))) end = at + length;
    }
    return end;
  }

  /** Spellings that overlap are taken out together: what is left of one would still tell much of it. */
  function withoutSecrets(line: string): string {
    let clean = '';
    let kept = 0;
    let end = 0;
    for (let at = 0; at + shortestSecret <= line.length; at += 1) {
      const reach = endOfSecret(line, at);
      if (reach <= Math.max(at, end)) continue;
      if (at >= end) clean += line.slice(kept, at) + mark;
      [kept, end] = [reach, reach];
    }
    return clean + line.slice(kept);
  }

  return {
    scrub(line) {
      let clean = secrets.size > 0 ? withoutSecrets(line) : line;
      for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
      return clean;
    },
    addSecret(secret) {
      if (secret.length < shortestSecret || secrets.has(secret)) return;
      secrets.add(secret);
      for (const spelling of spellingsOf(secret)) {
        const beginning = spelling.slice(0, shortestSecret);
        const byLength = spellings.get(beginning) ?? new Map<number, Set<string>>();
        spellings.set(beginning, byLength);
        byLength.set(spelling.length, (byLength.get(spelling.length) ?? new Set()).add(spelling));
      }
    },
  };
}
