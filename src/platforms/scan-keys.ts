const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const braceOpen = 0x7b;
const braceClose = 0x7d;
const bracketOpen = 0x5b;
const bracketClose = 0x5d;

/** Comparing each key with those before it costs the square of their number. */
const mostKeys = 64;

/**
 * One pass over the UTF-8 bytes of valid JSON. False: no object names a key twice. True: one might, since two of its keys
 * have one hash, a key is written with escapes, or it has very many. `deep`: nested deeper than `deepest`.
 */
export function mayRepeatKeys(bytes: Uint8Array, deepest: number): boolean | 'deep' {
  const hashes = new Int32Array(mostKeys * (deepest + 1));
  /** Where the keys of the object at each depth begin in `hashes`; −1 for a list. */
  const firstKeys = new Int32Array(deepest + 1).fill(-1);
  let keys = 0;
  let depth = 0;
  let isObject = false;
  let keyIsNext = false;
  let doubtful = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === quote) {
      let hash = 0;
      let inner = bytes[++at] ?? quote;
      while (inner !== quote) {
        if (inner === backslash) {
          doubtful ||= keyIsNext;
          at += 1;
        }
        if (keyIsNext) hash = (hash * 31 + inner) | 0;
        inner = bytes[++at] ?? quote;
      }
      if (!keyIsNext) continue;
      keyIsNext = false;
      const first = firstKeys[depth] ?? 0;
      for (let other = first; other < keys; other += 1) doubtful ||= hashes[other] === hash;
      if (keys - first >= mostKeys) doubtful = true;
      else hashes[keys++] = hash;
    } else if (code === comma) {
      keyIsNext = isObject;
    } else if (code === braceOpen || code === bracketOpen) {
      depth += 1;
      if (depth > deepest) return 'deep';
      isObject = code === braceOpen;
      keyIsNext = isObject;
      firstKeys[depth] = isObject ? keys : -1;
    } else if (code === braceClose || code === bracketClose) {
      if (isObject) keys = firstKeys[depth] ?? 0;
      depth -= 1;
      isObject = (firstKeys[depth] ?? -1) >= 0;
      keyIsNext = false;
    }
  }
  return doubtful;
}
