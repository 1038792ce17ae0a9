/** A number as it was written: nothing is lost to floating point. */
export interface NumberText {
  readonly number: string;
}

export type Json = string | boolean | null | NumberText | readonly Json[] | ReadonlyMap<string, Json>;

export function isNumber(value: Json | undefined): value is NumberText {
  return typeof value === 'object' && value !== null && 'number' in value;
}

const stringPattern = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;

/** Reads JSON slowly and strictly, by no other code than this; `null` for what is not JSON or names a key twice. */
export function readExactJson(text: string): { readonly value: Json } | null {
  let at = 0;

  function blanks(): void {
    while (/[ \t\r\n]/.test(text.charAt(at)) && at < text.length) at += 1;
  }
  function take(wanted: string): boolean {
    if (!text.startsWith(wanted, at)) return false;
    at += wanted.length;
    return true;
  }
  function must<T>(value: T | undefined | false): T {
    if (value === undefined || value === false) throw new SyntaxError();
    return value;
  }
  function string(): string {
    stringPattern.lastIndex = at;
    const written = must(stringPattern.exec(text)?.[0]);
    at += written.length;
    return JSON.parse(written) as string;
  }
  function list(): Json {
    const items: Json[] = [];
    blanks();
    if (take(']')) return items;
    do items.push(value());
    while (take(','));
    must(take(']'));
    return items;
  }
  function object(): Json {
    const members = new Map<string, Json>();
    blanks();
    if (take('}')) return members;
    do {
      blanks();
      const key = string();
      blanks();
      must(take(':'));
      must(!members.has(key));
      members.set(key, value());
    } while (take(','));
    must(take('}'));
    return members;
  }
  function value(): Json {
    blanks();
    const read = bare();
    blanks();
    return read;
  }
  function bare(): Json {
    if (text.charAt(at) === '"') return string();
    if (take('{')) return object();
    if (take('[')) return list();
    if (take('true')) return true;
    if (take('false')) return false;
    if (take('null')) return null;
    const number = must(/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(at, at + 400))?.[0]);
    at += number.length;
    return { number };
  }

  try {
    const read = value();
    return at === text.length ? { value: read } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
