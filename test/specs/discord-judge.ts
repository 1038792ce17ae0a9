import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { adaptSchema, type Schema } from './adapt-description.js';
import { errorTexts } from './error-texts.js';
import type { SentBody } from './sent-body.js';

interface Description extends Schema {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

/** Answers what is wrong with a body, each with its path. */
export type Judge = (sent: Pick<SentBody, 'endpoint' | 'body'>) => readonly string[];

/** Keys that the library adds and Discord takes, though its description does not name them at every route. */
const undescribed = /^\/(?:data\/)?(?:enforce_nonce|tts) /;

/** Judges bodies by Discord's own description of its API, from the folder where it lies. */
export function openDiscordJudge(folder: string): Judge {
  const file = join(folder, 'discord-openapi.json');
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  const resolve = (reference: string) => lookUp(description, reference);
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, logger: false });
  const known = new Map<string, ValidateFunction | null>();

  function validatorFor(endpoint: string): ValidateFunction | null {
    const cached = known.get(endpoint);
    if (cached !== undefined) return cached;
    const schema = bodySchema(description, endpoint);
    const validator = schema && ajv.compile(standalone(schema, resolve));
    known.set(endpoint, validator);
    return validator;
  }

  return ({ endpoint, body }) => {
    const validate = validatorFor(endpoint);
    if (!validate) return [`/ ${endpoint} takes no body`];
    if (validate(body)) return [];
    return errorTexts(validate.errors ?? []).filter((text) => !undescribed.test(text));
  };
}

function bodySchema({ paths }: Description, endpoint: string): Schema | null {
  const [method = '', path = ''] = endpoint.split(' ');
  const segments = path.split('/');
  const fitting = Object.entries(paths).filter(([template]) => {
    const parts = template.split('/');
    const fits = (part: string, index: number) => part.startsWith('{') || part === segments[index];
    return parts.length === segments.length && parts.every(fits);
  });
  // `@original` is more exact than `{message_id}`.
  const [best] = fitting.sort(([a], [b]) => a.split('{').length - b.split('{').length);
  const body = best?.[1][method.toLowerCase()]?.requestBody as Schema | undefined;
  const content = body?.content as Readonly<Record<string, Schema>> | undefined;
  return (content?.['application/json']?.schema as Schema | undefined) ?? null;
}

/** A schema with everything that it refers to: the whole description would take seconds to read. */
function standalone(schema: Schema, resolve: (reference: string) => Schema): Schema {
  const components: Record<string, Record<string, unknown>> = {};
  const waiting = [schema];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const [, kind = '', name = ''] of JSON.stringify(next).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      const group = components[kind] ?? {};
      components[kind] = group;
      if (group[name]) continue;
      const found = resolve(`#/components/${kind}/${name}`);
      group[name] = adaptSchema(found, resolve);
      waiting.push(found);
    }
  }
  return { ...(adaptSchema(schema, resolve) as Schema), components };
}

function lookUp(root: Schema, reference: string): Schema {
  const path = reference.replace(/^#\//, '').split('/');
  return path.reduce<Schema>((at, part) => at[part] as Schema, root);
}
