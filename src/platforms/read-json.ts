import { brokenJson, deepJson, repeatedKeys } from '../problems/unreadable-report.js';
import { mayRepeatKeys } from './scan-keys.js';

const deepest = 32;

/** Object keys written in a JSON text. The text is known to be valid JSON. */
function writtenKeys(text: string): number {
  let keys = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x3a) keys += 1;
    at += 1;
  }
  return keys;
}

/** The place of the quote that ends the string begun at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** Object keys kept after parsing; the depth limit is known to hold. */
function keptKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += keptKeys(item);
    return keys;
  }
  for (const inner of Object.values(value)) keys += 1 + keptKeys(inner);
  return keys;
}

/**
 * Parses JSON strictly: a key named twice, which JSON.parse settles in silence, is refused, and so is deep nesting.
 * `body` is what the text was decoded from.
 */
export function readJson(text: string, body?: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw brokenJson();
  }
  // As many bytes as characters: the body is plain ASCII, and need not be written out again.
  const bytes = body?.length === text.length ? body : Buffer.from(text);
  const doubtful = mayRepeatKeys(bytes, deepest);
  if (doubtful === 'deep') throw deepJson(deepest);
  // Counting what was written and what was kept is exact, and costs more than the parse itself.
  if (doubtful && keptKeys(value) !== writtenKeys(text)) throw repeatedKeys();
  return value;
}
