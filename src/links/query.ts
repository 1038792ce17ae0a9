/**
 * A URL's query as raw text. `URLSearchParams` would re-encode every pair (`+`, `/` and `=` in a token among them), and what the bot
 * does not set must stay byte for byte.
 */
interface RawUrl {
  readonly before: string;
  readonly pairs: readonly string[];
  readonly fragment: string;
}

/** One parameter, decoded; `columns[]` and `columns%5B%5D` are the same key. */
export interface Parameter {
  readonly key: string;
  readonly value: string;
}

const encodedBrackets = /%5b%5d$/i;
const plainBrackets = /\[\]$/;

function split(url: string): RawUrl {
  const hash = url.indexOf('#');
  const address = hash < 0 ? url : url.slice(0, hash);
  const fragment = hash < 0 ? '' : url.slice(hash);
  const mark = address.indexOf('?');
  if (mark < 0) return { before: address, pairs: [], fragment };
  return { before: address.slice(0, mark), pairs: address.slice(mark + 1).split('&'), fragment };
}

function join({ before, pairs, fragment }: RawUrl): string {
  return `${before}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}${fragment}`;
}

function rawKey(pair: string): string {
  const equals = pair.indexOf('=');
  return equals < 0 ? pair : pair.slice(0, equals);
}

const encoded = /[%+]/;

/** Decodes percent-encoding and `+`; text whose encoding is corrupted stays as it is. */
export function decodeText(raw: string): string {
  if (!encoded.test(raw)) return raw;
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '));
  } catch {
    return raw;
  }
}

function decodedKey(pair: string): string {
  return decodeText(rawKey(pair));
}

/** `rest` of a `key=rest` pair, decoded. A literal `+` is kept: tokens hold it, and no value we read has a space. */
function decodedValue(pair: string): string {
  const raw = pair.slice(rawKey(pair).length + 1);
  return decodeText(raw.replaceAll('+', '%2B'));
}

/** Every parameter in its order; empty pairs (`&&`) are left out. */
export function parametersOf(url: string): readonly Parameter[] {
  return split(url)
    .pairs.filter((pair) => pair !== '')
    .map((pair) => ({ key: decodedKey(pair), value: decodedValue(pair) }));
}

/** All values of one key, decoded. */
export function valuesOf(url: string, key: string): readonly string[] {
  return parametersOf(url)
    .filter((parameter) => parameter.key === key)
    .map((parameter) => parameter.value);
}

/** The first value that is not empty, else `null`. */
export function firstValueOf(url: string, key: string): string | null {
  return valuesOf(url, key).find((value) => value.trim() !== '') ?? null;
}

/** Writes `key` as the URL already writes it, or as it writes its other lists: `columns[]` or `columns%5B%5D`. */
function styledKey(pairs: readonly string[], key: string): string {
  const same = pairs.find((pair) => decodedKey(pair) === key);
  if (same !== undefined) return rawKey(same);
  if (!key.endsWith('[]')) return encodeURIComponent(key);
  const list = pairs.map(rawKey).find((raw) => encodedBrackets.test(raw) || plainBrackets.test(raw));
  const brackets = list === undefined ? '%5B%5D' : list.slice(plainBrackets.test(list) ? -2 : -6);
  return `${encodeURIComponent(key.slice(0, -2))}${brackets}`;
}

/** Adds a pair after the last one of its key, or at the end. */
export function addParameter(url: string, key: string, value: string): string {
  const { before, pairs, fragment } = split(url);
  const pair = `${styledKey(pairs, key)}=${encodeURIComponent(value)}`;
  const last = pairs.findLastIndex((other) => decodedKey(other) === key);
  if (last >= 0) return join({ before, pairs: pairs.toSpliced(last + 1, 0, pair), fragment });
  const open = pairs.at(-1) === '';
  return join({ before, pairs: [...(open ? pairs.slice(0, -1) : pairs), pair], fragment });
}

/** Gives `key` this one value, in the place of its first pair; further pairs of the key go. */
export function setParameter(url: string, key: string, value: string): string {
  const { before, pairs, fragment } = split(url);
  const first = pairs.findIndex((pair) => decodedKey(pair) === key);
  if (first < 0) return addParameter(url, key, value);
  const set = pairs.flatMap((pair, index) => {
    if (decodedKey(pair) !== key) return [pair];
    if (index !== first) return [];
    return [decodedValue(pair) === value ? pair : `${rawKey(pair)}=${encodeURIComponent(value)}`];
  });
  return join({ before, pairs: set, fragment });
}

/** Takes the pairs of `key` out, all or only those with `value`. */
export function removeParameter(url: string, key: string, value?: string): string {
  const { before, pairs, fragment } = split(url);
  const goes = (pair: string) =>
    decodedKey(pair) === key && (value === undefined || decodedValue(pair) === value);
  return join({ before, pairs: pairs.filter((pair) => !goes(pair)), fragment });
}

/** Replaces the path and leaves everything after it. */
export function replacePathEnd(url: string, end: string, replacement: string): string {
  const { before, pairs, fragment } = split(url);
  if (!before.endsWith(end)) return url;
  return join({ before: `${before.slice(0, -end.length)}${replacement}`, pairs, fragment });
}
