import type { HttpResponse } from '../ports.js';

/** Shorter texts, or texts of digits alone, may stand in a report by chance. */
const shortestSecret = 8;
/** ASCII, and no digit: a figure that it would hit becomes unreadable, and never another figure. */
const cover = '*'.charCodeAt(0);

/**
 * An answer in which the token that was sent along is blotted out, however it is spelled: an error message, a heading or a
 * name that repeats it must not carry it into messages, logs or the database. Nothing else is changed, and no length.
 */
export function withoutEcho(response: HttpResponse, secret: string | null): HttpResponse {
  if (secret === null || secret.length < shortestSecret || /^\d*$/.test(secret)) return response;
  const { body } = response;
  const copy = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let clean: Buffer | null = null;
  const texts = spellingsOf(secret);
  // Letters in UTF-16 have a nought beside them, and few answers hold one.
  const wide = copy.includes(0) ? texts.map((text) => Buffer.from(text, 'utf16le')) : [];
  for (const spelling of [...texts.map((text) => Buffer.from(text)), ...wide]) {
    for (let at = copy.indexOf(spelling); at >= 0; at = copy.indexOf(spelling, at + spelling.length)) {
      clean ??= Buffer.from(body);
      clean.fill(cover, at, at + spelling.length);
    }
  }
  return clean === null ? response : { ...response, body: clean };
}

/** As it is, percent-encoded or decoded, in JSON, and in HTML. */
function spellingsOf(secret: string): string[] {
  const plain = decoded(secret);
  const percent = encodeURIComponent(plain);
  return [
    ...new Set([
      secret,
      plain,
      percent,
      percent.replace(/%../g, (code) => code.toLowerCase()),
      encodeURIComponent(percent),
      plain.replaceAll('/', '\\/'),
      plain.replaceAll('+', ' '),
      plain.replaceAll('+', '&#43;').replaceAll('/', '&#47;').replaceAll('=', '&#61;'),
    ]),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
