import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import type { Schema } from './adapt-description.js';

/** A schema for each type of `slack-bodies.ts`, by its name. */
export type SlackSchemas = Readonly<Record<string, Schema>>;

/**
 * Made from the types in about three seconds. They let any block pass beside the known ones, for blocks that a library
 * has not heard of; every block that the bot sends must be a known one.
 */
export function slackSchemas(root: string): SlackSchemas {
  const path = join(root, 'test/specs/slack-bodies.ts');
  const generator = createGenerator({
    path,
    tsconfig: join(root, 'tsconfig.json'),
    type: '*',
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const names = [...readFileSync(path, 'utf8').matchAll(/^export (?:type|interface) (\w+)/gm)];
  return Object.fromEntries(
    names.map(([, name = '']) => [name, onlyKnownBlocks(generator.createSchema(name)) as Schema]),
  );
}

const anyBlock = '#/definitions/Block';

function onlyKnownBlocks(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.filter((part) => (part as Schema | null)?.$ref !== anyBlock).map(onlyKnownBlocks);
  }
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).map(([word, rule]) => [word, onlyKnownBlocks(rule)]));
}
