import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Discord's own description of its API, which lies beside the project where it is present at all. */
const places = ['../../../..', '../../../../..'].map((up) =>
  join(import.meta.dirname, up, 'shared/specs/discord-openapi.json'),
);

type Json = Readonly<Record<string, unknown>>;

/** Words of JSON Schema that constrain nothing here. */
const annotations = new Set([
  'description',
  'title',
  'format',
  'default',
  'deprecated',
  'examples',
  'contentEncoding',
  'discriminator',
]);

export interface ApiDescription {
  /** What is wrong with a request's JSON body, and keys that the description does not know. */
  check(
    method: string,
    path: string,
    body: unknown,
  ): { readonly errors: string[]; readonly unknown: string[] };
}

/** `null` where the description is absent. */
export function readApiDescription(): ApiDescription | null {
  const found = places.find((path) => existsSync(path));
  if (!found) return null;
  const root = JSON.parse(readFileSync(found, 'utf8')) as { paths: Record<string, Json> };
  return {
    check(method, path, body) {
      const schema = schemaFor(root, method, path);
      if (!schema) return { errors: [`no operation ${method} ${path}`], unknown: [] };
      const unknown: string[] = [];
      return { errors: validate(root, schema, body, '', unknown), unknown };
    },
  };
}

function schemaFor(root: { paths: Record<string, Json> }, method: string, path: string): Json | null {
  const segments = path.split('/');
  const candidates = Object.entries(root.paths).filter(([template]) => {
    const parts = template.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, index) => part.startsWith('{') || part === segments[index])
    );
  });
  // `@original` is more exact than `{message_id}`.
  const [best] = candidates.sort(([a], [b]) => a.split('{').length - b.split('{').length);
  const operation = best?.[1][method.toLowerCase()] as Json | undefined;
  const content = (operation?.requestBody as Json | undefined)?.content as Record<string, Json> | undefined;
  return (content?.['application/json']?.schema as Json | undefined) ?? null;
}

function resolve(root: unknown, reference: string): Json {
  let at: unknown = root;
  for (const part of reference.replace(/^#\//, '').split('/')) at = (at as Json)[part];
  return at as Json;
}

function validate(root: unknown, schema: Json, value: unknown, at: string, unknown: string[]): string[] {
  const errors: string[] = [];
  const fail = (text: string) => errors.push(`${at || '/'} ${text}`);
  for (const [word, rule] of Object.entries(schema)) {
    if (annotations.has(word) || word.startsWith('x-')) continue;
    switch (word) {
      case '$ref':
        errors.push(...validate(root, resolve(root, rule as string), value, at, unknown));
        break;
      case 'type':
        if (![rule].flat().some((type) => isType(type as string, value))) fail(`is not ${rule}`);
        break;
      case 'enum':
        if (!(rule as unknown[]).some((one) => one === value)) fail(`is none of ${rule}`);
        break;
      case 'const':
        if (rule !== value) fail(`is not ${rule}`);
        break;
      case 'allOf':
        for (const part of rule as Json[]) errors.push(...validate(root, part, value, at, unknown));
        break;
      case 'oneOf':
      case 'anyOf':
        errors.push(...validateUnion(root, rule as Json[], value, at, unknown));
        break;
      case 'minLength':
        if (typeof value === 'string' && [...value].length < (rule as number)) fail('is too short');
        break;
      case 'maxLength':
        if (typeof value === 'string' && [...value].length > (rule as number)) fail('is too long');
        break;
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(rule as string, 'u').test(value))
          fail('has another form');
        break;
      case 'minimum':
        if (isNumeric(value) && Number(value) < (rule as number)) fail('is too small');
        break;
      case 'maximum':
        if (isNumeric(value) && Number(value) > (rule as number)) fail('is too large');
        break;
      case 'minItems':
        if (Array.isArray(value) && value.length < (rule as number)) fail('has too few items');
        break;
      case 'maxItems':
        if (Array.isArray(value) && value.length > (rule as number)) fail('has too many items');
        break;
      case 'uniqueItems':
        if (Array.isArray(value) && new Set(value).size < value.length) fail('repeats an item');
        break;
      case 'items':
        if (Array.isArray(value)) {
          for (const [index, item] of value.entries()) {
            errors.push(...validate(root, rule as Json, item, `${at}/${index}`, unknown));
          }
        }
        break;
      case 'required':
        if (isObject(value)) {
          for (const key of rule as string[]) if (value[key] === undefined) fail(`lacks ${key}`);
        }
        break;
      case 'properties':
        if (isObject(value)) {
          for (const [key, part] of Object.entries(value)) {
            const known = (rule as Record<string, Json>)[key];
            if (known && part !== undefined)
              errors.push(...validate(root, known, part, `${at}/${key}`, unknown));
            else if (!known && schema.additionalProperties === undefined) unknown.push(`${at}/${key}`);
          }
        }
        break;
      case 'additionalProperties':
      case 'maxProperties':
        break;
      default:
        throw new Error(`the description uses ${word}, which is not understood here`);
    }
  }
  return errors;
}

/** Unions told apart by `type` are judged by the member of that type, so that the error names what is wrong. */
function validateUnion(
  root: unknown,
  members: Json[],
  value: unknown,
  at: string,
  unknown: string[],
): string[] {
  const tried = members.map((member) => {
    const seen: string[] = [];
    return { member, seen, errors: validate(root, member, value, at, seen) };
  });
  const good = tried.find(({ errors }) => errors.length === 0);
  if (good) {
    unknown.push(...good.seen);
    return [];
  }
  const ofType = tried.find(
    ({ errors }) => isObject(value) && !errors.some((text) => text.startsWith(`${at}/type `)),
  );
  return (
    ofType?.errors ?? [`${at || '/'} fits no member: ${tried.flatMap(({ errors }) => errors).slice(0, 3)}`]
  );
}

function isType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return isNumeric(value) && Number.isInteger(Number(value));
  if (type === 'number') return isNumeric(value);
  return typeof value === type;
}

/** Integers may also be written as digits in a string. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
