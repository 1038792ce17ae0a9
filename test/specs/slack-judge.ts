import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { adaptSchema, type Schema } from './adapt-description.js';
import type { Judge } from './discord-judge.js';
import { errorTexts } from './error-texts.js';
import type { SlackSchemas } from './slack-schema.js';

interface Judged {
  /** One for each way in which a method may be called: with text, with blocks and text, in a thread … */
  readonly ways: readonly ValidateFunction[];
  /** What the types make of each argument, to read a form by. */
  readonly kinds: ReadonlyMap<string, unknown>;
}

/** Judges bodies by the types of Slack's own libraries. */
export function openSlackJudge(schemas: SlackSchemas): Judge {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false });
  const known = new Map<string, Judged | null>();

  function judgedFor(endpoint: string): Judged | null {
    const cached = known.get(endpoint);
    if (cached !== undefined) return cached;
    const name = typeNameOf(endpoint);
    const schema = schemas[name];
    if (schema) ajv.addSchema(told(schema), name);
    const judged = schema
      ? {
          ways: waysOf(schema, name).flatMap((pointer) => ajv.getSchema(`${name}${pointer}`) ?? []),
          kinds: kindsOf(schema),
        }
      : null;
    known.set(endpoint, judged);
    return judged;
  }

  return ({ endpoint, body }) => {
    const judged = judgedFor(endpoint);
    if (!judged) return [`/ ${endpoint} is no method that is known here`];
    const read = fromForm(body as Schema, judged.kinds);
    const found = judged.ways.map((validate) => (validate(read) ? [] : (validate.errors ?? [])));
    return errorTexts(found.reduce((best, errors) => (isNearer(errors, best) ? errors : best)));
  };
}

/** Of several ways to call a method the one that was meant: what it says of the arguments themselves counts first. */
function isNearer(errors: readonly ErrorObject[], others: readonly ErrorObject[]): boolean {
  const shallow = (list: readonly ErrorObject[]) =>
    list.filter(({ instancePath }) => instancePath === '').length;
  const difference = shallow(errors) - shallow(others);
  return difference === 0 ? errors.length < others.length : difference < 0;
}

/** Pointers to the members of the union that a method's arguments may be. */
function waysOf(schema: Schema, name: string): readonly string[] {
  let pointer = `#/definitions/${name}`;
  let at = definition(schema, pointer);
  while (typeof at.$ref === 'string') {
    pointer = at.$ref;
    at = definition(schema, pointer);
  }
  const members = (at.anyOf as readonly Schema[] | undefined)?.map((_, index) => `${pointer}/anyOf/${index}`);
  return members ?? [pointer];
}

/** `chat.postMessage` → `ChatPostMessage`. */
function typeNameOf(endpoint: string): string {
  return endpoint.replace(/(?:^|[._])(\w)/g, (_, first: string) => first.toUpperCase());
}

/** Blocks and elements are told apart by their `type`, as Discord's are. */
function told(schema: Schema): Schema {
  return adaptSchema(schema, (reference) => definition(schema, reference)) as Schema;
}

function definition(schema: Schema, reference: string): Schema {
  const name = decodeURIComponent(reference.replace('#/definitions/', ''));
  return ((schema.definitions as Schema)[name] ?? {}) as Schema;
}

function kindsOf(schema: Schema): Map<string, unknown> {
  const kinds = new Map<string, unknown>();
  const waiting = [schema];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.$ref === 'string') waiting.push(definition(schema, next.$ref));
    waiting.push(...(['anyOf', 'allOf'] as const).flatMap((word) => (next?.[word] ?? []) as Schema[]));
    for (const [name, { type }] of Object.entries((next.properties ?? {}) as Record<string, Schema>)) {
      kinds.set(name, type);
    }
  }
  return kinds;
}

/** In a form everything is text: `false` and `200` are what the method's types say. */
function fromForm(body: Schema, kinds: ReadonlyMap<string, unknown>): Schema {
  const read = ([name, value]: [string, unknown]) => {
    const kind = kinds.get(name);
    if (kind === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true'];
    if (kind === 'number' && typeof value === 'string' && /^\d+$/.test(value)) return [name, Number(value)];
    return [name, value];
  };
  return Object.fromEntries(Object.entries(body).map(read));
}
