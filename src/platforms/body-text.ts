import { wrongEncoding } from '../problems/unreadable-report.js';

function decode(body: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    throw wrongEncoding();
  }
}

/** Zeros in every other place of the start: UTF-16 without its mark. */
function bareUtf16(body: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first = 1, second = 1, third = 1, fourth = 1] = body;
  if (second === 0 && fourth === 0 && first !== 0) return 'utf-16le';
  if (first === 0 && third === 0 && second !== 0) return 'utf-16be';
  return null;
}

/** UTF-8 that ends in the middle of a character was cut, and is not Windows-1252. */
function cutUtf8(body: Uint8Array): boolean {
  for (let cut = 1; cut <= 3 && cut < body.length; cut += 1) {
    const lead = body[body.length - cut] ?? 0;
    if (lead < 0x80) return false;
    if (lead < 0xc0) continue;
    const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (needed <= cut) return false;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, body.length - cut));
      return true;
    } catch {
      return false;
    }
  }
  return false;
}

/** The text of an answer, its byte order mark obeyed and taken off. Throws `probe.unreadable` for bytes that are no text. */
export function bodyText(body: Uint8Array, otherwise?: 'windows-1252'): string {
  if (body[0] === 0xff && body[1] === 0xfe) return decode(body, 'utf-16le');
  if (body[0] === 0xfe && body[1] === 0xff) return decode(body, 'utf-16be');
  const marked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  const bare = bareUtf16(body);
  if (bare) return decode(body, bare);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    if (marked || otherwise === undefined || cutUtf8(body)) throw wrongEncoding();
    return decode(body, otherwise);
  }
}
